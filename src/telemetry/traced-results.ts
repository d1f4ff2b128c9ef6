import type { OperationRun } from './operation.js';

/** The answers of a subscription, whose events are counted and whose end is told. */
export class FollowedAnswers<T> implements AsyncIterableIterator<T, undefined> {
  readonly #answers: AsyncIterableIterator<T, undefined>;
  readonly #run: OperationRun;
  #isOver = false;

  constructor(answers: AsyncIterableIterator<T, undefined>, run: OperationRun) {
    this.#answers = answers;
    this.#run = run;
    run.openSubscription();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      const answer = await this.#run.within(() => this.#answers.next());
      if (answer.done === true) this.#end();
      else this.#run.noteEvent();
      return answer;
    } catch (error) {
      this.#run.noteFault('INTERNAL_SERVER_ERROR');
      this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return (await this.#answers.return?.()) ?? { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    await this.return();
    throw error;
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#run.closeSubscription();
  }
}

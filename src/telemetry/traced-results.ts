import type { OperationTrace } from './operation.js';

/** Wraps the results of a subscription, counts its events and reports its end. */
export class TracedResults<T> implements AsyncIterableIterator<T, undefined> {
  readonly #answers: AsyncIterableIterator<T, undefined>;
  readonly #run: OperationTrace;
  #hasEnded = false;

  constructor(answers: AsyncIterableIterator<T, undefined>, run: OperationTrace) {
    this.#answers = answers;
    this.#run = run;
    run.openSubscription();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      const answer = await this.#run.run(() => this.#answers.next());
      if (answer.done === true) this.#end();
      else this.#run.noteEvent();
      return answer;
    } catch (error) {
      this.#run.setError('INTERNAL_SERVER_ERROR');
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
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#run.closeSubscription();
  }
}

import type { ChildProcess } from 'node:child_process';

/** What a process does for the one that started it: one JSON value in, one out. */
export type Api<A> = { readonly [K in keyof A]: (argument: never) => unknown };

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The other end of `serve`. */
export class Remote<A extends Api<A>> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message) => this.#hear(message as Answer));
    child.once('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the process ended with ${code}`));
    });
  }

  ask<K extends keyof A & string>(
    name: K,
    ...[argument]: Parameters<A[K]>
  ): Promise<Awaited<ReturnType<A[K]>>> {
    const question: Question = { id: (this.#last += 1), name, argument };
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject });
      this.#child.send(question, (error) => error && reject(error));
    });
  }

  #hear({ id, value, failure }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) waiting?.resolve(value as never);
    else waiting?.reject(new Error(failure));
  }
}

/** Answers whoever started this process. */
export function serve<A extends Api<A>>(api: A): void {
  const answer = async ({ id, name, argument }: Question): Promise<void> => {
    try {
      const value = await api[name as keyof A](argument as never);
      process.send?.({ id, value } satisfies Answer);
    } catch (error) {
      process.send?.({
        id,
        failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  };
  process.on('message', (question: Question) => void answer(question));
}

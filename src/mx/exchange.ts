import { errors } from 'undici';
import type { Dispatcher } from 'undici';

/** An answer of MX's as it came. */
export interface RawResponse {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly bytes: Buffer;
}

/**
 * Collects one answer. undici's own `request` makes a stream of each, with a signal to end it by: for answers that are
 * read whole at once that is the larger part of what a call costs.
 */
class Collector implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: RawResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #retryAfter: string | undefined;
  #timedOut: Error | undefined;

  constructor(timeoutMs: number, resolve: (answer: RawResponse) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#giveUp(), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#timedOut) controller.abort(this.#timedOut);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    this.#status = status;
    const retryAfter = headers['retry-after'];
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : undefined;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const [first = Buffer.alloc(0), ...rest] = this.#chunks;
    const bytes = rest.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, retryAfter: this.#retryAfter, bytes });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#reject(this.#timedOut ?? error);
  }

  /** The caller is told at once; the request is ended too, or as soon as it has begun. */
  #giveUp(): void {
    this.#timedOut = new errors.BodyTimeoutError('The deadline of the call has passed.');
    this.#reject(this.#timedOut);
    this.#controller?.abort(this.#timedOut);
  }
}

/** Sends one request and reads its whole answer; rejects where none, or only a part, came within `timeoutMs`. */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  timeoutMs: number,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(request, new Collector(timeoutMs, resolve, reject));
  });
}

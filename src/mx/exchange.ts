import { errors } from 'undici';
import type { Dispatcher } from 'undici';

/** A response of MX before parsing. */
export interface RawResponse {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly date: string | undefined;
  readonly contentEncoding: string | undefined;
  /** The body as it was sent. */
  readonly bytes: Buffer;
}

/** Returns a header as one string; the values of a repeated one are joined, as HTTP allows. */
function headerOf(headers: Record<string, unknown>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(',') : undefined;
}

/**
 * Collects one response. undici's `request` creates a stream and an abort signal per request, which costs more than the
 * rest of it when the body is read as a whole anyway.
 */
class ResponseCollector implements Dispatcher.DispatchHandler {
  readonly #resolve: (response: RawResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: Record<string, unknown> = {};
  #timeoutError: Error | undefined;

  constructor(timeoutMs: number, resolve: (response: RawResponse) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#onTimeout(), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#timeoutError) controller.abort(this.#timeoutError);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const [first = Buffer.alloc(0), ...rest] = this.#chunks;
    const bytes = rest.length === 0 ? first : Buffer.concat(this.#chunks);
    const header = (name: string) => headerOf(this.#headers, name);
    this.#resolve({
      status: this.#status,
      retryAfter: header('retry-after'),
      date: header('date'),
      contentEncoding: header('content-encoding'),
      bytes,
    });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#reject(this.#timeoutError ?? error);
  }

  /** Rejects at once, and aborts the request now or as soon as it starts. */
  #onTimeout(): void {
    this.#timeoutError = new errors.BodyTimeoutError('The deadline of the call has passed.');
    this.#reject(this.#timeoutError);
    this.#controller?.abort(this.#timeoutError);
  }
}

/** Sends one request and reads the whole response. Rejects if it is not complete within `timeoutMs`. */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  timeoutMs: number,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(request, new ResponseCollector(timeoutMs, resolve, reject));
  });
}

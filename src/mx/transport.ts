import { setTimeout as delay } from 'node:timers/promises';

import { BrokenCircuitError, bulkhead, BulkheadRejectedError, wrap } from 'cockatiel';
import { errors, Pool } from 'undici';
import type { Dispatcher } from 'undici';

import { steadyNow } from '../clock.js';
import { createBreaker, stateOfBreaker } from './breaker.js';
import type { BreakerState } from './breaker.js';
import { exchange } from './exchange.js';
import { MxError } from './errors.js';
import type { MxErrorKind } from './errors.js';
import type { Json } from './parse.js';
import { Pauses } from './pauses.js';
import type { PausableRequest } from './pauses.js';
import { MAX_RESPONSE_BYTES, readResponse } from './response.js';
import type { MxHttpResponse } from './response.js';
import { isRetryable, MAX_ATTEMPTS, retryDelay } from './retry.js';

/** Options of `MxTransport`. */
export interface MxTransportOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly apiKey: string;
  /** Dated version of MX's API, e.g. `v20250224`. */
  readonly apiVersion: string;
  /** Time limit of a request with all its retries, in milliseconds. Defaults to 10,000 ms. */
  readonly deadlineMs?: number;
  /** Called after each attempt, for logs and metrics. */
  readonly onCall?: (call: MxCall) => void;
  /** Called before each attempt to start a trace span. May return null for none. */
  readonly trace?: (endpoint: string) => AttemptTrace | null;
}

/** Trace span of an attempt. */
export interface AttemptTrace {
  /** Headers that propagate the trace context. */
  readonly headers: Readonly<Record<string, string>>;
  end(outcome: MxCall['outcome']): void;
}

/** Counts the requests that are sent for one operation, or for one poll. */
export interface CallCounter {
  calls: number;
  /** Called before each retry. Resolves to false if none may be sent. Omitted if all may. */
  readonly mayRetry?: () => Promise<boolean>;
}

/** The attempts that are left to read one thing. Several requests for it share them. */
export interface Attempts {
  left: number;
}

/** Returns the attempts of one read. */
export function attemptsOfRead(): Attempts {
  return { left: MAX_ATTEMPTS };
}

/** Result of one attempt. */
export interface MxCall {
  readonly endpoint: string;
  /** HTTP status, or the kind of error if there was no response. */
  readonly outcome: number | MxErrorKind;
  readonly durationMs: number;
}

/** How a request is sent. */
interface Sending {
  /** On the steady clock. */
  readonly deadlineAt: number;
  readonly count: CallCounter | null;
  readonly attempts: Attempts;
}

/** A request to MX. `endpoint` is the template of its path, without guids, for logs and errors. */
export interface MxRequest extends PausableRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: Json;
}

const DEFAULT_DEADLINE_MS = 10_000;
/** Timeout of one attempt, in milliseconds. Half the deadline, so that a retry fits in. */
const ATTEMPT_TIMEOUT_MS = 5_000;
/** Maximum number of connections, which MX limits per client. Further requests are queued, or rejected if too many. */
const MAX_CONNECTIONS = 128;
const MAX_QUEUED = 4_096;

/** Converts any error to an `MxError`. An `MxError` is returned unchanged. */
function toMxError(error: unknown, endpoint: string): MxError {
  if (error instanceof MxError) return error;
  const isInstanceOf = (...classes: readonly (new (...args: never[]) => Error)[]) =>
    classes.some((errorClass) => error instanceof errorClass);
  const kind: MxErrorKind = isInstanceOf(BrokenCircuitError)
    ? 'circuit_open'
    : isInstanceOf(BulkheadRejectedError)
      ? 'overloaded'
      : isInstanceOf(errors.HeadersTimeoutError, errors.BodyTimeoutError, errors.ConnectTimeoutError)
        ? 'timeout'
        : 'network';
  return new MxError(kind, { endpoint, cause: error });
}

function createHeaders(options: MxTransportOptions): Record<string, string> {
  const basic = Buffer.from(`${options.clientId}:${options.apiKey}`).toString('base64');
  return {
    authorization: `Basic ${basic}`,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'accept-version': options.apiVersion,
  };
}

/**
 * HTTP transport to MX: keep-alive connections, Basic auth, a deadline over all attempts, retries of reads only, a
 * limit on concurrent requests, and a circuit breaker. Rejects with `MxError` only.
 */
export class MxTransport {
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #bodyHeaders: Readonly<Record<string, string>>;
  readonly #breaker = createBreaker();
  readonly #pauses = new Pauses();
  readonly #policy = wrap(this.#breaker.policy, bulkhead(MAX_CONNECTIONS, MAX_QUEUED));
  readonly #deadlineMs: number;
  readonly #onCall: MxTransportOptions['onCall'];
  readonly #trace: MxTransportOptions['trace'];

  constructor(options: MxTransportOptions) {
    const base = new URL(options.baseUrl);
    this.#pool = new Pool(base.origin, {
      connections: MAX_CONNECTIONS,
      headersTimeout: ATTEMPT_TIMEOUT_MS,
      bodyTimeout: ATTEMPT_TIMEOUT_MS,
      connect: { timeout: ATTEMPT_TIMEOUT_MS },
      maxResponseSize: MAX_RESPONSE_BYTES,
    });
    this.#prefix = base.pathname.replace(/\/$/, '');
    this.#headers = createHeaders(options);
    this.#bodyHeaders = { ...this.#headers, 'content-type': 'application/json' };
    this.#deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
    this.#onCall = options.onCall;
    this.#trace = options.trace;
  }

  /**
   * Sends a request. A failed read is retried while attempts and time are left. While MX has asked for a pause, nothing
   * is sent, and the call rejects at once.
   *
   * @param attempts those of the read that the request belongs to. Defaults to those of a new one
   */
  async send(
    request: MxRequest,
    count: CallCounter | null = null,
    attempts: Attempts = attemptsOfRead(),
  ): Promise<MxHttpResponse> {
    const deadlineAt = steadyNow() + this.#deadlineMs;
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.#sendOnce(request, { deadlineAt, count, attempts });
      } catch (cause) {
        const error = toMxError(cause, request.endpoint);
        const waitMs = retryDelay(failures, Math.random());
        const isLast = request.method !== 'GET' || attempts.left <= 0 || !isRetryable(error);
        if (isLast || steadyNow() + waitMs >= deadlineAt) throw error;
        await delay(waitMs);
        if (count?.mayRetry && !(await count.mayRetry())) throw error;
      }
    }
  }

  /** State of the circuit breaker. */
  get breaker(): BreakerState {
    return stateOfBreaker(this.#breaker.policy);
  }

  /** Until when the breaker rejects requests, on the steady clock; null while it does not. */
  get pausedUntil(): number | null {
    return this.#breaker.openUntil();
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #sendOnce(request: MxRequest, { deadlineAt, count, attempts }: Sending): Promise<MxHttpResponse> {
    this.#pauses.check(request);
    return this.#policy.execute(() => {
      // Again, because a pause may have started while the request was queued.
      this.#pauses.check(request);
      if (count) count.calls += 1;
      attempts.left -= 1;
      return this.#attempt(request, deadlineAt);
    });
  }

  async #attempt(request: MxRequest, deadlineAt: number): Promise<MxHttpResponse> {
    const startedAt = performance.now();
    const sentAt = steadyNow();
    const trace = this.#trace?.(request.endpoint) ?? null;
    let outcome: MxCall['outcome'] = 'network';
    try {
      const dispatch = this.#toDispatch(request, trace);
      const response = await exchange(this.#pool, dispatch, deadlineAt - sentAt);
      outcome = response.status;
      const read = await readResponse(request, response);
      this.#pauses.onSuccess(request, sentAt);
      return read;
    } catch (cause) {
      const error = toMxError(cause, request.endpoint);
      outcome = error.details.status ?? error.kind;
      throw this.#pauses.onError(error, request, sentAt);
    } finally {
      this.#onCall?.({ endpoint: request.endpoint, outcome, durationMs: performance.now() - startedAt });
      trace?.end(outcome);
    }
  }

  #toDispatch({ method, path, body }: MxRequest, trace: AttemptTrace | null): Dispatcher.DispatchOptions {
    const headers = body ? this.#bodyHeaders : this.#headers;
    return {
      method,
      path: this.#prefix + path,
      headers: trace ? { ...headers, ...trace.headers } : headers,
      body: body ? JSON.stringify(body) : null,
    };
  }
}

import { setTimeout as delay } from 'node:timers/promises';

import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  wrap,
} from 'cockatiel';
import { errors, Pool } from 'undici';
import type { Dispatcher } from 'undici';

import { exchange } from './exchange.js';
import type { RawResponse } from './exchange.js';
import { isMxError, kindOfStatus, MxError } from './errors.js';
import type { MxErrorKind } from './errors.js';
import { isJson } from './parse.js';
import type { Json } from './parse.js';
import { isRetryable, MAX_TRIES, parseRetryAfter, retryDelay } from './retry.js';

/** How MX is reached. */
export interface MxTransportOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly apiKey: string;
  /** The dated version of MX's API, such as `v20250224`. */
  readonly apiVersion: string;
  /** The time that a call may take with all its tries, in milliseconds. */
  readonly deadlineMs?: number;
  /** Hears of every try that was made, for logs, metrics and counts. */
  readonly onCall?: (call: MxCall) => void;
  /** Follows a try for a trace; null where there is none. */
  readonly trace?: (endpoint: string) => TryTrace | null;
}

/** A try that is being traced. */
export interface TryTrace {
  /** Sent along, so that MX's side of the trace can be found. */
  readonly headers: Readonly<Record<string, string>>;
  end(outcome: MxCall['outcome']): void;
}

/** Whoever calls are made for, and how many have been. */
export interface CallCounter {
  calls: number;
}

/** One try of one call, as it ended. */
export interface MxCall {
  readonly endpoint: string;
  /** The HTTP status, or the kind of failure where none came. */
  readonly outcome: number | MxErrorKind;
  readonly durationMs: number;
}

export interface MxRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path as a template, for logs and errors: never with anybody's guid in it. */
  readonly endpoint: string;
  readonly path: string;
  readonly body?: Json;
}

/** What MX answered, read and as it came; the body is null where there is none (204). */
export interface MxHttpResponse {
  readonly body: Json | null;
  readonly bytes: Buffer;
}

const DEADLINE_MS = 10_000;
/** A try that has not begun to answer by then is given up, so that another one fits into the deadline. */
const TRY_MS = 5_000;
/** MX caps connections per client; what does not fit waits here, and what cannot wait is refused at once. */
const MAX_CALLS = 128;
const MAX_WAITING = 4_096;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const FAILURES_TO_OPEN = 10;
const OPEN_MS = 2_000;

const BREAKER_STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;

/** Lets no calls through while MX fails. */
function createBreaker() {
  return circuitBreaker(
    handleWhen((error) => isMxError(error, 'unavailable', 'timeout', 'network')),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
}

/** Makes one error of ours out of whatever went wrong; `MxError`s pass unchanged. */
function toMxError(error: unknown, endpoint: string): MxError {
  if (error instanceof MxError) return error;
  const is = (...classes: readonly (new (...args: never[]) => Error)[]) =>
    classes.some((known) => error instanceof known);
  const kind: MxErrorKind = is(BrokenCircuitError)
    ? 'circuit_open'
    : is(BulkheadRejectedError)
      ? 'overloaded'
      : is(errors.HeadersTimeoutError, errors.BodyTimeoutError, errors.ConnectTimeoutError)
        ? 'timeout'
        : 'network';
  return new MxError(kind, { endpoint, cause: error });
}

function parseBody(bytes: Buffer): Json | null {
  try {
    const parsed: unknown = JSON.parse(bytes.toString());
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** What of MX's error bodies is carried on; anything else in them may repeat what an end user entered. */
const TYPE = /^[a-z_]{1,80}$/;
const MEMBER_GUID = /^MBR-[\w-]{1,60}$/;

function textLike(form: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function toStatusError(request: MxRequest, { status, retryAfter, bytes }: RawResponse): MxError {
  const body = parseBody(bytes);
  const error = isJson(body?.['error']) ? body['error'] : {};
  const guid = body?.['guid'] ?? error['guid'];
  return new MxError(kindOfStatus(status), {
    endpoint: request.endpoint,
    status,
    type: textLike(TYPE, error['type']),
    existingGuid: textLike(MEMBER_GUID, guid),
    retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
  });
}

function readAnswer(request: MxRequest, answer: RawResponse): MxHttpResponse {
  const { status, bytes } = answer;
  if (status < 200 || status > 299) throw toStatusError(request, answer);
  if (status === 204) return { body: null, bytes };
  const body = parseBody(bytes);
  if (!body) throw new MxError('malformed', { endpoint: request.endpoint, status });
  return { body, bytes };
}

function createHeaders(options: MxTransportOptions): Record<string, string> {
  const basic = Buffer.from(`${options.clientId}:${options.apiKey}`).toString('base64');
  return {
    authorization: `Basic ${basic}`,
    accept: 'application/json',
    'accept-version': options.apiVersion,
  };
}

/**
 * The one way to MX: keep-alive connections, Basic auth, a deadline over all tries, retries of reads only, a bound on
 * calls under way, and a circuit breaker. Rejects with `MxError` alone.
 */
export class MxTransport {
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #bodyHeaders: Readonly<Record<string, string>>;
  readonly #breaker = createBreaker();
  readonly #guard = wrap(this.#breaker, bulkhead(MAX_CALLS, MAX_WAITING));
  readonly #deadlineMs: number;
  readonly #onCall: MxTransportOptions['onCall'];
  readonly #trace: MxTransportOptions['trace'];

  constructor(options: MxTransportOptions) {
    const base = new URL(options.baseUrl);
    this.#pool = new Pool(base.origin, {
      connections: MAX_CALLS,
      headersTimeout: TRY_MS,
      bodyTimeout: TRY_MS,
      connect: { timeout: TRY_MS },
      maxResponseSize: MAX_RESPONSE_BYTES,
    });
    this.#prefix = base.pathname.replace(/\/$/, '');
    this.#headers = createHeaders(options);
    this.#bodyHeaders = { ...this.#headers, 'content-type': 'application/json' };
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#onCall = options.onCall;
    this.#trace = options.trace;
  }

  /** Sends one request and, where it is a read, sends it again while there is hope and time. */
  async send(request: MxRequest, count: CallCounter | null = null): Promise<MxHttpResponse> {
    const deadlineAt = Date.now() + this.#deadlineMs;
    const maxTries = request.method === 'GET' ? MAX_TRIES : 1;
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.#guard.execute(() => {
          if (count) count.calls += 1;
          return this.#attempt(request, deadlineAt);
        });
      } catch (cause) {
        const error = toMxError(cause, request.endpoint);
        const waitMs = retryDelay(error, failures, Math.random());
        if (failures === maxTries || !isRetryable(error) || Date.now() + waitMs >= deadlineAt) throw error;
        await delay(waitMs);
      }
    }
  }

  /** How the circuit breaker stands. */
  get breaker(): 'closed' | 'half_open' | 'open' {
    return BREAKER_STATES[this.#breaker.state];
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #attempt(request: MxRequest, deadlineAt: number): Promise<MxHttpResponse> {
    const begun = performance.now();
    const trace = this.#trace?.(request.endpoint) ?? null;
    let outcome: MxCall['outcome'] = 'network';
    try {
      const dispatch = this.#toDispatch(request, trace);
      const answer = await exchange(this.#pool, dispatch, deadlineAt - Date.now());
      outcome = answer.status;
      return readAnswer(request, answer);
    } catch (cause) {
      const error = toMxError(cause, request.endpoint);
      outcome = error.details.status ?? error.kind;
      throw error;
    } finally {
      this.#onCall?.({ endpoint: request.endpoint, outcome, durationMs: performance.now() - begun });
      trace?.end(outcome);
    }
  }

  #toDispatch({ method, path, body }: MxRequest, trace: TryTrace | null): Dispatcher.DispatchOptions {
    const headers = body ? this.#bodyHeaders : this.#headers;
    return {
      method,
      path: this.#prefix + path,
      headers: trace ? { ...headers, ...trace.headers } : headers,
      body: body ? JSON.stringify(body) : null,
    };
  }
}

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
import { isRetryable, MAX_ATTEMPTS, parseRetryAfter, retryDelay } from './retry.js';

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

/** Counts the requests that are sent for one operation. */
export interface CallCounter {
  calls: number;
}

/** Result of one attempt. */
export interface MxCall {
  readonly endpoint: string;
  /** HTTP status, or the kind of error if there was no response. */
  readonly outcome: number | MxErrorKind;
  readonly durationMs: number;
}

/** A request to MX. */
export interface MxRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Template of the path, without guids, for logs and errors. */
  readonly endpoint: string;
  readonly path: string;
  readonly body?: Json;
}

/** A successful response: parsed, and as bytes. `body` is null for 204. */
export interface MxHttpResponse {
  readonly body: Json | null;
  readonly bytes: Buffer;
}

const DEFAULT_DEADLINE_MS = 10_000;
/** Timeout of one attempt, in milliseconds. Half the deadline, so that a retry fits in. */
const ATTEMPT_TIMEOUT_MS = 5_000;
/** Maximum number of connections, which MX limits per client. Further requests are queued, or rejected if too many. */
const MAX_CONNECTIONS = 128;
const MAX_QUEUED = 4_096;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const FAILURES_TO_OPEN = 10;
const BREAKER_OPEN_MS = 2_000;

const BREAKER_STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;

/** Creates the circuit breaker, which rejects requests for a while after repeated failures. */
function createBreaker() {
  return circuitBreaker(
    handleWhen((error) => isMxError(error, 'unavailable', 'timeout', 'network')),
    { halfOpenAfter: BREAKER_OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
}

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

function parseBody(bytes: Buffer): Json | null {
  try {
    const parsed: unknown = JSON.parse(bytes.toString());
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The parts of MX's error bodies that are passed on. Any other part may contain input of the end user. */
const ERROR_TYPE_PATTERN = /^[a-z_]{1,80}$/;
const MEMBER_GUID_PATTERN = /^MBR-[\w-]{1,60}$/;

function stringMatching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

function toStatusError(request: MxRequest, { status, retryAfter, bytes }: RawResponse): MxError {
  const body = parseBody(bytes);
  const error = isJson(body?.['error']) ? body['error'] : {};
  const guid = body?.['guid'] ?? error['guid'];
  return new MxError(kindOfStatus(status), {
    endpoint: request.endpoint,
    status,
    type: stringMatching(ERROR_TYPE_PATTERN, error['type']),
    existingGuid: stringMatching(MEMBER_GUID_PATTERN, guid),
    retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
  });
}

function parseResponse(request: MxRequest, response: RawResponse): MxHttpResponse {
  const { status, bytes } = response;
  if (status < 200 || status > 299) throw toStatusError(request, response);
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
 * HTTP transport to MX: keep-alive connections, Basic auth, a deadline over all attempts, retries of reads only, a
 * limit on concurrent requests, and a circuit breaker. Rejects with `MxError` only.
 */
export class MxTransport {
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #bodyHeaders: Readonly<Record<string, string>>;
  readonly #breaker = createBreaker();
  readonly #policy = wrap(this.#breaker, bulkhead(MAX_CONNECTIONS, MAX_QUEUED));
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

  /** Sends a request. A failed read is retried while attempts and time are left. */
  async send(request: MxRequest, count: CallCounter | null = null): Promise<MxHttpResponse> {
    const deadlineAt = Date.now() + this.#deadlineMs;
    const maxAttempts = request.method === 'GET' ? MAX_ATTEMPTS : 1;
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.#policy.execute(() => {
          if (count) count.calls += 1;
          return this.#attempt(request, deadlineAt);
        });
      } catch (cause) {
        const error = toMxError(cause, request.endpoint);
        const waitMs = retryDelay(error, failures, Math.random());
        if (failures === maxAttempts || !isRetryable(error) || Date.now() + waitMs >= deadlineAt) throw error;
        await delay(waitMs);
      }
    }
  }

  /** State of the circuit breaker. */
  get breaker(): 'closed' | 'half_open' | 'open' {
    return BREAKER_STATES[this.#breaker.state];
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #attempt(request: MxRequest, deadlineAt: number): Promise<MxHttpResponse> {
    const startedAt = performance.now();
    const trace = this.#trace?.(request.endpoint) ?? null;
    let outcome: MxCall['outcome'] = 'network';
    try {
      const dispatch = this.#toDispatch(request, trace);
      const response = await exchange(this.#pool, dispatch, deadlineAt - Date.now());
      outcome = response.status;
      return parseResponse(request, response);
    } catch (cause) {
      const error = toMxError(cause, request.endpoint);
      outcome = error.details.status ?? error.kind;
      throw error;
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

import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { errors, Pool } from 'undici';
import type { Dispatcher } from 'undici';

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

const DEADLINE_MS = 10_000;
/** A try that has not begun to answer by then is given up, so that another one fits into the deadline. */
const TRY_MS = 5_000;
/** MX caps connections per client; what does not fit waits here, and what cannot wait is refused at once. */
const MAX_CALLS = 128;
const MAX_WAITING = 4_096;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const FAILURES_TO_OPEN = 10;
const OPEN_MS = 2_000;

function createPolicies(deadlineMs: number) {
  const breaker = circuitBreaker(
    handleWhen((error) => isMxError(error, 'unavailable', 'timeout', 'network')),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  const slots = bulkhead(MAX_CALLS, MAX_WAITING);
  const deadline = timeout(deadlineMs, TimeoutStrategy.Aggressive);
  const tries = retry(handleWhen(isRetryable), {
    maxAttempts: MAX_TRIES - 1,
    backoff: new DelegateBackoff(({ attempt, result }) =>
      retryDelay('error' in result ? result.error : undefined, attempt, Math.random()),
    ),
  });
  return { breaker, read: wrap(deadline, tries, breaker, slots), write: wrap(deadline, breaker, slots) };
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
      : is(
            TaskCancelledError,
            errors.HeadersTimeoutError,
            errors.BodyTimeoutError,
            errors.ConnectTimeoutError,
          )
        ? 'timeout'
        : 'network';
  return new MxError(kind, { endpoint, cause: error });
}

function parseBody(text: string): Json | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function toStatusError(request: MxRequest, answer: Dispatcher.ResponseData, text: string): MxError {
  const body = parseBody(text);
  const error = isJson(body?.['error']) ? body['error'] : {};
  const guid = body?.['guid'] ?? error['guid'];
  const retryAfter = answer.headers['retry-after'];
  return new MxError(kindOfStatus(answer.statusCode), {
    endpoint: request.endpoint,
    status: answer.statusCode,
    type: typeof error['type'] === 'string' ? error['type'] : undefined,
    existingGuid: typeof guid === 'string' ? guid : undefined,
    retryAfterMs: parseRetryAfter(typeof retryAfter === 'string' ? retryAfter : undefined, Date.now()),
  });
}

async function readAnswer(request: MxRequest, answer: Dispatcher.ResponseData): Promise<Json | null> {
  const text = await answer.body.text();
  if (answer.statusCode < 200 || answer.statusCode > 299) throw toStatusError(request, answer, text);
  if (answer.statusCode === 204) return null;
  const body = parseBody(text);
  if (!body) throw new MxError('malformed', { endpoint: request.endpoint, status: answer.statusCode });
  return body;
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
  readonly #policies: ReturnType<typeof createPolicies>;
  readonly #onCall: (call: MxCall) => void;

  constructor(options: MxTransportOptions) {
    const base = new URL(options.baseUrl);
    this.#pool = new Pool(base.origin, {
      connections: MAX_CALLS,
      headersTimeout: TRY_MS,
      bodyTimeout: TRY_MS,
      connect: { timeout: TRY_MS },
      maxResponseSize: MAX_ANSWER_BYTES,
    });
    this.#prefix = base.pathname.replace(/\/$/, '');
    this.#headers = createHeaders(options);
    this.#bodyHeaders = { ...this.#headers, 'content-type': 'application/json' };
    this.#policies = createPolicies(options.deadlineMs ?? DEADLINE_MS);
    this.#onCall = options.onCall ?? (() => undefined);
  }

  /** Sends one request; resolves to the body, or null where there is none (204). */
  async send(request: MxRequest): Promise<Json | null> {
    const policy = request.method === 'GET' ? this.#policies.read : this.#policies.write;
    try {
      return await policy.execute(({ signal }) => this.#attempt(request, signal));
    } catch (error) {
      throw toMxError(error, request.endpoint);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #attempt(request: MxRequest, signal: AbortSignal): Promise<Json | null> {
    const begun = performance.now();
    let outcome: MxCall['outcome'] = 'network';
    try {
      const answer = await this.#exchange(request, signal);
      outcome = answer.statusCode;
      return await readAnswer(request, answer);
    } catch (cause) {
      const { endpoint } = request;
      const error = signal.aborted ? new MxError('timeout', { endpoint, cause }) : toMxError(cause, endpoint);
      outcome = error.details.status ?? error.kind;
      throw error;
    } finally {
      this.#onCall({ endpoint: request.endpoint, outcome, durationMs: performance.now() - begun });
    }
  }

  #exchange(request: MxRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return this.#pool.request({
      method: request.method,
      path: this.#prefix + request.path,
      headers: request.body ? this.#bodyHeaders : this.#headers,
      body: request.body ? JSON.stringify(request.body) : null,
      signal,
    });
  }
}

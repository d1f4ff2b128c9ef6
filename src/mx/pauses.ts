import { LRUCache } from 'lru-cache';

import { steadyNow } from '../clock.js';
import { MxError } from './errors.js';

/** Longest pause, in milliseconds. A longer `Retry-After` is taken for this one. */
export const MAX_PAUSE_MS = 5 * 60_000;
/** First pause after a 429 without `Retry-After`, in milliseconds. It doubles with each further 429 in a row. */
const FIRST_PAUSE_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;
/** Random part of such a pause, as a fraction, so that instances do not return together. */
const JITTER = 0.25;
const MAX_SCOPES = 1_000;
/** Scope of the limits that MX applies to all requests of this client. */
const CLIENT = '';

/** A time during which MX is not called. */
interface Pause {
  /** What the requests in that time fail with. */
  readonly kind: 'throttled' | 'unavailable';
  /** Times of the steady clock. */
  readonly startedAt: number;
  readonly until: number;
  /** Number of pauses in a row. */
  readonly count: number;
}

/** A request, as far as pauses are concerned. */
export interface PausableRequest {
  readonly endpoint: string;
  /** Set for a request that MX also limits on its own: what the limit is for. Its 429 pauses no other request. */
  readonly limitScope?: string;
}

/**
 * The pauses that MX has asked for, by a 429 or by a 5xx with `Retry-After`. During a pause no request is sent: it fails
 * at once, with the time that is left.
 */
export class Pauses {
  readonly #pauses = new LRUCache<string, Pause>({ max: MAX_SCOPES });

  /** Throws an `MxError` with `retryAfterMs` if the request may not be sent now. */
  check({ endpoint, limitScope }: PausableRequest): void {
    const now = steadyNow();
    for (const scope of [CLIENT, limitScope ?? CLIENT]) {
      const pause = this.#pauses.get(scope);
      if (pause && now < pause.until) {
        throw new MxError(pause.kind, { endpoint, retryAfterMs: pause.until - now, isUnsent: true });
      }
    }
  }

  /**
   * Starts or extends a pause if the error asks for one, and returns the error with the time to wait. Returns any other
   * error unchanged.
   *
   * @param sentAt when the request was sent, on the steady clock
   */
  onError(error: MxError, { limitScope = CLIENT }: PausableRequest, sentAt: number): MxError {
    const kind = kindOfPause(error);
    if (kind === null) return error;
    const { retryAfterMs } = error.details;
    const now = steadyNow();
    const scope = kind === 'throttled' ? limitScope : CLIENT;
    const last = this.#pauses.get(scope);
    // Requests that were under way when the pause started say nothing new by their 429.
    const isSame = last !== undefined && sentAt <= last.startedAt;
    const count = (last?.count ?? 0) + (isSame ? 0 : 1);
    const asked = now + Math.min(retryAfterMs ?? (isSame ? 0 : backOff(count)), MAX_PAUSE_MS);
    const until = Math.max(asked, last?.until ?? 0);
    this.#pauses.set(scope, { kind, startedAt: isSame ? last.startedAt : now, until, count });
    return new MxError(kind, { ...error.details, retryAfterMs: until - now });
  }

  /** Ends the back-off after a successful request that was sent at `sentAt`, on the steady clock. */
  onSuccess({ limitScope = CLIENT }: PausableRequest, sentAt: number): void {
    for (const scope of [CLIENT, limitScope]) {
      const last = this.#pauses.get(scope);
      if (last && sentAt >= last.until) this.#pauses.delete(scope);
    }
  }
}

/** The kind of pause that an error of MX asks for; null for none. */
function kindOfPause({ kind, details: { isUnsent, retryAfterMs } }: MxError): Pause['kind'] | null {
  if (isUnsent === true) return null;
  if (kind === 'throttled') return kind;
  const mayAsk = ['unavailable', 'timeout', 'forbidden'].includes(kind);
  return mayAsk && retryAfterMs !== undefined ? 'unavailable' : null;
}

function backOff(count: number): number {
  const pause = Math.min(MAX_BACKOFF_MS, FIRST_PAUSE_MS * 2 ** (count - 1));
  return pause * (1 + JITTER * Math.random());
}

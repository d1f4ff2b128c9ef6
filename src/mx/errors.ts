/** All ways in which a request to MX can fail. */
export type MxErrorKind =
  /** MX rejected the client id or the API key (401). */
  | 'unauthorized'
  /** MX rejects requests of this client or from this IP address (403). */
  | 'forbidden'
  | 'not_found'
  /** The member already exists, or a job of another kind is running (409). */
  | 'conflict'
  /** A limit of MX prevents the request, such as the number of members (405). */
  | 'constraint'
  /** MX does not know the requested API version (406). */
  | 'version'
  /** MX rejected the input (400, 422 and other 4xx). */
  | 'invalid'
  | 'throttled'
  /** MX failed (5xx). */
  | 'unavailable'
  | 'timeout'
  /** No response, or an incomplete one. */
  | 'network'
  /** The response could not be parsed, or says nothing about what was asked. */
  | 'malformed'
  /** The list is longer than this service reads. */
  | 'too_long'
  /** Not sent: too many requests are queued. */
  | 'overloaded'
  /** Not sent: the circuit breaker is open after repeated failures. */
  | 'circuit_open';

/** Details of an `MxError`. */
export interface MxErrorDetails {
  /** Template of the endpoint, without guids. */
  readonly endpoint: string;
  /** HTTP status of the response, if there was one. */
  readonly status?: number;
  /** MX's `error.type`, e.g. `institution_maintenance_error`. */
  readonly type?: string | undefined;
  /** Guid of the existing member, if a 409 contains it. */
  readonly existingGuid?: string | undefined;
  /** How long MX is to be left alone, in milliseconds: its `Retry-After`, or a back-off after a 429 without it. */
  readonly retryAfterMs?: number | undefined;
  /** True if the request was not sent, because MX has asked for a pause. */
  readonly isUnsent?: boolean;
  readonly cause?: unknown;
}

/** A failed request to MX. Contains no body and no credentials, and no guid but that of the caller's own member. */
export class MxError extends Error {
  override readonly name = 'MxError';
  readonly kind: MxErrorKind;
  readonly details: MxErrorDetails;

  constructor(kind: MxErrorKind, details: MxErrorDetails) {
    const status = details.status === undefined ? '' : ` (HTTP ${details.status})`;
    super(`MX: ${details.endpoint} failed: ${kind}${status}`, { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }
}

/** Returns true for an `MxError` of one of the kinds, or of any kind if none is given. */
export function isMxError(error: unknown, ...kinds: readonly MxErrorKind[]): error is MxError {
  return error instanceof MxError && (kinds.length === 0 || kinds.includes(error.kind));
}

const KIND_OF_STATUS: ReadonlyMap<number, MxErrorKind> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'constraint'],
  [406, 'version'],
  // Proxies send it; the request may have been done.
  [408, 'timeout'],
  [409, 'conflict'],
  [420, 'throttled'],
  [425, 'unavailable'],
  [429, 'throttled'],
]);

/** Maps an HTTP status to the kind of error. Unexpected statuses below 400 are `malformed`. */
export function kindOfStatus(status: number): MxErrorKind {
  if (status >= 500) return 'unavailable';
  return KIND_OF_STATUS.get(status) ?? (status >= 400 ? 'invalid' : 'malformed');
}

/** Encodes an error for other instances, as its kind and the time to wait in milliseconds, if any: "throttled 5000". */
export function encodeFailure(error: unknown): string {
  if (!isMxError(error)) return 'unavailable';
  const { retryAfterMs } = error.details;
  return retryAfterMs === undefined ? error.kind : `${error.kind} ${Math.ceil(retryAfterMs)}`;
}

/** Decodes an error that another instance encoded. */
export function decodeFailure(failure: string): MxError {
  const [kind, ms] = failure.split(' ');
  const retryAfterMs = ms === undefined ? undefined : Number(ms);
  return new MxError(kind as MxErrorKind, { endpoint: 'a read by another instance', retryAfterMs });
}

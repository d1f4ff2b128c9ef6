/** Every way in which a call to MX can fail; the set is closed. */
export type MxErrorKind =
  /** MX refused the client id or API key (401). */
  | 'unauthorized'
  /** MX refuses this client or this machine's address (403). */
  | 'forbidden'
  | 'not_found'
  /** It exists already, or a job of another kind runs (409). */
  | 'conflict'
  /** A rule of MX's stands against it, such as the number of members (405). */
  | 'constraint'
  /** MX does not know the API version asked for (406). */
  | 'version'
  /** MX refused what was sent (400, 422 and other 4xx). */
  | 'invalid'
  | 'throttled'
  /** MX is at fault (5xx). */
  | 'unavailable'
  | 'timeout'
  /** No answer came, or only a part of one. */
  | 'network'
  /** The answer cannot be read. */
  | 'malformed'
  /** Not sent: too many calls were waiting already. */
  | 'overloaded'
  /** Not sent: MX has failed so often that it is left alone for a moment. */
  | 'circuit_open';

export interface MxErrorDetails {
  /** The endpoint as a template, never with anybody's guid in it. */
  readonly endpoint: string;
  /** The HTTP status, where one came. */
  readonly status?: number;
  /** MX's own `error.type`, such as `institution_maintenance_error`. */
  readonly type?: string | undefined;
  /** The guid of the member that exists already, where a 409 names it. */
  readonly existingGuid?: string | undefined;
  /** How long MX asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A failed call to MX. Carries no body, no credential and no guid of anybody's, save the caller's own member. */
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

export function isMxError(error: unknown, ...kinds: readonly MxErrorKind[]): error is MxError {
  return error instanceof MxError && (kinds.length === 0 || kinds.includes(error.kind));
}

const KIND_OF_STATUS: ReadonlyMap<number, MxErrorKind> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'constraint'],
  [406, 'version'],
  [409, 'conflict'],
  [429, 'throttled'],
]);

/** The kind of an answer that is no success. A status below 400 that no endpoint of ours expects is unreadable. */
export function kindOfStatus(status: number): MxErrorKind {
  if (status >= 500) return 'unavailable';
  return KIND_OF_STATUS.get(status) ?? (status >= 400 ? 'invalid' : 'malformed');
}

/** The name by which other instances are told of a failure: a failure travels as its kind. */
export function encodeFailure(error: unknown): string {
  return isMxError(error) ? error.kind : 'unavailable';
}

export function decodeFailure(failure: string): MxError {
  return new MxError(failure as MxErrorKind, { endpoint: 'a read by another instance' });
}

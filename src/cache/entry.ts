import type { LeaseRequest } from '../backplane/read-leases.js';
import type { CallCounter } from '../mx/transport.js';

/** A value in its stored form. All times are those of the steady clock or, with leases, of theirs. */
export interface Entry {
  readonly bytes: Buffer;
  /** When its read started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The name by which all instances know this value; null if only this instance has read it. */
  readonly version: string | null;
  /** Until when it is fresh, in milliseconds since 1970. */
  readonly freshUntil: number;
}

/** What a caller needs of a read. */
export interface ReadRequest extends Omit<LeaseRequest, 'known'> {
  /** Counts the requests that the read makes; null if they are not counted. */
  readonly counter: CallCounter | null;
  /** True for a read that does not ask the leases, because they were just found unreachable. */
  readonly isUncoordinated?: boolean;
}

/** What a read of the upstream is told about its caller. */
export interface ReadContext {
  /** When the read started, in milliseconds since 1970: the latest instant that its result can describe. */
  readonly startedAt: number;
  /** True if a hint, e.g. a webhook, caused the read. */
  readonly isForHint: boolean;
  readonly counter: CallCounter | null;
  /** The stored value, however old. */
  readonly last?: Entry | undefined;
}

/** A position in a user's history of changes. */
export interface Position {
  /** Identifies the history. A store that has lost a history starts a new one, with another epoch. */
  readonly epoch: string;
  /** Number of the change, starting at 1; 0 before the first change. */
  readonly n: number;
  /** When the change was observed, in milliseconds since 1970. Never less than that of the previous change. */
  readonly ms: number;
}

/** Encodes a position as the opaque cursor that clients receive. */
export function encodeCursor({ epoch, n, ms }: Position): string {
  return Buffer.from(`${epoch}.${ms}.${n}`).toString('base64url');
}

/** Decodes a cursor. Returns null if it is invalid. */
export function decodeCursor(cursor: string): Position | null {
  const parts = /^([\w-]{8})\.(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!parts) return null;
  const [, epoch = '', ms, n] = parts;
  return { epoch, ms: Number(ms), n: Number(n) };
}

import { hash, randomBytes } from 'node:crypto';

import { pino } from 'pino';
import type { DestinationStream, Level, Logger } from 'pino';

import { scrub, toErrorFields } from './log-fields.js';

export interface LogOptions {
  readonly level: Level | 'silent';
  /** Destination of log lines. Defaults to the standard output. */
  readonly stream?: DestinationStream;
}

/** The name that somebody has in the log: the same each time, and of no use to anybody who has only the log. */
export type Pseudonym = (guid: string) => string;

const PSEUDONYM_LENGTH = 16;

/** The log of a server. What is written is made of chosen fields; `scrub` is for what nobody has thought of. */
export function createLog({ level, stream }: LogOptions): Logger {
  const options = {
    level,
    serializers: { err: (error: unknown) => toErrorFields(error) },
    hooks: { streamWrite: scrub },
  };
  // Asynchronous: a slow reader of the log must not block the process. The rest is written when the process ends.
  return pino(options, stream ?? pino.destination({ dest: 1, sync: false }));
}

/** Instances with the same salt give the same names; without one, each process has a salt of its own. */
export function createPseudonym(salt: string | null): Pseudonym {
  const secret = salt ?? randomBytes(16).toString('hex');
  return (guid) => hash('sha256', `${secret}:${guid}`).slice(0, PSEUDONYM_LENGTH);
}

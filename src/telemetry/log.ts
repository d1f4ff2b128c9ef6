import { hash, randomBytes } from 'node:crypto';

import { pino } from 'pino';
import type { DestinationStream, Level, Logger } from 'pino';

import { scrub, toErrorFields } from './log-fields.js';

export interface LogOptions {
  readonly level: Level | 'silent';
  /** Destination of log lines. Defaults to the standard output. */
  readonly stream?: DestinationStream;
}

/** Returns a pseudonym for a guid: always the same, and useless without the salt. */
export type Pseudonym = (guid: string) => string;

const PSEUDONYM_LENGTH = 16;

/** Creates the log of a server. Lines are built from chosen fields; `scrub` is a second safeguard. */
export function createLog({ level, stream }: LogOptions): Logger {
  const options = {
    level,
    serializers: { err: (error: unknown) => toErrorFields(error) },
    hooks: { streamWrite: scrub },
  };
  // Asynchronous: a slow reader of the log must not block the process. The rest is written when the process ends.
  return pino(options, stream ?? pino.destination({ dest: 1, sync: false }));
}

/** Instances with the same salt produce the same pseudonyms. Without one, each process uses a random salt. */
export function createPseudonym(salt: string | null): Pseudonym {
  const secret = salt ?? randomBytes(16).toString('hex');
  return (guid) => hash('sha256', `${secret}:${guid}`).slice(0, PSEUDONYM_LENGTH);
}

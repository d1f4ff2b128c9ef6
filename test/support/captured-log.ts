import type { ServerConfig } from '../../src/server.js';
import { waitFor } from './wait-for.js';

/** One line of a log, read. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface CapturedLog {
  /** What makes a server write here. */
  readonly config: Pick<ServerConfig, 'logLevel' | 'logStream'>;
  /** All that was written so far. */
  readonly text: string;
  /** The lines with a message so far. */
  readonly lines: (message: string) => LogLine[];
  /** The lines with a message, once there are as many as wanted. */
  readonly wait: (message: string, count?: number) => Promise<LogLine[]>;
}

/** A log that is kept for a test to read. */
export function captureLog(logLevel: ServerConfig['logLevel'] = 'info'): CapturedLog {
  const written: string[] = [];
  const lines = (message: string) =>
    written.map((line) => JSON.parse(line) as LogLine).filter(({ msg }) => msg === message);
  return {
    config: { logLevel, logStream: { write: (line) => void written.push(line) } },
    get text() {
      return written.join('');
    },
    lines,
    wait: (message, count = 1) =>
      waitFor(() => (lines(message).length >= count ? lines(message) : null), {
        what: `${count} × "${message}" in: ${written.join('')}`,
      }),
  };
}

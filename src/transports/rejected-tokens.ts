import { LRUCache } from 'lru-cache';

import { ApiError } from '../errors/api-error.js';
import type { OperationTrace } from '../telemetry/operation.js';

/** The interval in which the rejected tokens of one address are logged once, in milliseconds. */
const LOG_INTERVAL_MS = 1_000;
/** Beyond so many addresses in one interval, the oldest ones may be logged again. */
const MAX_ADDRESSES = 10_000;

/** What the log needs to be able to do. */
interface InfoLog {
  info(fields: object, message: string): void;
}

/** Where a token came from. */
export interface TokenOrigin {
  readonly transport: 'websocket' | 'sse';
  /** The client's IP address. */
  readonly address: string;
  readonly requestId: string;
}

const reasonOf = (error: unknown): string | null =>
  error instanceof ApiError && error.extensions['code'] === 'UNAUTHENTICATED' ? error.message : null;

/**
 * Logs tokens that are rejected. An expired token is the ordinary end of a session, and a client may retry in a loop:
 * each address is logged at level info at most once per second, without a stack.
 */
export class RejectedTokens {
  readonly #log: InfoLog;
  readonly #logged = new LRUCache<string, true>({
    maxSize: MAX_ADDRESSES,
    sizeCalculation: () => 1,
    ttl: LOG_INTERVAL_MS,
  });

  constructor(log: InfoLog) {
    this.#log = log;
  }

  /** Adds the reason to the line of an operation, and sets its level to debug if another line was just logged. */
  describe(error: unknown, trace: OperationTrace | null, address: string): void {
    const reason = reasonOf(error);
    if (reason !== null) trace?.describeRejection(reason, this.#isDue(address) ? 'info' : 'debug');
  }

  /** Logs a token that did not come with an operation, such as that of a WebSocket. */
  log(error: unknown, { address, ...origin }: TokenOrigin): void {
    const reason = reasonOf(error);
    if (reason === null || !this.#isDue(address)) return;
    this.#log.info({ ...origin, outcome: 'UNAUTHENTICATED', reason }, 'token rejected');
  }

  #isDue(address: string): boolean {
    if (this.#logged.has(address)) return false;
    this.#logged.set(address, true);
    return true;
  }
}

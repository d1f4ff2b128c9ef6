import { LRUCache } from 'lru-cache';
import type { DestinationStream, Level, Logger } from 'pino';

import type { MxForeignRow } from '../mx/types.js';
import type { MxCall } from '../mx/transport.js';
import type { ObservedMembers } from '../status/observed-member.js';
import type { StatusChange } from '../status/change.js';
import { statusOf } from '../status/status.js';
import { createLog, createPseudonym } from './log.js';
import type { Pseudonym } from './log.js';
import { MemberGauge } from './member-gauge.js';
import { Metrics } from './metrics.js';
import type { ReadResult, Transport } from './metrics.js';
import { OperationTrace } from './operation.js';
import type { Origin } from './operation.js';
import { Tracing } from './tracing.js';
import type { TracedCall } from './tracing.js';

export interface TelemetryOptions {
  readonly logLevel: Level | 'silent';
  readonly logStream?: DestinationStream;
  /** Salt of the pseudonyms in the log, shared by instances. Defaults to a random one. */
  readonly logSalt?: string | null;
}

/** The status label of a change that deletes the member. */
const DELETED = 'DELETED';

const MAX_UNREADABLE = 1_000;

/** The log, metrics and traces of a server. Other parts receive callbacks. */
export class Telemetry {
  readonly log: Logger;
  readonly metrics = new Metrics();
  readonly memberGauge = new MemberGauge();
  readonly #tracing = new Tracing();
  readonly #pseudonym: Pseudonym;
  /** How many rows of a user's last list could not be read. */
  readonly #unreadable = new LRUCache<string, number>({ max: MAX_UNREADABLE });
  readonly #begin: (origin: Origin) => OperationTrace;

  constructor({ logLevel, logStream, logSalt = null }: TelemetryOptions) {
    this.log = createLog({ level: logLevel, ...(logStream && { stream: logStream }) });
    const pseudonym = createPseudonym(logSalt);
    this.#pseudonym = pseudonym;
    const sinks = { log: this.log, metrics: this.metrics, tracing: this.#tracing, pseudonym };
    this.#begin = (origin) => new OperationTrace(origin, sinks);
  }

  /** Starts the trace of an operation. */
  startOperation(origin: Origin): OperationTrace {
    return this.#begin(origin);
  }

  /** Callbacks for the MX client. */
  get mx() {
    return {
      onCall: ({ endpoint, outcome, durationMs }: MxCall) =>
        this.metrics.countCall(endpoint, String(outcome), durationMs / 1_000),
      trace: (endpoint: string): TracedCall | null => this.#tracing.call(endpoint),
    };
  }

  /** Callbacks for the read cache. */
  get cache() {
    return {
      onRead: (cache: string, result: ReadResult) => this.metrics.countCacheRequest(cache, result),
      onMembers: (userGuid: string, members: ObservedMembers) => this.#noteMembers(userGuid, members),
      onForeignRow: (userGuid: string, row: MxForeignRow) => this.#reportForeignRow(userGuid, row),
    };
  }

  /** Callbacks for the watcher and the change feed. */
  get changeFeed() {
    return {
      onPoll: (outcome: string) => this.metrics.countPoll(outcome),
      onChanges: (changes: readonly StatusChange[]) => changes.forEach((change) => this.#noteChange(change)),
      runDetached: <T>(work: () => Promise<T>): Promise<T> => this.#tracing.apart('poll', work),
    };
  }

  /** Callbacks for WebSocket and SSE. */
  get sockets() {
    return { onConnection: (change: 1 | -1) => this.metrics.addConnections('websocket', change) };
  }

  /** What a transport is given whose responses stay open. */
  streamsOf(transport: Transport) {
    return {
      onConnection: (closed: Promise<void>) => {
        this.metrics.addConnections(transport, 1);
        void closed.then(() => this.metrics.addConnections(transport, -1));
      },
    };
  }

  /** Callbacks for webhooks. */
  countWebhook(outcome: string, type: string | null): void {
    this.metrics.countWebhook(type, outcome);
    this.log.debug({ outcome, type }, 'webhook received');
  }

  #noteMembers(userGuid: string, members: ObservedMembers): void {
    const rows = [...members.values()].map(({ view, member }) => ({
      status: view.row.status,
      institutionCode: member.institution_code,
    }));
    this.memberGauge.note(userGuid, rows);
    this.#noteUnreadableRows(userGuid, members.unreadableRows.length);
  }

  /** Lists are read every few seconds, so only a new number is logged. */
  #noteUnreadableRows(userGuid: string, rows: number): void {
    if (rows === (this.#unreadable.get(userGuid) ?? 0)) return;
    this.#unreadable.set(userGuid, rows);
    if (rows === 0) return;
    this.log.warn({ user: this.#pseudonym(userGuid), rows }, 'MX listed members that could not be read');
  }

  #reportForeignRow(userGuid: string, { memberGuid, ownerGuid }: MxForeignRow): void {
    const [user, member, owner] = [userGuid, memberGuid, ownerGuid].map(this.#pseudonym);
    this.log.error({ user, member, owner }, "MX listed another user's member, which is not shown");
  }

  #noteChange({ next, cause, observedAt }: StatusChange): void {
    const status = next ? (statusOf(next.status).status ?? 'NONE') : DELETED;
    this.metrics.countChange(status, cause);
    this.#tracing.change({ status, cause, observedAt });
  }
}

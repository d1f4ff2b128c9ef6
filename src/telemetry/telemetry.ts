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
  /** What names in the log are made with, so that instances give the same; one of this process where there is none. */
  readonly logSalt?: string | null;
}

/** The status label of a change that deletes the member. */
const DELETED = 'DELETED';

/** All that a server tells of itself: its log, its metrics and its traces. The parts are handed what they tell it by. */
export class Telemetry {
  readonly log: Logger;
  readonly metrics = new Metrics();
  readonly memberGauge = new MemberGauge();
  readonly #tracing = new Tracing();
  readonly #pseudonym: Pseudonym;
  readonly #begin: (origin: Origin) => OperationTrace;

  constructor({ logLevel, logStream, logSalt = null }: TelemetryOptions) {
    this.log = createLog({ level: logLevel, ...(logStream && { stream: logStream }) });
    const pseudonym = createPseudonym(logSalt);
    this.#pseudonym = pseudonym;
    const sinks = { log: this.log, metrics: this.metrics, tracing: this.#tracing, pseudonym };
    this.#begin = (origin) => new OperationTrace(origin, sinks);
  }

  /** Begins to follow an operation. */
  startOperation(origin: Origin): OperationTrace {
    return this.#begin(origin);
  }

  /** What MX's client is given. */
  get mx() {
    return {
      onCall: ({ endpoint, outcome, durationMs }: MxCall) =>
        this.metrics.countCall(endpoint, String(outcome), durationMs / 1_000),
      trace: (endpoint: string): TracedCall | null => this.#tracing.call(endpoint),
    };
  }

  /** What reads are given. */
  get cache() {
    return {
      onRead: (cache: string, result: ReadResult) => this.metrics.countCacheRequest(cache, result),
      onMembers: (userGuid: string, members: ObservedMembers) => this.#noteMembers(userGuid, members),
      onForeignRow: (userGuid: string, row: MxForeignRow) => this.#reportForeignRow(userGuid, row),
    };
  }

  /** What everything that happens by itself is given. */
  get changeFeed() {
    return {
      onPoll: (outcome: string) => this.metrics.countPoll(outcome),
      onChanges: (changes: readonly StatusChange[]) => changes.forEach((change) => this.#noteChange(change)),
      runDetached: <T>(work: () => Promise<T>): Promise<T> => this.#tracing.apart('poll', work),
    };
  }

  /** What the transports that stay open are given. */
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

  /** What becomes of webhooks. */
  countWebhook(outcome: string, type: string | null): void {
    this.metrics.countWebhook(type, outcome);
    this.log.debug({ outcome, type }, 'webhook received');
  }

  #noteMembers(userGuid: string, members: ObservedMembers): void {
    const seen = [...members.values()].map(({ view, member }) => ({
      status: view.row.status,
      institutionCode: member.institution_code,
    }));
    this.memberGauge.note(userGuid, seen);
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

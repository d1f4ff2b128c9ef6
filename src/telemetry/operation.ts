import type { OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';

import type { Viewer } from '../auth.js';
import type { Pseudonym } from './log.js';
import type { Metrics, Transport } from './metrics.js';
import type { ActiveSpan, Tracing } from './tracing.js';

/** The transport and request of an operation. */
export interface Origin {
  readonly transport: Transport;
  readonly requestId: string;
  /** Headers of the request, to continue its trace. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The properties of an operation with a valid document. */
interface Described {
  readonly type: string;
  readonly name: string | null;
  readonly documentHash: string;
}

/** Where operations are recorded. */
export interface OperationSinks {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly pseudonym: Pseudonym;
}

export const OK = 'OK';
const HASH_LENGTH = 16;
const MAX_NAME_LENGTH = 80;

const round = (ms: number): number => Math.round(ms * 10) / 10;

/** Traces one operation from its request to its response, a subscription to its end, and logs it. */
export class OperationTrace {
  /** Number of calls to MX for this operation; incremented by the MX client. */
  calls = 0;
  viewer: Viewer | null = null;
  #described: Described | null = null;
  #fault: string | null = null;
  #rejection: { readonly reason: string; readonly level: 'info' | 'debug' } | null = null;
  #auditedUsers: Set<string> | null = null;
  #events = 0;
  #isAnswered = false;
  readonly #begunAt = performance.now();
  readonly #origin: Omit<Origin, 'headers'>;
  readonly #sinks: OperationSinks;
  readonly #span: ActiveSpan | null;

  constructor({ transport, requestId, headers }: Origin, sinks: OperationSinks) {
    this.#origin = { transport, requestId };
    this.#sinks = sinks;
    this.#span = sinks.tracing.operation(headers);
  }

  /** Sets the operation, once the document has been validated. */
  setOperation({ operation: type, name }: OperationDefinitionNode, documentHash: string): void {
    this.#described = { type, name: name?.value ?? null, documentHash };
  }

  /** Records an error code. Only the first one is kept. */
  setError(code: unknown): void {
    this.#fault ??= typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
  }

  /** Adds to the operation's line in the log why it was rejected, and sets the level of the line. Defaults to info. */
  describeRejection(reason: string, level: 'info' | 'debug'): void {
    this.#rejection = { reason, level };
  }

  /** It will not be run: that is its answer. */
  reject(code: unknown): void {
    this.setError(code);
    this.end();
  }

  /** Logs an error of the operation. */
  error(fields: { readonly err: unknown }, message: string): void {
    this.#sinks.log.error({ ...this.#origin, ...fields }, message);
  }

  /** Runs work within the operation's trace. */
  run<T>(work: () => T): T {
    return this.#span ? this.#span.within(work) : work();
  }

  /** Runs the batch of a loader within the operation's trace. */
  batch<T>(of: string, work: () => Promise<T>): Promise<T> {
    return this.#span ? this.#sinks.tracing.batch(of, work) : work();
  }

  /** Audits, once per user, that support read another user's members. */
  noteRead(userGuid: string): void {
    const { viewer } = this;
    if (viewer?.isSupport !== true || viewer.userGuid === userGuid) return;
    this.#auditedUsers ??= new Set();
    if (this.#auditedUsers.has(userGuid)) return;
    this.#auditedUsers.add(userGuid);
    const { log, pseudonym } = this.#sinks;
    if (log.isLevelEnabled('info'))
      log.info({ ...this.#fields(), user: pseudonym(userGuid) }, 'support read');
  }

  /** Ends the operation. `status` is the HTTP status of the response, if it has one. */
  end(status: number | null = null): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    if (this.#fault === null && status !== null && status >= 400) this.#fault = `HTTP_${status}`;
    const ms = performance.now() - this.#begunAt;
    const { log, metrics } = this.#sinks;
    const { type = null, name = null } = this.#described ?? {};
    metrics.countOperation({ type, name, outcome: this.#outcome, seconds: ms / 1_000, calls: this.calls });
    this.#endSpan();
    const { level = 'info', ...reason } = this.#rejection ?? {};
    if (!log.isLevelEnabled(level)) return;
    const ended = { outcome: this.#outcome, status, durationMs: round(ms), upstreamCalls: this.calls };
    log[level]({ ...this.#fields(), ...ended, ...reason }, 'operation');
  }

  /** The subscription has started: it counts as completed, and events follow. */
  openSubscription(): void {
    this.end();
    this.#sinks.metrics.addSubscriptions(this.#origin.transport, 1);
    this.#sinks.log.info(this.#fields(), 'subscription started');
  }

  noteEvent(): void {
    this.#events += 1;
    this.#sinks.metrics.countEvent(this.#origin.transport);
  }

  closeSubscription(): void {
    const { log, metrics } = this.#sinks;
    metrics.addSubscriptions(this.#origin.transport, -1);
    const durationMs = round(performance.now() - this.#begunAt);
    const ended = { outcome: this.#outcome, durationMs, events: this.#events, upstreamCalls: this.calls };
    log.info({ ...this.#fields(), ...ended }, 'subscription ended');
  }

  get #outcome(): string {
    return this.#fault ?? OK;
  }

  #fields() {
    const { type = null, name = null, documentHash = null } = this.#described ?? {};
    const who = this.viewer?.id;
    return {
      ...this.#origin,
      operation: name?.slice(0, MAX_NAME_LENGTH) ?? null,
      type,
      document: documentHash?.slice(0, HASH_LENGTH) ?? null,
      viewer:
        who === undefined || !this.#sinks.log.isLevelEnabled('info') ? null : this.#sinks.pseudonym(who),
    };
  }

  #endSpan(): void {
    if (!this.#span) return;
    const { type = 'invalid', name = null, documentHash = '' } = this.#described ?? {};
    this.#span.end({
      fault: this.#fault,
      name: `${type}${name === null ? '' : ` ${name.slice(0, MAX_NAME_LENGTH)}`}`,
      attributes: {
        'graphql.operation.type': type,
        ...(name !== null && { 'graphql.operation.name': name.slice(0, MAX_NAME_LENGTH) }),
        'graphql.document.hash': documentHash.slice(0, HASH_LENGTH),
        'mx.calls': this.calls,
      },
    });
  }
}

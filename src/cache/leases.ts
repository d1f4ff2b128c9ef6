import { setTimeout as pause } from 'node:timers/promises';

import type {
  LeaseRequest,
  LeaseResult,
  ReadLeases,
  ReadOutcome,
  SharedWrite,
} from '../backplane/read-leases.js';
import { steadyNow } from '../clock.js';
import type { Entry, ReadContext, ReadRequest } from './entry.js';

/** How instances share the values of one cache. */
export interface Sharing {
  readonly leases: ReadLeases;
  /** A failure travels between instances as a string. */
  readonly encodeFailure: (error: unknown) => string;
  readonly decodeFailure: (failure: string) => Error;
  /** Called with writes of other instances that the value of the key may not show yet. */
  readonly onWrites: (key: string, writes: readonly SharedWrite[]) => void;
}

/** The answer to a read for a hint that came within a TTL of the last one. */
export class Deferred {
  /** @param retryAt when to try again, in milliseconds since 1970, on the steady clock of this instance */
  constructor(readonly retryAt: number) {}
}

/** Returned if the leases are unreachable: the instance reads on its own. */
export const NO_COORDINATION = Symbol('no coordination');

export interface LeasedReaderOptions extends Sharing {
  readonly ttlMs: number;
  /** False for errors that are an answer: no instance serves an older value after them. */
  readonly canServeStale: (error: unknown) => boolean;
  /** The entry that this instance has, however old. */
  readonly known: (key: string) => Entry | undefined;
  /** Reads upstream, under the version that the lease was granted with. */
  readonly load: (key: string, context: ReadContext, version: string) => Promise<Entry>;
  /** Called for each value that saved a read. */
  readonly onHit: () => void;
}

/** How often to ask whether another instance has completed its read. */
const POLL_MS = 20;
/** A read that is invalidated while in flight is repeated so many times at most, in case of writes without end. */
const MAX_ROUNDS = 4;
/** How often to report an outcome that could not be reported, and how many times. */
const COMPLETE_RETRY_MS = 250;
const MAX_COMPLETE_RETRIES = 40;

/** Reads keys under leases, so that all instances together read each key once per TTL. */
export class LeasedReader {
  readonly #options: LeasedReaderOptions;
  constructor(options: LeasedReaderOptions) {
    this.#options = options;
  }

  /** The last value that any instance has read, however old; null if there is none or the leases are unreachable. */
  async latest(key: string): Promise<Omit<Entry, 'freshUntil'> | null> {
    const latest = await this.#options.leases.latest(key).catch(() => null);
    return latest && { ...latest, bytes: Buffer.from(latest.text) };
  }

  /** Acquires a lease until that leads to an entry. Rejects as the upstream does, here or on another instance. */
  async read(key: string, request: ReadRequest): Promise<Entry | Deferred | typeof NO_COORDINATION> {
    const { after, counter } = request;
    const { leases } = this.#options;
    const isForHint = after !== null;
    for (let [round, isForced] = [1, request.isForced]; ;) {
      const result = await this.#acquire(key, { after, isForced });
      if (result === null) return NO_COORDINATION;
      if (result.kind === 'pending') await pause(POLL_MS);
      else if (result.kind === 'deferred')
        return new Deferred(steadyNow() + result.retryAt - leases.localNow());
      else if (result.kind === 'failed') throw this.#options.decodeFailure(result.failure);
      else if (result.kind === 'granted') {
        const { version, startedAt } = result;
        const { entry, isCurrent } = await this.#load(key, { startedAt, isForHint, counter }, version);
        if (isCurrent || round >= MAX_ROUNDS) return entry;
        [round, isForced] = [round + 1, false];
      } else {
        const entry = this.#toEntry(key, result);
        if (entry) this.#options.onHit();
        if (entry) return entry;
      }
    }
  }

  async #acquire(key: string, request: Omit<LeaseRequest, 'known'>): Promise<LeaseResult | null> {
    const { leases, known, onWrites } = this.#options;
    const acquired = await leases
      .acquire(key, { ...request, known: known(key)?.version ?? null })
      .catch(() => null);
    if (acquired && acquired.writes.length > 0) onWrites(key, acquired.writes);
    return acquired && acquired.result;
  }

  /** Undefined if this instance has evicted the entry since it acquired the lease. */
  #toEntry(key: string, result: Extract<LeaseResult, { kind: 'unchanged' | 'hit' }>): Entry | undefined {
    const { ttlMs, known } = this.#options;
    if (result.kind === 'hit') {
      const { text, version, startedAt } = result;
      return { bytes: Buffer.from(text), version, startedAt, freshUntil: startedAt + ttlMs };
    }
    const entry = known(key);
    if (!entry) return undefined;
    const { bytes, version, startedAt } = entry;
    return { bytes, version, startedAt, freshUntil: startedAt + ttlMs };
  }

  async #load(
    key: string,
    context: ReadContext,
    version: string,
  ): Promise<{ entry: Entry; isCurrent: boolean }> {
    const { startedAt } = context;
    try {
      const entry = await this.#options.load(key, context, version);
      const text = entry.bytes.toString();
      return { entry, isCurrent: await this.#complete(key, { version, startedAt, text }) };
    } catch (error) {
      const { encodeFailure, canServeStale } = this.#options;
      const failure = encodeFailure(error);
      await this.#complete(key, { version, startedAt, failure, isAnswer: !canServeStale(error) });
      throw error;
    }
  }

  /** If the leases are unreachable, the value is returned anyway, and the outcome is reported in the background. */
  #complete(key: string, outcome: ReadOutcome): Promise<boolean> {
    return this.#options.leases.complete(key, outcome).catch(() => {
      void this.#completeLater(key, outcome);
      return true;
    });
  }

  /** Without the outcome, other instances would wait for this read until its lease expires. */
  async #completeLater(key: string, outcome: ReadOutcome): Promise<void> {
    for (let tries = 1; tries <= MAX_COMPLETE_RETRIES; tries += 1) {
      await pause(COMPLETE_RETRY_MS, undefined, { ref: false });
      const isReported = await this.#options.leases.complete(key, outcome).then(
        () => true,
        () => false,
      );
      if (isReported) return;
    }
  }
}

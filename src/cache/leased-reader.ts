import { setTimeout as pause } from 'node:timers/promises';

import type { KeptValues, Reading } from './encoded-lru.js';
import type { CallCounter } from '../mx/transport.js';
import type {
  LeaseRequest,
  ReadOutcome,
  ReadLeases,
  SharedWrite,
  LeaseResult,
} from '../backplane/read-leases.js';

/** Of what a read is the answer to. */
export interface Asking {
  /** The latest instant that the answer can speak of, in milliseconds since 1970. */
  readonly begunAt: number;
  /** True for a read that a hint is the reason of. */
  readonly isForHint: boolean;
  /** For whom the calls that it takes are counted. */
  readonly count: CallCounter | null;
}

/** A read for a hint that must wait till the window has passed in which there was one already. */
export class Postponed {
  /** @param retryAt in milliseconds since 1970 */
  constructor(readonly retryAt: number) {}
}

/** How instances share values of one kind. */
export interface Sharing<V, E> {
  readonly windows: ReadLeases;
  readonly toText: (reading: Reading<V, E>) => string;
  readonly fromText: (key: string, text: string, begunAt: number) => Reading<V, E>;
  /** What other instances are told of a failure, and what they make of it. */
  readonly toFailure: (error: unknown) => string;
  readonly fromFailure: (failure: string) => Error;
  readonly onWrites: (key: string, writes: readonly SharedWrite[]) => void;
}

/** What a caller asks for; what this instance knows is looked up here. */
export interface Wish extends Omit<LeaseRequest, 'known'> {
  readonly count: CallCounter | null;
}

export interface SharedReaderOptions<V extends object, E extends object> {
  readonly kept: KeptValues<V, E>;
  readonly read: (key: string, asking: Asking) => Promise<Reading<V, E>>;
  readonly freshnessMs: number;
  readonly sharing: Sharing<V, E>;
  /** Hears of each value that the windows spared a call. */
  readonly onHit: () => void;
}

/** Said when the shared windows cannot be reached: the instance is to go by its own. */
export const ALONE = Symbol('alone');

/** How often to look whether another instance's read has landed. */
const LOOK_AGAIN_MS = 20;
/** A read whose window is ended under it is done again; somebody who writes without pause is not waited for. */
const MAX_ROUNDS = 4;
/** How often to try to tell of a read that the windows could not be told of, and how many times. */
const LAND_AGAIN_MS = 250;
const MAX_LANDINGS = 40;

/** Reads keys in windows that all instances share. */
export class SharedReader<V extends object, E extends object> {
  readonly #options: SharedReaderOptions<V, E>;

  constructor(options: SharedReaderOptions<V, E>) {
    this.#options = options;
  }

  /** Asks the windows what to do till that has led to a value; rejects as upstream does, here or elsewhere. */
  async read(key: string, wish: Wish): Promise<V | Postponed | typeof ALONE> {
    const isForHint = wish.after !== null;
    for (let [round, isForced] = [1, wish.isForced]; ;) {
      const result = await this.#ask(key, { after: wish.after, isForced });
      if (result === null) return ALONE;
      if (result.kind === 'pending') await pause(LOOK_AGAIN_MS);
      else if (result.kind === 'deferred') return new Postponed(result.retryAt);
      else if (result.kind === 'failed') throw this.#options.sharing.fromFailure(result.failure);
      else if (result.kind === 'granted') {
        const asking = { ...result, isForHint, count: wish.count };
        const { value, isCurrent } = await this.#readForAll(key, asking);
        if (isCurrent || round >= MAX_ROUNDS) return value;
        [round, isForced] = [round + 1, false];
      } else {
        const value = this.#valueOf(key, result);
        if (value) this.#options.onHit();
        if (value) return value;
      }
    }
  }

  async #ask(key: string, wish: Omit<LeaseRequest, 'known'>): Promise<LeaseResult | null> {
    const { kept, sharing } = this.#options;
    const entry = kept.get(key);
    const isKnown = entry !== undefined && kept.valueOf(key, entry) !== undefined;
    const ask = { ...wish, known: isKnown ? entry.version : null };
    const begun = await sharing.windows.acquire(key, ask).catch(() => null);
    if (!begun) return null;
    if (begun.writes.length > 0) {
      sharing.onWrites(key, begun.writes);
      if (entry) kept.forgetDecoded(entry);
    }
    return begun.result;
  }

  #valueOf(key: string, result: Extract<LeaseResult, { kind: 'unchanged' | 'hit' }>): V | undefined {
    const { kept, sharing } = this.#options;
    if (result.kind === 'hit') {
      return this.#keep(key, sharing.fromText(key, result.text, result.begunAt), result);
    }
    const entry = kept.get(key);
    return entry && kept.valueOf(key, entry);
  }

  async #readForAll(
    key: string,
    asking: Asking & { readonly version: string },
  ): Promise<{ value: V; isCurrent: boolean }> {
    const { read, sharing } = this.#options;
    const { version, begunAt } = asking;
    const end = (landing: { text: string } | { failure: string }) =>
      this.#land(key, { version, begunAt, ...landing });
    try {
      const reading = await read(key, asking);
      const isCurrent = await end({ text: sharing.toText(reading) });
      return { value: this.#keep(key, reading, asking), isCurrent };
    } catch (error) {
      await end({ failure: sharing.toFailure(error) });
      throw error;
    }
  }

  /** Windows that cannot be told are taken for the others' affair: this instance has its answer. */
  #land(key: string, landing: ReadOutcome): Promise<boolean> {
    const { windows } = this.#options.sharing;
    return windows.complete(key, landing).catch(() => {
      void this.#landLater(key, landing);
      return true;
    });
  }

  /** When the windows are back, whoever asks them would wait for the read till it is taken for dead. */
  async #landLater(key: string, landing: ReadOutcome): Promise<void> {
    const { windows } = this.#options.sharing;
    for (let tries = 1; tries <= MAX_LANDINGS; tries += 1) {
      await pause(LAND_AGAIN_MS, undefined, { ref: false });
      const isTold = await windows.complete(key, landing).then(
        () => true,
        () => false,
      );
      if (isTold) return;
    }
  }

  #keep(key: string, reading: Reading<V, E>, { version, begunAt }: { version: string; begunAt: number }): V {
    const { kept, freshnessMs } = this.#options;
    kept.put(key, reading, { version, begunAt, freshUntil: begunAt + freshnessMs });
    return reading.value;
  }
}

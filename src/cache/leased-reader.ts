import { setTimeout as pause } from 'node:timers/promises';

import type { KeptValues, Reading } from './encoded-lru.js';
import type { CallCount } from '../mx/transport.js';
import type { Ask, Landing, ReadWindows, SharedWrite, Verdict } from '../backplane/read-leases.js';

/** Of what a read is the answer to. */
export interface Asking {
  /** The latest instant that the answer can speak of, in milliseconds since 1970. */
  readonly begunAt: number;
  /** True for a read that a hint is the reason of. */
  readonly isForHint: boolean;
  /** For whom the calls that it takes are counted. */
  readonly count: CallCount | null;
}

/** A read for a hint that must wait till the window has passed in which there was one already. */
export class Postponed {
  /** @param retryAt in milliseconds since 1970 */
  constructor(readonly retryAt: number) {}
}

/** How instances share values of one kind. */
export interface Sharing<V, E> {
  readonly windows: ReadWindows;
  readonly toText: (reading: Reading<V, E>) => string;
  readonly fromText: (key: string, text: string, begunAt: number) => Reading<V, E>;
  /** What other instances are told of a failure, and what they make of it. */
  readonly toFailure: (error: unknown) => string;
  readonly fromFailure: (failure: string) => Error;
  readonly onWrites: (key: string, writes: readonly SharedWrite[]) => void;
}

/** What a caller asks for; what this instance knows is looked up here. */
export interface Wish extends Omit<Ask, 'known'> {
  readonly count: CallCount | null;
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
      const verdict = await this.#ask(key, { after: wish.after, isForced });
      if (verdict === null) return ALONE;
      if (verdict.kind === 'wait') await pause(LOOK_AGAIN_MS);
      else if (verdict.kind === 'later') return new Postponed(verdict.retryAt);
      else if (verdict.kind === 'failed') throw this.#options.sharing.fromFailure(verdict.failure);
      else if (verdict.kind === 'go') {
        const asking = { ...verdict, isForHint, count: wish.count };
        const { value, isCurrent } = await this.#readForAll(key, asking);
        if (isCurrent || round >= MAX_ROUNDS) return value;
        [round, isForced] = [round + 1, false];
      } else {
        const value = this.#valueOf(key, verdict);
        if (value) this.#options.onHit();
        if (value) return value;
      }
    }
  }

  async #ask(key: string, wish: Omit<Ask, 'known'>): Promise<Verdict | null> {
    const { kept, sharing } = this.#options;
    const entry = kept.get(key);
    const isKnown = entry !== undefined && kept.valueOf(key, entry) !== undefined;
    const ask = { ...wish, known: isKnown ? entry.version : null };
    const begun = await sharing.windows.begin(key, ask).catch(() => null);
    if (!begun) return null;
    if (begun.writes.length > 0) {
      sharing.onWrites(key, begun.writes);
      if (entry) kept.forgetDecoded(entry);
    }
    return begun.verdict;
  }

  #valueOf(key: string, verdict: Extract<Verdict, { kind: 'same' | 'fresh' }>): V | undefined {
    const { kept, sharing } = this.#options;
    if (verdict.kind === 'fresh') {
      return this.#keep(key, sharing.fromText(key, verdict.text, verdict.begunAt), verdict);
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
  #land(key: string, landing: Landing): Promise<boolean> {
    const { windows } = this.#options.sharing;
    return windows.end(key, landing).catch(() => {
      void this.#landLater(key, landing);
      return true;
    });
  }

  /** When the windows are back, whoever asks them would wait for the read till it is taken for dead. */
  async #landLater(key: string, landing: Landing): Promise<void> {
    const { windows } = this.#options.sharing;
    for (let tries = 1; tries <= MAX_LANDINGS; tries += 1) {
      await pause(LAND_AGAIN_MS, undefined, { ref: false });
      const isTold = await windows.end(key, landing).then(
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

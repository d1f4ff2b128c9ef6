import { wallNow } from '../clock.js';
import { setUnrefInterval } from '../http/timers.js';

export interface HeartbeatOptions<T> {
  /** How often each is asked whether it is still there. */
  readonly everyMs: number;
  readonly beat: (one: T) => void;
  /** Called often for each, with the time of the wall clock. */
  readonly endIfExpired: (one: T, now: number) => void;
}

/** So often a few get their turn: thousands at once would be a pause for all else. */
const TICK_MS = 50;
const EXPIRY_EVERY_MS = 1_000;

/** Looks after connections that stay open: one by one, all in so long a time. */
export class Heartbeat<T> {
  readonly #options: HeartbeatOptions<T>;
  readonly #turns: readonly Set<T>[];
  readonly #turnOf = new Map<T, number>();
  #added = 0;
  #turn = 0;

  constructor(options: HeartbeatOptions<T>) {
    this.#options = options;
    const turns = Math.max(1, Math.round(options.everyMs / TICK_MS));
    this.#turns = Array.from({ length: turns }, () => new Set<T>());
  }

  add(one: T): void {
    const turn = this.#added++ % this.#turns.length;
    this.#turnOf.set(one, turn);
    this.#turns[turn]?.add(one);
  }

  delete(one: T): void {
    const turn = this.#turnOf.get(one);
    if (turn === undefined) return;
    this.#turnOf.delete(one);
    this.#turns[turn]?.delete(one);
  }

  /** Begins; the function returned ends it. */
  start(): () => void {
    const { everyMs, beat, endIfExpired } = this.#options;
    const stopBeats = setUnrefInterval(everyMs / this.#turns.length, () => {
      this.#turn = (this.#turn + 1) % this.#turns.length;
      this.#turns[this.#turn]?.forEach(beat);
    });
    const stopExpiry = setUnrefInterval(Math.min(EXPIRY_EVERY_MS, everyMs), () => {
      const now = wallNow();
      for (const one of this.#turnOf.keys()) endIfExpired(one, now);
    });
    return () => {
      stopBeats();
      stopExpiry();
    };
  }
}

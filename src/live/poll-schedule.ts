import type { Watch } from './watch.js';

/** How finely time is cut, in milliseconds. */
export const TICK_MS = 100;

/** Who is to be looked at when: slots of time, and behind them those whose time has come, the most urgent first. */
export class PollSchedule {
  readonly #slots = new Map<number, Set<Watch>>();
  readonly #slotOf = new Map<Watch, number>();
  readonly #due: readonly Set<Watch>[] = [new Set(), new Set(), new Set(), new Set()];
  #last = Math.floor(Date.now() / TICK_MS);

  /** Puts a watch at its `dueAt`, from wherever it was. */
  put(watch: Watch): void {
    this.remove(watch);
    const slot = Math.max(Math.ceil(watch.dueAt / TICK_MS), this.#last + 1);
    this.#slotOf.set(watch, slot);
    const others = this.#slots.get(slot);
    if (others) others.add(watch);
    else this.#slots.set(slot, new Set([watch]));
  }

  remove(watch: Watch): void {
    for (const queue of this.#due) queue.delete(watch);
    const slot = this.#slotOf.get(watch);
    if (slot === undefined) return;
    this.#slotOf.delete(watch);
    const others = this.#slots.get(slot);
    others?.delete(watch);
    if (others?.size === 0) this.#slots.delete(slot);
  }

  /** Those whose time has come by `now`, the most urgent first; they stay till they are removed or put again. */
  *due(now: number): Iterable<Watch> {
    this.#advance(Math.floor(now / TICK_MS));
    for (const queue of this.#due) yield* queue;
  }

  #advance(to: number): void {
    for (; this.#last < to;) {
      this.#last += 1;
      for (const watch of this.#slots.get(this.#last) ?? []) {
        this.#slotOf.delete(watch);
        this.#due[watch.priority]?.add(watch);
      }
      this.#slots.delete(this.#last);
    }
  }
}

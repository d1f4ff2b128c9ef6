import { steadyNow } from '../clock.js';
import type { Watch } from './watch.js';

/** Resolution of the schedule, in milliseconds. */
export const TICK_MS = 100;

/** Timer wheel of polls: watches are in time slots until they are due, then in one queue per priority. */
export class PollSchedule {
  readonly #slots = new Map<number, Set<Watch>>();
  readonly #slotOf = new Map<Watch, number>();
  readonly #dueQueues: readonly Set<Watch>[] = [new Set(), new Set(), new Set(), new Set()];
  #lastSlot = Math.floor(steadyNow() / TICK_MS);

  /** Schedules a watch for its `dueAt` and removes any earlier entry of it. */
  reschedule(watch: Watch): void {
    this.remove(watch);
    const slot = Math.max(Math.ceil(watch.dueAt / TICK_MS), this.#lastSlot + 1);
    this.#slotOf.set(watch, slot);
    const others = this.#slots.get(slot);
    if (others) others.add(watch);
    else this.#slots.set(slot, new Set([watch]));
  }

  remove(watch: Watch): void {
    for (const queue of this.#dueQueues) queue.delete(watch);
    const slot = this.#slotOf.get(watch);
    if (slot === undefined) return;
    this.#slotOf.delete(watch);
    const others = this.#slots.get(slot);
    others?.delete(watch);
    if (others?.size === 0) this.#slots.delete(slot);
  }

  /** Iterates over the watches that are due at `now`, by priority. They stay due until removed or rescheduled. */
  *due(now: number): Iterable<Watch> {
    this.#advance(Math.floor(now / TICK_MS));
    for (const queue of this.#dueQueues) yield* queue;
  }

  #advance(to: number): void {
    for (; this.#lastSlot < to;) {
      this.#lastSlot += 1;
      for (const watch of this.#slots.get(this.#lastSlot) ?? []) {
        this.#slotOf.delete(watch);
        this.#dueQueues[watch.priority]?.add(watch);
      }
      this.#slots.delete(this.#lastSlot);
    }
  }
}

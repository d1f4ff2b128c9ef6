import type { StatusChange } from '../status/change.js';

/** What is told of a user: changes as they are made, or (with none) that the user is known from now on. */
export interface BusMessage {
  /** Names the row that the changes belong to. */
  readonly epoch: string;
  readonly changes: readonly StatusChange[];
}

export interface BusListener {
  onMessage(publication: BusMessage): void;
  /** Something may have been missed: the store knows what. */
  onGap(): void;
}

/** Carries changes to whoever listens, in this process or another. Publishing is the store's: with the swap. */
export interface StatusBus {
  /**
   * Listens to one user. `ready` resolves once everything that is published later is heard; while that cannot be had,
   * it stays pending, and `onGap` is called when it can.
   */
  subscribe(
    userGuid: string,
    listener: BusListener,
  ): { readonly ready: Promise<void>; readonly close: () => void };
}

/** Listeners by user: what both forms of the bus hand publications to. */
export class Subscribers {
  readonly #byUser = new Map<string, Set<BusListener>>();

  /** True for the first listener of its user. */
  add(userGuid: string, listener: BusListener): boolean {
    const ofUser = this.#byUser.get(userGuid);
    if (ofUser) ofUser.add(listener);
    else this.#byUser.set(userGuid, new Set([listener]));
    return !ofUser;
  }

  /** True when that was the last listener of its user. */
  remove(userGuid: string, listener: BusListener): boolean {
    const ofUser = this.#byUser.get(userGuid);
    if (!ofUser?.delete(listener) || ofUser.size > 0) return false;
    return this.#byUser.delete(userGuid);
  }

  publish(userGuid: string, publication: BusMessage): void {
    // A listener that ends itself, or another one, does not disturb the round.
    for (const listener of [...(this.#byUser.get(userGuid) ?? [])]) listener.onMessage(publication);
  }

  notifyGap(): void {
    for (const ofUser of [...this.#byUser.values()]) for (const listener of [...ofUser]) listener.onGap();
  }

  get userGuids(): Iterable<string> {
    return this.#byUser.keys();
  }
}

/** The bus of a process that is alone. */
export class MemoryBus implements StatusBus {
  readonly #listeners = new Subscribers();

  subscribe(userGuid: string, listener: BusListener): { ready: Promise<void>; close: () => void } {
    this.#listeners.add(userGuid, listener);
    return { ready: Promise.resolve(), close: () => void this.#listeners.remove(userGuid, listener) };
  }

  publish(userGuid: string, publication: BusMessage): void {
    this.#listeners.publish(userGuid, publication);
  }
}

import type { StatusChange } from '../status/change.js';

/** Message about a user: the changes that were stored. Without changes, it says that the first record was stored. */
export interface BusMessage {
  /** Epoch of the history that the changes belong to. */
  readonly epoch: string;
  readonly changes: readonly StatusChange[];
}

/** Receives the messages about one user. */
export interface BusListener {
  onMessage(message: BusMessage): void;
  /** Called when messages may have been missed. The listener reads the store to find out. */
  onGap(): void;
}

/** Delivers status changes to subscribers on all instances. They are published by `StatusStore.swap`. */
export interface StatusBus {
  /**
   * Subscribes to one user. `ready` resolves once all messages from then on are received. It stays pending while the
   * connection is down; `onGap` is called when it is up again.
   */
  subscribe(
    userGuid: string,
    listener: BusListener,
  ): { readonly ready: Promise<void>; readonly close: () => void };
}

/** Registry of listeners by user, shared by both implementations of the bus. */
export class Subscribers {
  readonly #byUser = new Map<string, Set<BusListener>>();

  /** Adds a listener. Returns true if it is the first one of the user. */
  add(userGuid: string, listener: BusListener): boolean {
    const listeners = this.#byUser.get(userGuid);
    if (listeners) listeners.add(listener);
    else this.#byUser.set(userGuid, new Set([listener]));
    return !listeners;
  }

  /** Removes a listener. Returns true if it was the last one of the user. */
  remove(userGuid: string, listener: BusListener): boolean {
    const listeners = this.#byUser.get(userGuid);
    if (!listeners?.delete(listener) || listeners.size > 0) return false;
    return this.#byUser.delete(userGuid);
  }

  publish(userGuid: string, message: BusMessage): void {
    // Iterate over a copy: a listener may remove itself or another one.
    for (const listener of [...(this.#byUser.get(userGuid) ?? [])]) listener.onMessage(message);
  }

  notifyGap(): void {
    for (const listeners of [...this.#byUser.values()])
      for (const listener of [...listeners]) listener.onGap();
  }

  get userGuids(): Iterable<string> {
    return this.#byUser.keys();
  }
}

/** In-memory bus, for a single instance. */
export class MemoryBus implements StatusBus {
  readonly #listeners = new Subscribers();

  subscribe(userGuid: string, listener: BusListener): { ready: Promise<void>; close: () => void } {
    this.#listeners.add(userGuid, listener);
    return { ready: Promise.resolve(), close: () => void this.#listeners.remove(userGuid, listener) };
  }

  publish(userGuid: string, message: BusMessage): void {
    this.#listeners.publish(userGuid, message);
  }
}

/** Who watches whom, so that of many instances one does. */
export interface WatchLeases {
  /** Takes, or renews, the leases on these users; resolves to those that this instance now holds. */
  acquire(userGuids: readonly string[]): Promise<ReadonlySet<string>>;
  release(userGuids: readonly string[]): Promise<void>;
  /** Whether any instance watches the user. */
  isHeld(userGuid: string): Promise<boolean>;
}

/** An instance that says nothing for so long has lost its leases. It renews them three times in that time. */
export const LEASE_MS = 9_000;

/** The leases of a process that is alone: all of them. */
export class MemoryWatchLeases implements WatchLeases {
  readonly #held = new Set<string>();

  acquire(userGuids: readonly string[]): Promise<ReadonlySet<string>> {
    for (const userGuid of userGuids) this.#held.add(userGuid);
    return Promise.resolve(new Set(userGuids));
  }

  release(userGuids: readonly string[]): Promise<void> {
    for (const userGuid of userGuids) this.#held.delete(userGuid);
    return Promise.resolve();
  }

  isHeld(userGuid: string): Promise<boolean> {
    return Promise.resolve(this.#held.has(userGuid));
  }
}

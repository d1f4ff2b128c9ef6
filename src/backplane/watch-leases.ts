/** Leases that let exactly one instance poll each watched user. */
export interface WatchLeases {
  /** Acquires or renews the leases on these users. Resolves to the users whose lease this instance now holds. */
  acquire(userGuids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Releases the leases of this instance on these users. */
  release(userGuids: readonly string[]): Promise<void>;
  /** Resolves to true if any instance holds the lease on the user. */
  isHeld(userGuid: string): Promise<boolean>;
}

/** Lifetime of a lease without renewal, in milliseconds. Instances renew their leases three times as often. */
export const LEASE_MS = 9_000;

/** In-memory leases, for a single instance: every request is granted. */
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

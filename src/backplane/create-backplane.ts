import { createMemoryBackplane } from './backplane.js';
import type { Backplane } from './backplane.js';
import type { SharedRateLimit } from './rate-limit.js';
import type { ReadLeases } from './read-leases.js';
import type { WriteLocks } from './write-locks.js';

/** After this time, in milliseconds, a read of MX counts as lost and another instance may start one. */
const READ_LEASE_MS = 12_000;

/** The state that instances share. Without Redis there is only the backplane, which is in memory. */
export interface SharedState {
  readonly backplane: Backplane;
  readonly leases: ReadLeases | null;
  readonly writeLocks: WriteLocks | null;
  readonly sharedRateLimit: SharedRateLimit | null;
}

const UNSHARED = { leases: null, writeLocks: null, sharedRateLimit: null };

export interface BackplaneConfig {
  /** Null for a single instance. */
  readonly redisUrl: string | null;
  /** The budget of polls, in requests to MX per second. */
  readonly watchReadsPerSecond: number;
  /** How long reads of MX are shared, in milliseconds; 0 for not at all. */
  readonly freshnessMs: number;
  /** The rate limit of a viewer. Defaults to 0, which is none. */
  readonly operationsPerMinute?: number;
}

/**
 * Creates the backplane that the configuration asks for: in memory, or in Redis, whose code is loaded only if it is
 * configured. `onError` is called with each error of Redis.
 */
export async function createBackplane(
  { redisUrl, watchReadsPerSecond, freshnessMs, operationsPerMinute: perMinute = 0 }: BackplaneConfig,
  onError: (error: unknown) => void,
): Promise<SharedState> {
  if (redisUrl === null) {
    return { backplane: createMemoryBackplane({ watchReadsPerSecond }), ...UNSHARED };
  }
  const { createRedisBackplane } = await import('./redis/backplane.js');
  const backplane = createRedisBackplane({ url: redisUrl, watchReadsPerSecond, onError });
  const shared = { ttlMs: freshnessMs, leaseMs: READ_LEASE_MS, retentionMs: freshnessMs };
  const leases = freshnessMs > 0 ? backplane.readLeases(shared) : null;
  const sharedRateLimit = perMinute > 0 ? backplane.rateLimit(perMinute) : null;
  return { backplane, leases, sharedRateLimit, writeLocks: backplane.writeLocks };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';

import type * as busModule from '../../src/backplane/bus.js';
import type { Observation } from '../../src/status/observation.js';
import type * as readsModule from '../../src/cache/mx-cache.js';
import type * as storeModule from '../../src/backplane/store.js';
import type * as redisStoreModule from '../../src/backplane/redis/store.js';
import type * as windowsModule from '../../src/backplane/redis/read-leases.js';
import { memberGuid, userDigits, userGuid } from '../fixture.js';
import { monotonicMs, runSchedule, steadily } from './clock.js';
import { held } from './memory.js';
import type { Held } from './memory.js';
import { countReads } from './read-counts.js';
import { serve } from './remote.js';

/**
 * Loaded into the product's process before `dist/main.js` (`node --import`): makes changes and notes when they are
 * detected. The product itself is what it is in production.
 */
export interface Probe {
  drive(order: DriveOrder): Promise<Detection[]>;
  held(): Promise<Held>;
  snapshot(file: string): string;
  /** The list calls so far, by what asked for them. */
  reads(): Record<string, number>;
  /** What Redis said so far to those who asked whether to read. */
  verdicts(): Verdicts;
}

export interface DriveOrder {
  /** `swap` puts states into the store as a reader would; `read` has MX read, whose stub changes at each look. */
  readonly mode: 'swap' | 'read';
  readonly users: readonly number[];
  readonly perSecond: number;
  readonly changes: number;
}

/** A change that the product has found: number `n` of its user. */
export interface Detection {
  readonly user: number;
  readonly n: number;
  readonly at: number;
}

export interface Verdicts {
  readonly counts: Readonly<Record<string, number>>;
  /** Each read that was granted, and when, on the clock of Redis. */
  readonly granted: readonly { readonly key: string; readonly at: number }[];
}

const load = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { MemoryBus } = (await load('backplane/bus.js')) as typeof busModule;
const { MemoryStore } = (await load('backplane/store.js')) as typeof storeModule;
const { RedisStore } = (await load('backplane/redis/store.js')) as typeof redisStoreModule;
const { RedisReadLeases } = (await load('backplane/redis/read-leases.js')) as typeof windowsModule;
const { MxCache } = (await load('cache/mx-cache.js')) as typeof readsModule;

/** The parts of the product that changes are made with, as soon as they have been seen at work. */
const parts: { store?: storeModule.StatusStore; reads?: readsModule.MxCache } = {};
let detections: Detection[] = [];
const LOOK_EVERY_MS = 20;
const MAX_LOOKS = 50;

function note(guid: string, n: number, at: number): void {
  detections.push({ user: Number(guid.slice(-12)), n, at });
}

function wrap<T extends object, K extends keyof T>(type: { prototype: T }, name: K, by: (own: T[K]) => T[K]) {
  type.prototype[name] = by(type.prototype[name]);
}

wrap(MemoryBus, 'publish', (publish) => {
  return function (this: busModule.MemoryBus, guid, publication) {
    const at = monotonicMs();
    for (const { n } of publication.changes) note(guid, n, at);
    publish.call(this, guid, publication);
  };
});
wrap(MemoryStore, 'swap', (swap) => {
  return function (this: storeModule.MemoryStore, guid, observation) {
    parts.store = this;
    return swap.call(this, guid, observation);
  };
});
// In Redis the change is made and published in one step: it is counted from when that is asked for.
wrap(RedisStore, 'swap', (swap) => {
  return async function (this: redisStoreModule.RedisStore, guid, observation) {
    parts.store = this;
    const at = monotonicMs();
    const changes = await swap.call(this, guid, observation);
    for (const { n } of changes) note(guid, n, at);
    return changes;
  };
});
wrap(MxCache, 'observe', (observe) => {
  return function (this: readsModule.MxCache, listener) {
    parts.reads = this;
    observe.call(this, listener);
  };
});
const verdicts = { counts: {} as Record<string, number>, granted: [] as { key: string; at: number }[] };
wrap(RedisReadLeases, 'acquire', (begin) => {
  return async function (this: windowsModule.RedisReadLeases, key, ask) {
    const begun = await begin.call(this, key, ask);
    const { result } = begun;
    verdicts.counts[result.kind] = (verdicts.counts[result.kind] ?? 0) + 1;
    if (result.kind === 'granted') verdicts.granted.push({ key, at: result.startedAt });
    return begun;
  };
});
const readCounts = process.env['COUNT_READS'] === 'yes' ? await countReads(load) : {};

/** Two that are at rest, and neither of those between which the stub goes to and fro. */
const STATUSES = ['LOCKED', 'PREVENTED'];
const turns = new Map<number, number>();

function observationOf(user: number): Observation {
  const turn = turns.get(user) ?? 0;
  turns.set(user, turn + 1);
  const status = STATUSES[turn % STATUSES.length] ?? null;
  const states = new Map([
    [memberGuid(userDigits(user), 0), { status, isBeingAggregated: false, isOauth: false }],
  ]);
  return { cause: 'POLL', observedAt: Date.now(), states, coverage: 'ALL' };
}

async function make(mode: DriveOrder['mode'], user: number): Promise<void> {
  if (mode === 'swap') await parts.store?.swap(userGuid(user), observationOf(user));
  else await parts.reads?.membersNow(userGuid(user));
}

async function drive({ mode, users, perSecond, changes }: DriveOrder): Promise<Detection[]> {
  detections = [];
  const failures: unknown[] = [];
  const making: Promise<void>[] = [];
  await runSchedule(steadily(perSecond, changes), (index) => {
    making.push(
      make(mode, users[index % users.length] ?? 0).catch((error: unknown) => void failures.push(error)),
    );
  });
  await Promise.all(making);
  // In Redis a change may be told before those who made it hear of that.
  for (let looks = 0; detections.length < changes && looks < MAX_LOOKS; looks += 1)
    await sleep(LOOK_EVERY_MS);
  if (failures.length > 0) console.error(`${failures.length} changes could not be made`, failures[0]);
  return detections;
}

serve<Probe>({
  drive,
  held,
  snapshot: (file) => writeHeapSnapshot(file),
  reads: () => readCounts,
  verdicts: () => verdicts,
});
process.channel?.unref();

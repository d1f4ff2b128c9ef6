import { writeHeapSnapshot } from 'node:v8';

import type * as busModule from '../../src/status/bus.js';
import type { Observation } from '../../src/status/change.js';
import type * as readsModule from '../../src/reads.js';
import type * as storeModule from '../../src/status/store.js';
import type * as redisStoreModule from '../../src/redis/store.js';
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

const load = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { MemoryBus } = (await load('status/bus.js')) as typeof busModule;
const { MemoryStore } = (await load('status/store.js')) as typeof storeModule;
const { RedisStore } = (await load('redis/store.js')) as typeof redisStoreModule;
const { Reads } = (await load('reads.js')) as typeof readsModule;

/** The parts of the product that changes are made with, as soon as they have been seen at work. */
const parts: { store?: storeModule.StatusStore; reads?: readsModule.Reads } = {};
let detections: Detection[] = [];

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
wrap(Reads, 'observe', (observe) => {
  return function (this: readsModule.Reads, listener) {
    parts.reads = this;
    observe.call(this, listener);
  };
});
const readCounts = process.env['COUNT_READS'] === 'yes' ? await countReads(load) : {};

/** Two that are at rest, and neither of those between which the stub goes to and fro. */
const STATUSES = ['LOCKED', 'PREVENTED'];
let turn = 0;

function observationOf(user: number): Observation {
  const status = STATUSES[turn % STATUSES.length] ?? null;
  const states = new Map([
    [memberGuid(userDigits(user), 0), { status, isBeingAggregated: false, isOauth: false }],
  ]);
  return { cause: 'POLL', observedAt: Date.now(), states, isWhole: true };
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
    if (index % users.length === 0) turn += 1;
    making.push(
      make(mode, users[index % users.length] ?? 0).catch((error: unknown) => void failures.push(error)),
    );
  });
  await Promise.all(making);
  if (failures.length > 0) console.error(`${failures.length} changes could not be made`, failures[0]);
  return detections;
}

serve<Probe>({ drive, held, snapshot: (file) => writeHeapSnapshot(file), reads: () => readCounts });
process.channel?.unref();

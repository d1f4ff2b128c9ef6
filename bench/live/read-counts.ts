import { AsyncLocalStorage } from 'node:async_hooks';

import type * as clientModule from '../../src/mx/client.js';
import type * as readsModule from '../../src/cache/mx-cache.js';

/** What the methods of `Reads` are called for. */
const REASONS = {
  pollMembers: 'fast looks',
  membersNow: 'mutation',
  members: 'field of an event or an answer',
  membersAfter: 'hint',
} as const;

/** Counts list calls by what asked for them, from now on. It slows promises down, so only where nothing is timed. */
export async function countReads(load: (path: string) => Promise<unknown>): Promise<Record<string, number>> {
  const { MxCache } = (await load('cache/mx-cache.js')) as typeof readsModule;
  const { MxClient } = (await load('mx/client.js')) as typeof clientModule;
  const reason = new AsyncLocalStorage<string>();
  const counts: Record<string, number> = {};
  const reads = MxCache.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const [method, name] of Object.entries(REASONS)) {
    const own = reads[method];
    reads[method] = function (this: unknown, ...args) {
      return reason.run(name, () => own?.apply(this, args));
    };
  }
  const client = MxClient.prototype as unknown as { listMembers: (guid: string) => Promise<unknown> };
  const { listMembers } = client;
  client.listMembers = function (this: unknown, guid) {
    const name = reason.getStore() ?? 'other';
    counts[name] = (counts[name] ?? 0) + 1;
    return listMembers.call(this, guid);
  };
  return counts;
}

import { describe, expect, it, onTestFinished } from 'vitest';

import { MxCache } from '../../../src/cache/mx-cache.js';
import { MxClient } from '../../../src/mx/client.js';
import { detectChanges } from '../../../src/status/change.js';
import type { StatusChange, UserRecord } from '../../../src/status/change.js';
import { RandomUser, understand } from '../../support/random-lists.js';
import type { ListPlan } from '../../support/random-lists.js';
import { upstreamOfTest } from '../../support/scripted-upstream.js';
import { Random } from '../graphql/parity/random.js';

const REPLAYED = process.env['LISTS_SEED'];
const START = Number(process.env['LISTS_START'] ?? 1);
const SEEDS = Number(process.env['LISTS_SEEDS'] ?? 60);
const STEPS = 12;

/** A cache over an upstream that serves the lists of random users, and what was served and observed. */
async function useRandomLists() {
  const users = new Map<string, RandomUser>();
  /** The lists of each user since the last `served`, each with the pages that were asked for. */
  const lists = new Map<string, unknown[][]>();
  const plans = new Map<string, ListPlan>();
  const upstream = await upstreamOfTest((path) => {
    const [, guid = '', page = '1'] = /^\/users\/([^/]+)\/members\?.*?(?:&page=(\d+))?$/.exec(path) ?? [];
    if (page === '1') {
      plans.set(guid, users.get(guid)?.plan() ?? []);
      lists.set(guid, [...(lists.get(guid) ?? []), []]);
    }
    const plan = plans.get(guid) ?? [];
    // Beyond its end, a list has empty pages under the last total.
    const body = plan[Number(page) - 1] ?? { ...(plan.at(-1) as object), members: [] };
    lists.get(guid)?.at(-1)?.push(body);
    return { body };
  });
  const client = new MxClient({ ...upstream, clientId: 'id', apiKey: 'key', apiVersion: 'v20250224' });
  onTestFinished(() => client.close());
  const cache = new MxCache({ client, freshnessMs: 0, leases: null, onUnknownStatus: () => undefined });
  const records = new Map<string, UserRecord | null>();
  const told = new Map<string, StatusChange[]>();
  cache.observe((guid, observation) => {
    const { record, changes } = detectChanges(records.get(guid) ?? null, observation);
    records.set(guid, record);
    told.set(guid, [...(told.get(guid) ?? []), ...changes]);
  });
  const take = <T>(from: Map<string, T[]>, guid: string): T[] => {
    const taken = from.get(guid) ?? [];
    from.delete(guid);
    return taken;
  };
  return {
    cache,
    users,
    served: (guid: string) => take(lists, guid),
    told: (guid: string) => take(told, guid),
    recordOf: (guid: string) => records.get(guid)?.members ?? {},
  };
}

/** What may be said of a user, computed from the lists that were served. */
class Oracle {
  /** The last listed status, by guid. */
  readonly known = new Map<string, string>();
  readonly #doubted = new Set<string>();
  isAnyRead = false;

  constructor(readonly userGuid: string) {}

  /** Takes in the lists of one read; returns the members that they confirm to be gone. */
  read(lists: readonly (readonly unknown[])[]): string[] {
    const gone: string[] = [];
    for (const pages of lists) {
      const said = understand(pages, this.userGuid);
      if (!said) continue;
      this.isAnyRead = true;
      for (const guid of this.known.keys()) {
        if (said.rows.has(guid) || !said.isWhole) continue;
        if (this.#doubted.has(guid)) gone.push(guid);
        this.#doubted.add(guid);
      }
      for (const [guid, status] of said.rows) {
        this.known.set(guid, status);
        this.#doubted.delete(guid);
      }
      for (const guid of gone) if (!said.rows.has(guid)) this.known.delete(guid);
      gone.forEach((guid) => this.#doubted.delete(guid));
    }
    return gone.filter((guid) => !this.known.has(guid));
  }
}

type Lists = Awaited<ReturnType<typeof useRandomLists>>;

async function step({ cache, served, told, recordOf }: Lists, oracle: Oracle): Promise<void> {
  const { userGuid } = oracle;
  const shown = await Promise.resolve(cache.members(userGuid)).catch((error: unknown) => error);
  const lists = served(userGuid);
  const gone = oracle.read(lists);
  expect(lists.length).toBeLessThanOrEqual(2);
  const changes = told(userGuid);
  const deleted = changes.filter(({ next }) => next === null).map(({ memberGuid }) => memberGuid);
  if (!oracle.isAnyRead) {
    expect(shown).toMatchObject({ kind: 'malformed' });
    expect(changes).toEqual([]);
    return;
  }
  const statuses = [...(shown as Awaited<ReturnType<MxCache['members']>>)].map(
    ([guid, { rawConnectionStatus }]) => [guid, rawConnectionStatus],
  );
  expect(Object.fromEntries(statuses)).toEqual(Object.fromEntries(oracle.known));
  expect(deleted.sort()).toEqual(gone.sort());
  expect(Object.keys(recordOf(userGuid)).sort()).toEqual([...oracle.known.keys()].sort());
}

async function play(lists: Lists, seed: number): Promise<void> {
  const random = new Random(seed);
  const guid = `USR-${seed}`;
  const user = new RandomUser(random, guid);
  lists.users.set(guid, user);
  const oracle = new Oracle(guid);
  for (let count = 0; count < STEPS; count += 1) {
    await step(lists, oracle);
    user.change();
  }
}

describe('random lists of members say no more than they do', () => {
  it(`seeds from ${REPLAYED ?? START}`, async () => {
    const lists = await useRandomLists();
    const seeds =
      REPLAYED === undefined ? Array.from({ length: SEEDS }, (_, at) => START + at) : [Number(REPLAYED)];
    for (const seed of seeds) {
      await play(lists, seed).catch((error: unknown) => {
        const command = `LISTS_SEED=${seed} npx vitest run test/unit/cache/random-lists.test.ts`;
        throw new Error(`${command}\n${error instanceof Error ? error.message : ''}`, { cause: error });
      });
    }
  }, 60_000);
});

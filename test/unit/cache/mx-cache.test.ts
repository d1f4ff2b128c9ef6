import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { MxCache } from '../../../src/cache/mx-cache.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { useCache } from '../../support/cache-over-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const ACCOUNTS = 'GET /users/:user/accounts';
const INSTITUTION = 'GET /institutions/:institution';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Moves the clocks that ages are measured by; sockets and timers go on as they are. */
const realNow = performance.now.bind(performance);
let passed = 0;

beforeEach(() => {
  passed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + passed);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Moves both clocks. */
function passTime(ms: number): void {
  passed += ms;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

describe('a user’s members', () => {
  it('are listed by guid in MX’s order, with their owner, reading and time of observation', async () => {
    const { cache, sandbox } = await useCache();
    const begun = Date.now();
    const members = await cache.members(sandbox.demoUserGuid);
    expect([...members.keys()]).toEqual(membersOf(sandbox, sandbox.demoUserGuid).map(({ guid }) => guid));
    for (const [guid, observed] of members) {
      expect(observed.member.guid).toBe(guid);
      expect(observed.userGuid).toBe(sandbox.demoUserGuid);
      expect(observed.view.row.status).toBe(observed.member.connection_status);
      expect(observed.observedMs).toBeGreaterThanOrEqual(begun);
      expect(observed.observedMs).toBeLessThanOrEqual(Date.now());
    }
  });

  it('are returned without a promise while they are fresh', async () => {
    const { cache, sandbox } = await useCache({ freshnessMs: HOUR_MS });
    const first = await cache.members(sandbox.demoUserGuid);
    expect(cache.members(sandbox.demoUserGuid)).toBe(first);
  });

  it('are served stale for up to an hour while MX fails', async () => {
    const { cache, sandbox } = await useCache();
    const known = await cache.members(sandbox.demoUserGuid);
    sandbox.control.setFaults([{ kind: 'status', status: 403 }]);
    passTime(HOUR_MS - 60_000);
    expect(await cache.members(sandbox.demoUserGuid)).toBe(known);
    passTime(61_000);
    await expect(cache.members(sandbox.demoUserGuid)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('fail alone: another user’s are still served', async () => {
    const { cache, sandbox } = await useCache();
    const [known, unknown] = await Promise.allSettled([
      cache.members(sandbox.otherUserGuid),
      cache.members('USR-nobody'),
    ]);
    expect(known.status === 'fulfilled' && known.value.size).toBe(2);
    expect(unknown).toMatchObject({ status: 'rejected', reason: { kind: 'not_found' } });
  });
});

describe('the member that MX answered a write with', () => {
  async function aggregated() {
    const { cache, client, sandbox } = await useCache();
    const { demoUserGuid: user } = sandbox;
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const { observedMs } = await cache.record(user, await client.aggregate(user, guid));
    return { cache, user, guid, at: observedMs };
  }

  it('is returned for the instant of the write for one TTL, without a request', async () => {
    const { cache, user, guid, at } = await aggregated();
    expect(cache.written(user, guid, at)).toMatchObject({ guid, userGuid: user, isBeingAggregated: true });
    passTime(2_900);
    expect(cache.written(user, guid, at)).toBeDefined();
    passTime(200);
    expect(cache.written(user, guid, at)).toBeUndefined();
  });

  it('is not returned for another instant, member or user', async () => {
    const { cache, user, guid, at } = await aggregated();
    expect(cache.written(user, guid, at - 1)).toBeUndefined();
    expect(cache.written(user, 'MBR-nobody', at)).toBeUndefined();
    expect(cache.written('USR-nobody', guid, at)).toBeUndefined();
  });

  it('is forgotten once a list shows it', async () => {
    const { cache, user, guid, at } = await aggregated();
    await cache.members(user);
    expect(cache.written(user, guid, at)).toBeUndefined();
  });
});

describe('the accounts of a user', () => {
  it('are read again once a list shows new data of a member, and not after a list like the last', async () => {
    const { cache, sandbox } = await useCache({ freshnessMs: HOUR_MS });
    const { demoUserGuid: user } = sandbox;
    await cache.membersNow(user);
    const first = await cache.accounts.read(user);
    await cache.membersNow(user);
    expect(await cache.accounts.read(user)).toBe(first);
    sandbox.control.aggregateInBackground(demoMember(sandbox, 'CONNECTED').guid);
    expect(await cache.accounts.read(user)).toBe(first);
    await cache.membersNow(user);
    expect(await cache.accounts.read(user)).not.toBe(first);
    expect(sandbox.control.log().endpoints).toMatchObject({ [ACCOUNTS]: 2 });
  });
});

describe('a status that is not in the table', () => {
  it('is reported once, however many members have it and however often they are read', async () => {
    const { cache, sandbox, unknownWords } = await useCache({ freshnessMs: 0 });
    for (const [status, word] of [
      ['CREATED', 'NEW_ONE'],
      ['DENIED', 'NEW_ONE'],
      ['LOCKED', 'NEW_TWO'],
    ] as const) {
      sandbox.control.forceMember(demoMember(sandbox, status).guid, { connection_status: word });
    }
    for (let read = 0; read < 3; read += 1) await cache.members(sandbox.demoUserGuid);
    expect(unknownWords).toEqual(['NEW_ONE', 'NEW_TWO']);
  });

  it('is reported for the first hundred only', async () => {
    const { cache, sandbox, unknownWords } = await useCache({ freshnessMs: 0 });
    const members = membersOf(sandbox, sandbox.demoUserGuid);
    for (let round = 0; round < 5; round += 1) {
      members.forEach(({ guid }, at) =>
        sandbox.control.forceMember(guid, { connection_status: `WORD_${round}_${at}` }),
      );
      await cache.members(sandbox.demoUserGuid);
    }
    expect(new Set(unknownWords).size).toBe(100);
    expect(unknownWords).toHaveLength(100);
  });

  it('is not null, nor any status of the table', async () => {
    const { cache, sandbox, unknownWords } = await useCache();
    await cache.members(sandbox.demoUserGuid);
    expect(unknownWords).toEqual([]);
  });
});

describe('an institution', () => {
  it('is read once a day', async () => {
    const { cache, sandbox } = await useCache();
    const first = await cache.institutions.read('mxbank');
    passTime(DAY_MS - 60_000);
    expect(cache.institutions.read('mxbank')).toBe(first);
    passTime(120_000);
    await waitFor(async () => (await cache.institutions.read('mxbank')) !== first, {
      what: 'a second reading',
    });
    expect(await cache.institutions.read('mxbank')).toEqual(first);
    expect(sandbox.control.log().endpoints).toEqual({ [INSTITUTION]: 2 });
  });

  it('is served while MX fails, however old it is', async () => {
    const { cache, sandbox } = await useCache();
    const first = await cache.institutions.read('mxbank');
    passTime(2 * DAY_MS);
    sandbox.control.setFaults([{ kind: 'status', status: 403 }]);
    await waitFor(async () => {
      expect(await cache.institutions.read('mxbank')).toEqual(first);
      return sandbox.control.log().endpoints[INSTITUTION] === 2;
    });
  });

  it.each([
    { what: 'fails', status: 403, kind: 'forbidden', minutes: 1, ofFields: 2 },
    { what: 'is not listed', status: 404, kind: 'not_found', minutes: 5, ofFields: 1 },
  ])('that $what is asked for again after $minutes min', async ({ status, kind, minutes, ofFields }) => {
    const { cache, sandbox } = await useCache();
    sandbox.control.setFaults([{ kind: 'status', status, times: 1 + ofFields }]);
    const { institutions } = cache;
    for (const read of [() => institutions.read('mxbank'), () => institutions.credentials('mxbank')]) {
      await expect(read()).rejects.toMatchObject({ kind });
      passTime(minutes * 30_000);
      await expect(read()).rejects.toMatchObject({ kind });
      passTime(minutes * 30_000 + 1);
    }
    // The fields are cached as long only if the institution is not listed: an end user waits for them.
    expect(Object.values(sandbox.control.log().endpoints)).toEqual([1, ofFields]);
    expect(await institutions.read('mxbank')).toMatchObject({ name: 'MX Bank' });
    expect(await institutions.credentials('mxbank')).toHaveLength(2);
  });

  it('has its credential fields read once a day too', async () => {
    const { cache, sandbox } = await useCache();
    const fields = await cache.institutions.credentials('mxbank');
    expect(fields.map(({ field_name, type }) => [field_name, type])).toEqual([
      ['LOGIN', 'TEXT'],
      ['PASSWORD', 'PASSWORD'],
    ]);
    expect(cache.institutions.credentials('mxbank')).toBe(fields);
    expect(sandbox.control.log().endpoints).toEqual({ 'GET /institutions/:institution/credentials': 1 });
  });
});

it('two caches without leases share nothing', async () => {
  const { client, cache, sandbox } = await useCache({ freshnessMs: HOUR_MS });
  const another = new MxCache({
    client,
    freshnessMs: HOUR_MS,
    leases: null,
    onUnknownStatus: () => undefined,
  });
  await cache.members(sandbox.demoUserGuid);
  await another.members(sandbox.demoUserGuid);
  expect(sandbox.control.log().endpoints).toEqual({ [LIST]: 2 });
});

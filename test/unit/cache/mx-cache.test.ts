import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { MxCache } from '../../../src/cache/mx-cache.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { useCache } from '../../support/cache-over-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const INSTITUTION = 'GET /institutions/:institution';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Caches measure ages by one clock and MX's answers are dated by the other; sockets and timers go on as they are. */
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

describe('the members of a user', () => {
  it('come by guid, in MX’s order, with whose they are, how they read and when MX was asked', async () => {
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

  it('come at once within the window', async () => {
    const { cache, sandbox } = await useCache({ freshnessMs: HOUR_MS });
    const first = await cache.members(sandbox.demoUserGuid);
    expect(cache.members(sandbox.demoUserGuid)).toBe(first);
  });

  it('are served for an hour while MX fails, and not for longer', async () => {
    const { cache, sandbox } = await useCache();
    const known = await cache.members(sandbox.demoUserGuid);
    sandbox.control.setFaults([{ kind: 'status', status: 403 }]);
    passTime(HOUR_MS - 60_000);
    expect(await cache.members(sandbox.demoUserGuid)).toBe(known);
    passTime(61_000);
    await expect(cache.members(sandbox.demoUserGuid)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('of one user do not fail with those of another', async () => {
    const { cache, sandbox } = await useCache();
    const [known, unknown] = await Promise.allSettled([
      cache.members(sandbox.otherUserGuid),
      cache.members('USR-nobody'),
    ]);
    expect(known.status === 'fulfilled' && known.value.size).toBe(2);
    expect(unknown).toMatchObject({ status: 'rejected', reason: { kind: 'not_found' } });
  });
});

describe('a member that MX answered a write with', () => {
  async function aggregated() {
    const { cache, client, sandbox } = await useCache();
    const { demoUserGuid: user } = sandbox;
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const { observedMs } = await cache.record(user, await client.aggregate(user, guid));
    return { cache, user, guid, at: observedMs };
  }

  it('is known by the instant of the write for as long as a window, without a call', async () => {
    const { cache, user, guid, at } = await aggregated();
    expect(cache.written(user, guid, at)).toMatchObject({ guid, userGuid: user, isBeingAggregated: true });
    passTime(2_900);
    expect(cache.written(user, guid, at)).toBeDefined();
    passTime(200);
    expect(cache.written(user, guid, at)).toBeUndefined();
  });

  it('is not known by another instant, another member or another user', async () => {
    const { cache, user, guid, at } = await aggregated();
    expect(cache.written(user, guid, at - 1)).toBeUndefined();
    expect(cache.written(user, 'MBR-nobody', at)).toBeUndefined();
    expect(cache.written('USR-nobody', guid, at)).toBeUndefined();
  });

  it('is old news once a list has told of it', async () => {
    const { cache, user, guid, at } = await aggregated();
    await cache.members(user);
    expect(cache.written(user, guid, at)).toBeUndefined();
  });
});

describe('a word that the table does not list', () => {
  it('is told once, whoever has it and however often it is read', async () => {
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

  it('is told of a hundred times at most', async () => {
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

  it('of any kind is one, but null and the words of the table are none', async () => {
    const { cache, sandbox, unknownWords } = await useCache();
    await cache.members(sandbox.demoUserGuid);
    expect(unknownWords).toEqual([]);
  });
});

describe('an institution', () => {
  it('is asked for once a day', async () => {
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

  it('that is known is served while MX fails, however old', async () => {
    const { cache, sandbox } = await useCache();
    const first = await cache.institutions.read('mxbank');
    passTime(2 * DAY_MS);
    sandbox.control.setFaults([{ kind: 'status', status: 403 }]);
    await waitFor(async () => {
      expect(await cache.institutions.read('mxbank')).toEqual(first);
      return sandbox.control.log().endpoints[INSTITUTION] === 2;
    });
  });

  it('that is not known fails as MX does, and is asked for anew the next time', async () => {
    const { cache, sandbox } = await useCache();
    sandbox.control.setFaults([{ kind: 'status', status: 403, times: 1 }]);
    await expect(cache.institutions.read('mxbank')).rejects.toMatchObject({
      name: 'MxError',
      kind: 'forbidden',
    });
    expect(await cache.institutions.read('mxbank')).toMatchObject({ name: 'MX Bank' });
    await expect(cache.institutions.read('no_such_bank')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('asks for its fields once a day too', async () => {
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

it('two processes know nothing of each other', async () => {
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

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { pageKey } from '../../../src/cache/institutions.js';
import { useCache } from '../../support/cache-over-sandbox.js';

const INSTITUTION = 'GET /institutions/:institution';
const LIST = 'GET /institutions';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PAGE = pageKey({ search: 'mx bank' }, 1);

/** Moves the clock that ages are measured by; sockets and timers go on as they are. */
const realNow = performance.now.bind(performance);
let passed = 0;
const passTime = (ms: number) => (passed += ms);

beforeEach(() => {
  passed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + passed);
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function useInstitutions() {
  const { cache, sandbox } = await useCache();
  const { institutions } = cache;
  return {
    ...{ institutions, sandbox },
    set: (condition: 'MAINTENANCE' | 'OPERATIONAL') =>
      sandbox.control.setSettings({ institutions: { mxbank: condition } }),
    calls: () => sandbox.control.log().endpoints,
    status: async () => (await institutions.states.read('mxbank')).status,
    statusOnPage: async () => (await institutions.states.readOnPage(PAGE, 'mxbank')).status,
  };
}

describe('the state of an institution', () => {
  it('costs no call right after the institution was read, and one within minutes', async () => {
    const { institutions, calls, status } = await useInstitutions();
    await institutions.read('mxbank');
    expect(await status()).toBe('OPERATIONAL');
    expect(calls()).toEqual({ [INSTITUTION]: 1 });
    passTime(4 * MINUTE_MS);
    expect(await status()).toBe('OPERATIONAL');
    expect(await status()).toBe('OPERATIONAL');
    expect(calls()).toEqual({ [INSTITUTION]: 2 });
  });

  it('is at most five minutes old, while the name is kept for a day', async () => {
    const { institutions, set, calls, status } = await useInstitutions();
    const institution = await institutions.read('mxbank');
    set('MAINTENANCE');
    // The oldest state there can be: taken from a read of almost three minutes ago, and kept for two.
    passTime(3 * MINUTE_MS - 1_000);
    expect(await status()).toBe('OPERATIONAL');
    passTime(2 * MINUTE_MS);
    expect(await status()).toBe('MAINTENANCE');
    passTime(20 * HOUR_MS);
    expect(institutions.read('mxbank')).toBe(institution);
    expect(calls()).toEqual({ [INSTITUTION]: 2 });
  });

  it('is not served once it is old while MX fails, and MX is asked once a minute', async () => {
    const { sandbox, calls, status } = await useInstitutions();
    await status();
    sandbox.control.setFaults([{ kind: 'status', status: 403 }]);
    passTime(5 * MINUTE_MS);
    await expect(status()).rejects.toMatchObject({ kind: 'forbidden' });
    const before = calls()[INSTITUTION];
    await expect(status()).rejects.toMatchObject({ kind: 'forbidden' });
    expect(calls()[INSTITUTION]).toBe(before);
    sandbox.control.clearFaults();
    passTime(MINUTE_MS);
    expect(await status()).toBe('OPERATIONAL');
  });
});

describe('the states of a list', () => {
  it('are read with its page, in one call every few minutes', async () => {
    const { institutions, set, calls, statusOnPage } = await useInstitutions();
    await institutions.page(PAGE);
    expect(await statusOnPage()).toBe('OPERATIONAL');
    expect(calls()).toEqual({ [LIST]: 1 });
    set('MAINTENANCE');
    passTime(5 * MINUTE_MS);
    expect(await Promise.all([statusOnPage(), statusOnPage()])).toEqual(['MAINTENANCE', 'MAINTENANCE']);
    expect(calls()).toEqual({ [LIST]: 2 });
  });

  it('include that of an institution that is on another page by now', async () => {
    const { institutions, calls } = await useInstitutions();
    expect(await institutions.states.readOnPage(PAGE, 'closed_for_repairs')).toMatchObject({
      status: 'MAINTENANCE',
    });
    expect(calls()).toEqual({ [LIST]: 1, [INSTITUTION]: 1 });
  });
});

describe('a refusal of MX', () => {
  it('counts for five minutes, however the code is written', async () => {
    const { states } = (await useInstitutions()).institutions;
    states.noteCreate('MXBank', 'institution_prevent_new_error');
    passTime(5 * MINUTE_MS - 1_000);
    expect(states.refusal('mxbank')).toBe('NO_NEW_MEMBERS');
    passTime(2_000);
    expect(states.refusal('mxbank')).toBeNull();
  });

  it('ends with the next member that MX creates', async () => {
    const { states } = (await useInstitutions()).institutions;
    states.noteCreate('mxbank', 'institution_unavailable_error');
    states.noteCreate('mxbank', 'some_other_error');
    expect(states.refusal('mxbank')).toBe('UNAVAILABLE');
    states.noteCreate('mxbank', undefined);
    expect(states.refusal('mxbank')).toBeNull();
  });

  it('of one product says nothing about the institution', async () => {
    const { states } = (await useInstitutions()).institutions;
    states.noteCreate('mxbank', 'institution_prevent_verification_error');
    expect(states.refusal('mxbank')).toBeNull();
  });
});

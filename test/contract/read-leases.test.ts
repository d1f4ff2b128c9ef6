import { describe, expect, it, onTestFinished } from 'vitest';

import type { LeaseRequest, ReadLeases, LeaseResult } from '../../src/backplane/read-leases.js';
import { waitFor } from '../support/wait-for.js';
import { describeEachRedis, useInstance } from './forms.js';

const USER = 'USR-1';
const CHALLENGES = 'USR-1/MBR-1';
/** Longer than any test, so that nothing expires. */
const LONG_MS = 60_000;
/** Short enough to be waited for, and long enough for a few calls. */
const SHORT_MS = 300;

type Granted = Extract<LeaseResult, { kind: 'granted' }>;

const request = (changed: Partial<LeaseRequest> = {}): LeaseRequest => ({
  known: null,
  after: null,
  isForced: false,
  ...changed,
});

describeEachRedis('read leases', (open) => {
  /** The leases of two instances over one Redis. */
  async function leasesOfTwo({ ttlMs = LONG_MS, leaseMs = LONG_MS, retentionMs = LONG_MS } = {}) {
    const { url } = await open();
    const backplanes = await Promise.all([useInstance(url), useInstance(url)]);
    const [one, other] = backplanes.map((each) => each.readLeases({ ttlMs, leaseMs, retentionMs }));
    if (!one || !other) throw new Error('Two instances were started.');
    return { one, other };
  }

  const acquire = async (of: ReadLeases, changed?: Partial<LeaseRequest>, key = USER) =>
    (await of.acquire(key, request(changed))).result;

  /** Acquires a lease, which must be granted. */
  async function granted(of: ReadLeases, changed?: Partial<LeaseRequest>, key = USER): Promise<Granted> {
    const result = await acquire(of, changed, key);
    if (result.kind !== 'granted') throw new Error(`Expected a read to be granted, got ${result.kind}.`);
    return result;
  }

  const completed = async (of: ReadLeases, text: string, changed?: Partial<LeaseRequest>) => {
    const { version, startedAt } = await granted(of, changed);
    expect(await of.complete(USER, { version, startedAt, text })).toBe(true);
    return { version, startedAt };
  };

  it('grant one read, for which all instances wait', async () => {
    const { one, other } = await leasesOfTwo();
    const { startedAt } = await granted(one);
    expect(Math.abs(startedAt - Date.now())).toBeLessThan(1_000);
    expect(await acquire(other)).toEqual({ kind: 'pending' });
    expect(await acquire(one)).toEqual({ kind: 'pending' });
  });

  it('grant one of many concurrent requests', async () => {
    const { one, other } = await leasesOfTwo();
    const asked = Array.from({ length: 20 }, (_, i) => acquire(i % 2 === 0 ? one : other));
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['granted', ...Array.from({ length: 19 }, () => 'pending')]);
  });

  it('give the value to instances that do not have it', async () => {
    const { one, other } = await leasesOfTwo();
    const { version, startedAt } = await completed(one, '{"members":["ü"]}');
    const text = '{"members":["ü"]}';
    expect(await acquire(other)).toEqual({ kind: 'hit', version, text, startedAt });
    expect(await acquire(other, { known: 'older' })).toMatchObject({ kind: 'hit' });
    expect(await acquire(one, { known: version })).toEqual({ kind: 'unchanged' });
  });

  it('are separate for each user and each member', async () => {
    const { one } = await leasesOfTwo();
    await completed(one, 'list');
    expect(await acquire(one, {}, 'USR-2')).toMatchObject({ kind: 'granted' });
    expect(await acquire(one, {}, CHALLENGES)).toMatchObject({ kind: 'granted' });
    expect(await acquire(one)).toMatchObject({ kind: 'hit' });
  });

  it('grant the next read one TTL after the start of the last', async () => {
    const { one, other } = await leasesOfTwo({ ttlMs: SHORT_MS });
    const { startedAt } = await completed(one, 'list');
    const next = await waitFor(async () => {
      const result = await acquire(other);
      return result.kind === 'granted' ? result : null;
    });
    expect(next.startedAt).toBeGreaterThanOrEqual(startedAt + SHORT_MS);
  });

  it('grant no read for one TTL after a failure', async () => {
    const { one, other } = await leasesOfTwo({ ttlMs: SHORT_MS });
    const { version, startedAt } = await granted(one);
    expect(await one.complete(USER, { version, startedAt, failure: 'unavailable', isAnswer: false })).toBe(
      true,
    );
    expect(await acquire(other)).toEqual({ kind: 'failed', failure: 'unavailable' });
    await waitFor(async () => (await acquire(other)).kind === 'granted');
  });

  it('give a fresh value although a later read failed', async () => {
    const { one, other } = await leasesOfTwo();
    const first = await completed(one, 'list');
    await waitFor(async () => (await one.now()) > first.startedAt);
    const { version, startedAt } = await granted(one, { after: first.startedAt });
    expect(await one.complete(USER, { version, startedAt, failure: 'unavailable', isAnswer: false })).toBe(
      true,
    );
    expect(await acquire(other)).toMatchObject({ kind: 'hit', text: 'list' });
  });

  it('have the latest value for instances that cannot wait, until it is invalidated', async () => {
    const { one, other } = await leasesOfTwo({ ttlMs: SHORT_MS });
    expect(await other.latest(USER)).toBeNull();
    const { version, startedAt } = await completed(one, 'list');
    const failed = await waitFor(async () => {
      const result = await acquire(one);
      return result.kind === 'granted' ? result : null;
    });
    expect(await other.latest(USER)).toEqual({ version, startedAt, text: 'list' });
    await one.complete(USER, { ...failed, failure: 'unavailable', isAnswer: false });
    expect(await other.latest(USER)).toMatchObject({ text: 'list' });
    await one.expire(USER);
    expect(await other.latest(USER)).toBeNull();
  });

  it('delete the value once the answer is that there is none', async () => {
    const { one, other } = await leasesOfTwo();
    await completed(one, 'list');
    const failed = await granted(one, { after: await one.now() });
    await one.complete(USER, { ...failed, failure: 'not_found', isAnswer: true });
    expect(await other.latest(USER)).toBeNull();
  });

  it('forget the failure after a successful read', async () => {
    const { one, other } = await leasesOfTwo();
    const failed = await granted(one);
    await one.complete(USER, { ...failed, failure: 'unavailable', isAnswer: false });
    await completed(one, 'list', { isForced: true });
    expect(await acquire(other)).toMatchObject({ kind: 'hit' });
  });

  it('grant a forced read at any time, and reject older outcomes after it', async () => {
    const { one, other } = await leasesOfTwo();
    await completed(one, 'old');
    const first = await granted(one, { isForced: true });
    const second = await granted(other, { isForced: true });
    expect(await one.complete(USER, { ...first, text: 'first' })).toBe(false);
    expect(await acquire(one)).toEqual({ kind: 'pending' });
    expect(await other.complete(USER, { ...second, text: 'second' })).toBe(true);
    expect(await acquire(one)).toMatchObject({ kind: 'hit', text: 'second' });
    expect(await one.complete(USER, { ...first, failure: 'unavailable', isAnswer: false })).toBe(false);
  });

  it('grant the read again when its lease has expired', async () => {
    const { one, other } = await leasesOfTwo({ leaseMs: SHORT_MS });
    const dead = await granted(one);
    const next = await waitFor(async () => {
      const result = await acquire(other);
      return result.kind === 'granted' ? result : null;
    });
    expect(next.startedAt).toBeGreaterThanOrEqual(dead.startedAt + SHORT_MS);
    expect(await one.complete(USER, { ...dead, text: 'late' })).toBe(false);
    expect(await other.complete(USER, { ...next, text: 'list' })).toBe(true);
  });

  it('reject the outcome of a read that started before the key was invalidated', async () => {
    const { one, other } = await leasesOfTwo();
    const flight = await granted(one);
    await other.expire(USER);
    expect(await one.complete(USER, { ...flight, text: 'old news' })).toBe(false);
    await completed(one, 'list');
    await other.expire(USER);
    expect(await acquire(one)).toMatchObject({ kind: 'granted' });
  });

  it('grant every read if the TTL is 0', async () => {
    const { one, other } = await leasesOfTwo({ ttlMs: 0 });
    await granted(one);
    const { version, startedAt } = await granted(other);
    expect(await other.complete(USER, { version, startedAt, text: 'list' })).toBe(true);
    await granted(one, { known: version });
    const now = await one.now();
    await granted(one, { after: now });
    await granted(one, { after: now });
  });

  describe('for a hint', () => {
    /** The time on the leases' clock, later than all reads before. */
    async function later(of: ReadLeases): Promise<number> {
      const now = await of.now();
      await waitFor(async () => (await of.now()) > now);
      return now;
    }

    it('grant one read per TTL, and say when the next one is possible', async () => {
      const { one, other } = await leasesOfTwo();
      await completed(one, 'list');
      const after = await later(one);
      const { startedAt } = await completed(one, 'newer', { after });
      expect(await acquire(other, { after })).toMatchObject({ kind: 'hit', text: 'newer' });
      const next = await later(one);
      expect(await acquire(other, { after: next })).toEqual({
        kind: 'deferred',
        retryAt: startedAt + LONG_MS,
      });
    });

    it('grant the next one at that time', async () => {
      const { one } = await leasesOfTwo({ ttlMs: SHORT_MS });
      const first = await granted(one, { after: await later(one) });
      await one.complete(USER, { ...first, text: 'list' });
      const after = await later(one);
      const result = await acquire(one, { after });
      expect(result).toEqual({ kind: 'deferred', retryAt: first.startedAt + SHORT_MS });
      await waitFor(async () => (await acquire(one, { after })).kind === 'granted');
    });

    it('do not wait for a read that started before the hint', async () => {
      const { one, other } = await leasesOfTwo();
      const old = await granted(one);
      const after = await later(one);
      const { version, startedAt } = await granted(other, { after });
      expect(await acquire(one, { after })).toEqual({ kind: 'pending' });
      expect(await one.complete(USER, { ...old, text: 'old' })).toBe(false);
      expect(await other.complete(USER, { version, startedAt, text: 'new' })).toBe(true);
    });

    it('do not count reads that were made for other reasons', async () => {
      const { one } = await leasesOfTwo();
      await completed(one, 'list', { isForced: true });
      expect(await acquire(one, { after: await later(one) })).toMatchObject({ kind: 'granted' });
    });
  });

  describe('after a write', () => {
    it('return the write, and are invalid for the user and the member', async () => {
      const { one, other } = await leasesOfTwo();
      await completed(one, 'list');
      const challenges = await granted(one, {}, CHALLENGES);
      await one.complete(CHALLENGES, { ...challenges, text: 'questions' });
      const member = '{"guid":"MBR-1",\n"name":"A bank"}';
      const at = await other.noteWrite(USER, { memberGuid: 'MBR-1', member });
      const gone = await other.noteWrite(USER, { memberGuid: 'MBR-2', member: null });
      const { result, writes } = await one.acquire(USER, request());
      expect(result.kind).toBe('granted');
      expect(writes).toEqual(
        expect.arrayContaining([
          { memberGuid: 'MBR-1', member, at },
          { memberGuid: 'MBR-2', member: null, at: gone },
        ]),
      );
      expect(writes).toHaveLength(2);
      expect((await one.acquire(CHALLENGES, request())).result.kind).toBe('granted');
      expect((await one.acquire('USR-2', request())).writes).toEqual([]);
    });

    it('reject a list whose read started before the write', async () => {
      const { one, other } = await leasesOfTwo();
      const flight = await granted(one);
      await other.noteWrite(USER, { memberGuid: 'MBR-1', member: null });
      expect(await one.complete(USER, { ...flight, text: 'without it' })).toBe(false);
    });

    it('return only the last write of a member', async () => {
      const { one } = await leasesOfTwo();
      await one.noteWrite(USER, { memberGuid: 'MBR-1', member: '{}' });
      const at = await one.noteWrite(USER, { memberGuid: 'MBR-1', member: null });
      expect((await one.acquire(USER, request())).writes).toEqual([
        { memberGuid: 'MBR-1', member: null, at },
      ]);
    });
  });

  it('reject while Redis is unreachable', async () => {
    const server = await open();
    const instance = await useInstance(server.url);
    const alone = instance.readLeases({ ttlMs: LONG_MS, leaseMs: LONG_MS, retentionMs: LONG_MS });
    await server.kill();
    // The cluster is shared with the tests that follow.
    onTestFinished(() => server.restart());
    await waitFor(() => instance.state() === 'unavailable');
    await expect(alone.acquire(USER, request())).rejects.toThrow();
    await expect(alone.complete(USER, { version: 'v', startedAt: 0, text: '' })).rejects.toThrow();
    await expect(alone.expire(USER)).rejects.toThrow();
    await expect(alone.noteWrite(USER, { memberGuid: 'MBR-1', member: null })).rejects.toThrow();
    await expect(alone.now()).rejects.toThrow();
  });
});

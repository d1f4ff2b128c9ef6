import { describe, expect, it, onTestFinished } from 'vitest';

import type { LeaseRequest, ReadLeases, LeaseResult } from '../../src/backplane/read-leases.js';
import { waitFor } from '../support/wait-for.js';
import { instanceOfTest, REDIS_FORMS } from './forms.js';

const USER = 'USR-1';
const CHALLENGES = 'USR-1/MBR-1';
/** Longer than any test, so that what ends a window is not the time. */
const LONG_MS = 60_000;
/** Short enough to be waited for, and long enough for a few calls. */
const SHORT_MS = 300;

type Go = Extract<LeaseResult, { kind: 'granted' }>;

const ask = (changed: Partial<LeaseRequest> = {}): LeaseRequest => ({
  known: null,
  after: null,
  isForced: false,
  ...changed,
});

describe.each(REDIS_FORMS)('freshness windows $form', ({ server: open }) => {
  /** Windows of two instances over one Redis. */
  async function windows({ ttlMs = LONG_MS, leaseMs = LONG_MS, retentionMs = LONG_MS } = {}) {
    const { url } = await open();
    const backplanes = await Promise.all([instanceOfTest(url), instanceOfTest(url)]);
    const [one, other] = backplanes.map((each) => each.readLeases({ ttlMs, leaseMs, retentionMs }));
    if (!one || !other) throw new Error('Two instances were started.');
    return { one, other };
  }

  const verdictOf = async (of: ReadLeases, changed?: Partial<LeaseRequest>, key = USER) =>
    (await of.acquire(key, ask(changed))).result;

  /** Begins a read, which must be granted. */
  async function go(of: ReadLeases, changed?: Partial<LeaseRequest>, key = USER): Promise<Go> {
    const result = await verdictOf(of, changed, key);
    if (result.kind !== 'granted') throw new Error(`Expected a read to be granted, got ${result.kind}.`);
    return result;
  }

  const landed = async (of: ReadLeases, text: string, changed?: Partial<LeaseRequest>) => {
    const { version, begunAt } = await go(of, changed);
    expect(await of.complete(USER, { version, begunAt, text })).toBe(true);
    return { version, begunAt };
  };

  it('grant one read, for which all others wait', async () => {
    const { one, other } = await windows();
    const { begunAt } = await go(one);
    expect(Math.abs(begunAt - Date.now())).toBeLessThan(1_000);
    expect(await verdictOf(other)).toEqual({ kind: 'pending' });
    expect(await verdictOf(one)).toEqual({ kind: 'pending' });
  });

  it('grant one of many that ask at the same time', async () => {
    const { one, other } = await windows();
    const asked = Array.from({ length: 20 }, (_, i) => verdictOf(i % 2 === 0 ? one : other));
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['granted', ...Array.from({ length: 19 }, () => 'pending')]);
  });

  it('give what was read to those who do not have it', async () => {
    const { one, other } = await windows();
    const { version, begunAt } = await landed(one, '{"members":["ü"]}');
    const text = '{"members":["ü"]}';
    expect(await verdictOf(other)).toEqual({ kind: 'hit', version, text, begunAt });
    expect(await verdictOf(other, { known: 'older' })).toMatchObject({ kind: 'hit' });
    expect(await verdictOf(one, { known: version })).toEqual({ kind: 'unchanged' });
  });

  it('keep users, and a user’s members, apart', async () => {
    const { one } = await windows();
    await landed(one, 'list');
    expect(await verdictOf(one, {}, 'USR-2')).toMatchObject({ kind: 'granted' });
    expect(await verdictOf(one, {}, CHALLENGES)).toMatchObject({ kind: 'granted' });
    expect(await verdictOf(one)).toMatchObject({ kind: 'hit' });
  });

  it('grant the next read when the window has passed since the last began', async () => {
    const { one, other } = await windows({ ttlMs: SHORT_MS });
    const { begunAt } = await landed(one, 'list');
    const next = await waitFor(async () => {
      const result = await verdictOf(other);
      return result.kind === 'granted' ? result : null;
    });
    expect(next.begunAt).toBeGreaterThanOrEqual(begunAt + SHORT_MS);
  });

  it('leave a failed upstream alone for the rest of the window', async () => {
    const { one, other } = await windows({ ttlMs: SHORT_MS });
    const { version, begunAt } = await go(one);
    expect(await one.complete(USER, { version, begunAt, failure: 'unavailable' })).toBe(true);
    expect(await verdictOf(other)).toEqual({ kind: 'failed', failure: 'unavailable' });
    await waitFor(async () => (await verdictOf(other)).kind === 'granted');
  });

  it('serve the good list to the end of its window though a later read failed', async () => {
    const { one, other } = await windows();
    const first = await landed(one, 'list');
    await waitFor(async () => (await one.now()) > first.begunAt);
    const { version, begunAt } = await go(one, { after: first.begunAt });
    expect(await one.complete(USER, { version, begunAt, failure: 'unavailable' })).toBe(true);
    expect(await verdictOf(other)).toMatchObject({ kind: 'hit', text: 'list' });
  });

  it('forget the failure when a read succeeds', async () => {
    const { one, other } = await windows();
    const failed = await go(one);
    await one.complete(USER, { ...failed, failure: 'unavailable' });
    await landed(one, 'list', { isForced: true });
    expect(await verdictOf(other)).toMatchObject({ kind: 'hit' });
  });

  it('grant a read by force at any time, and let nothing older in after it', async () => {
    const { one, other } = await windows();
    await landed(one, 'old');
    const first = await go(one, { isForced: true });
    const second = await go(other, { isForced: true });
    expect(await one.complete(USER, { ...first, text: 'first' })).toBe(false);
    expect(await verdictOf(one)).toEqual({ kind: 'pending' });
    expect(await other.complete(USER, { ...second, text: 'second' })).toBe(true);
    expect(await verdictOf(one)).toMatchObject({ kind: 'hit', text: 'second' });
    expect(await one.complete(USER, { ...first, failure: 'unavailable' })).toBe(false);
  });

  it('take a read that does not end for dead', async () => {
    const { one, other } = await windows({ leaseMs: SHORT_MS });
    const dead = await go(one);
    const next = await waitFor(async () => {
      const result = await verdictOf(other);
      return result.kind === 'granted' ? result : null;
    });
    expect(next.begunAt).toBeGreaterThanOrEqual(dead.begunAt + SHORT_MS);
    expect(await one.complete(USER, { ...dead, text: 'late' })).toBe(false);
    expect(await other.complete(USER, { ...next, text: 'list' })).toBe(true);
  });

  it('end a window on demand, and let nothing in that was asked for before', async () => {
    const { one, other } = await windows();
    const flight = await go(one);
    await other.expire(USER);
    expect(await one.complete(USER, { ...flight, text: 'old news' })).toBe(false);
    await landed(one, 'list');
    await other.expire(USER);
    expect(await verdictOf(one)).toMatchObject({ kind: 'granted' });
  });

  it('have no window where freshness is 0: each read is its own', async () => {
    const { one, other } = await windows({ ttlMs: 0 });
    await go(one);
    const { version, begunAt } = await go(other);
    expect(await other.complete(USER, { version, begunAt, text: 'list' })).toBe(true);
    await go(one, { known: version });
    const now = await one.now();
    await go(one, { after: now });
    await go(one, { after: now });
  });

  describe('for a hint', () => {
    /** The time on the windows' clock, past what was begun before. */
    async function later(of: ReadLeases): Promise<number> {
      const now = await of.now();
      await waitFor(async () => (await of.now()) > now);
      return now;
    }

    it('grant one read per window, and tell when the next may be asked for', async () => {
      const { one, other } = await windows();
      await landed(one, 'list');
      const after = await later(one);
      const { begunAt } = await landed(one, 'newer', { after });
      expect(await verdictOf(other, { after })).toMatchObject({ kind: 'hit', text: 'newer' });
      const next = await later(one);
      expect(await verdictOf(other, { after: next })).toEqual({
        kind: 'deferred',
        retryAt: begunAt + LONG_MS,
      });
    });

    it('grant the next one when it may be asked for', async () => {
      const { one } = await windows({ ttlMs: SHORT_MS });
      const first = await go(one, { after: await later(one) });
      await one.complete(USER, { ...first, text: 'list' });
      const after = await later(one);
      const result = await verdictOf(one, { after });
      expect(result).toEqual({ kind: 'deferred', retryAt: first.begunAt + SHORT_MS });
      await waitFor(async () => (await verdictOf(one, { after })).kind === 'granted');
    });

    it('do not wait for a read that began before it', async () => {
      const { one, other } = await windows();
      const old = await go(one);
      const after = await later(one);
      const { version, begunAt } = await go(other, { after });
      expect(await verdictOf(one, { after })).toEqual({ kind: 'pending' });
      expect(await one.complete(USER, { ...old, text: 'old' })).toBe(false);
      expect(await other.complete(USER, { version, begunAt, text: 'new' })).toBe(true);
    });

    it('count no read that was begun for another reason', async () => {
      const { one } = await windows();
      await landed(one, 'list', { isForced: true });
      expect(await verdictOf(one, { after: await later(one) })).toMatchObject({ kind: 'granted' });
    });
  });

  describe('after a write', () => {
    it('tell of it, and are over for the user and the member', async () => {
      const { one, other } = await windows();
      await landed(one, 'list');
      const challenges = await go(one, {}, CHALLENGES);
      await one.complete(CHALLENGES, { ...challenges, text: 'questions' });
      const member = '{"guid":"MBR-1",\n"name":"A bank"}';
      const at = await other.noteWrite(USER, { memberGuid: 'MBR-1', member });
      const gone = await other.noteWrite(USER, { memberGuid: 'MBR-2', member: null });
      const { result, writes } = await one.acquire(USER, ask());
      expect(result.kind).toBe('granted');
      expect(writes).toEqual(
        expect.arrayContaining([
          { memberGuid: 'MBR-1', member, at },
          { memberGuid: 'MBR-2', member: null, at: gone },
        ]),
      );
      expect(writes).toHaveLength(2);
      expect((await one.acquire(CHALLENGES, ask())).result.kind).toBe('granted');
      expect((await one.acquire('USR-2', ask())).writes).toEqual([]);
    });

    it('let no list in that was asked for before it', async () => {
      const { one, other } = await windows();
      const flight = await go(one);
      await other.noteWrite(USER, { memberGuid: 'MBR-1', member: null });
      expect(await one.complete(USER, { ...flight, text: 'without it' })).toBe(false);
    });

    it('tell of the last write of a member only', async () => {
      const { one } = await windows();
      await one.noteWrite(USER, { memberGuid: 'MBR-1', member: '{}' });
      const at = await one.noteWrite(USER, { memberGuid: 'MBR-1', member: null });
      expect((await one.acquire(USER, ask())).writes).toEqual([{ memberGuid: 'MBR-1', member: null, at }]);
    });
  });

  it('reject while Redis is away', async () => {
    const server = await open();
    const instance = await instanceOfTest(server.url);
    const alone = instance.readLeases({ ttlMs: LONG_MS, leaseMs: LONG_MS, retentionMs: LONG_MS });
    await server.kill();
    // The cluster is shared with the tests that follow.
    onTestFinished(() => server.restart());
    await waitFor(() => instance.state() === 'unavailable');
    await expect(alone.acquire(USER, ask())).rejects.toThrow();
    await expect(alone.complete(USER, { version: 'v', begunAt: 0, text: '' })).rejects.toThrow();
    await expect(alone.expire(USER)).rejects.toThrow();
    await expect(alone.noteWrite(USER, { memberGuid: 'MBR-1', member: null })).rejects.toThrow();
    await expect(alone.now()).rejects.toThrow();
  });
});

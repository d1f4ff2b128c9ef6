import { describe, expect, it, onTestFinished } from 'vitest';

import { createRedis } from '../../src/backplane/redis/client.js';
import { RedisInbox } from '../../src/backplane/redis/inbox.js';
import { INBOX_GROUP, INBOX_KEY, watchLeaseKey } from '../../src/backplane/redis/keys.js';
import type { Hint, HintHandler, Inbox } from '../../src/backplane/inbox.js';
import { redisOfTest } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { instanceOfTest, REDIS_FORMS, WATCH_READS_PER_SECOND } from './forms.js';
import { listenerOfTest } from './listener.js';
import { MEMBER, USER, wholeList } from './observations.js';

const HINT: Hint = { userGuid: USER, memberGuid: MEMBER };

function consumeOfTest(inbox: Inbox, handle: HintHandler): void {
  onTestFinished(inbox.consume(handle));
}

const never = () => new Promise<void>(() => undefined);

describe.each(REDIS_FORMS)('two instances $form', ({ server: open }) => {
  async function instances() {
    const server = await open();
    const [one, other] = await Promise.all([instanceOfTest(server.url), instanceOfTest(server.url)]);
    return { server, one, other };
  }

  it('make each change once, whichever of them sees it', async () => {
    const { one, other } = await instances();
    await one.store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    const swaps = Array.from({ length: 20 }, (_, at) =>
      [one, other].map(({ store }) => store.swap(USER, wholeList({ [MEMBER]: `S${at}` }, 1 + at))),
    );
    const told = (await Promise.all(swaps.flat())).flat();
    const { changes, record } = await other.store.history(USER);
    expect(told.sort((a, b) => a.n - b.n)).toEqual(changes);
    expect(changes.map(({ n }) => n)).toEqual(changes.map((_, i) => i + 1));
    expect(record?.members[MEMBER]?.status).toBe('S19');
  });

  it('know what the other one saw', async () => {
    const { one, other } = await instances();
    await one.store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await other.store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    expect(await one.store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 2))).toEqual([]);
    expect(await one.store.history(USER)).toEqual(await other.store.history(USER));
  });

  it('hear of each other’s changes', async () => {
    const { one, other } = await instances();
    const { listener, told } = listenerOfTest();
    await other.bus.subscribe(USER, listener).ready;
    await one.store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await one.store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    await waitFor(() => told.length === 2);
    expect(told).toEqual([[], ['1 MBR-1 CREATED -> UPDATED']]);
  });

  it('do not hold the same lease, nor release the other’s', async () => {
    const { one, other } = await instances();
    await one.watchLeases.acquire(['USR-1']);
    expect(await other.watchLeases.acquire(['USR-1', 'USR-2'])).toEqual(new Set(['USR-2']));
    await other.watchLeases.release(['USR-1']);
    expect(await other.watchLeases.isHeld('USR-1')).toBe(true);
    await one.watchLeases.release(['USR-1']);
    expect(await other.watchLeases.acquire(['USR-1'])).toEqual(new Set(['USR-1']));
  });

  it('take over a lease that was not renewed in time, for good', async () => {
    const { server, one, other } = await instances();
    await one.watchLeases.acquire([USER]);
    await server.command('pexpire', watchLeaseKey(USER), 1);
    await waitFor(async () => (await other.watchLeases.acquire([USER])).has(USER));
    expect(await one.watchLeases.acquire([USER])).toEqual(new Set());
  });

  it('spend one budget', async () => {
    const { one, other } = await instances();
    const takes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).pollBudget.take());
    const taken = (await Promise.all(takes)).filter((isTaken) => isTaken).length;
    // The takes may lie on both sides of the turn of a second.
    expect([WATCH_READS_PER_SECOND, 2 * WATCH_READS_PER_SECOND]).toContain(taken);
  });

  it('share the hints, each of them followed by one', async () => {
    const { one, other } = await instances();
    const followed: string[] = [];
    for (const { inbox } of [one, other])
      consumeOfTest(inbox, ({ memberGuid }) => {
        followed.push(memberGuid);
        return Promise.resolve();
      });
    const hints = Array.from({ length: 100 }, (_, i) => `MBR-${i}`);
    for (const memberGuid of hints) await one.inbox.put({ userGuid: USER, memberGuid });
    await waitFor(() => followed.length >= hints.length);
    expect(followed.sort()).toEqual(hints.sort());
  });

  it('follow what the other one had begun when it went', async () => {
    const { one, other } = await instances();
    let hasBegun = false;
    consumeOfTest(one.inbox, () => {
      hasBegun = true;
      return never();
    });
    await one.inbox.put(HINT);
    await waitFor(() => hasBegun);
    await one.stop();
    const followed: Hint[] = [];
    consumeOfTest(other.inbox, (hint) => Promise.resolve(void followed.push(hint)));
    await waitFor(() => followed.length === 1);
    expect(followed).toEqual([HINT]);
  });
});

describe.skipIf(REDIS_FORMS.length === 0)('the inbox in Redis', () => {
  it('keeps a hint that was put before anybody followed any', async () => {
    const { url } = await redisOfTest();
    await (await instanceOfTest(url)).inbox.put(HINT);
    const followed: Hint[] = [];
    consumeOfTest((await instanceOfTest(url)).inbox, (hint) => Promise.resolve(void followed.push(hint)));
    await waitFor(() => followed.length === 1);
  });

  it('hands a hint over again whose handling failed, and forgets it once it is followed', async () => {
    const server = await redisOfTest();
    const { inbox } = await instanceOfTest(server.url);
    let tries = 0;
    consumeOfTest(inbox, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('MX is away.')) : Promise.resolve();
    });
    await inbox.put(HINT);
    await waitFor(() => tries === 2);
    await waitFor(async () => (await server.command('xlen', INBOX_KEY)) === 0);
    expect(tries).toBe(2);
  });

  it('speaks for a hint as long as it is being followed', async () => {
    const server = await redisOfTest();
    const { inbox } = await instanceOfTest(server.url);
    consumeOfTest(inbox, never);
    await inbox.put(HINT);
    const idleOf = async () => {
      const pending = await server.command('xpending', INBOX_KEY, INBOX_GROUP, '-', '+', 1);
      return Number((pending as [[string, string, number]])[0][2]);
    };
    let longest = 0;
    await waitFor(async () => {
      const idle = await idleOf();
      longest = Math.max(longest, idle);
      return longest > 500 && idle < longest - 400;
    });
    expect(longest).toBeLessThan(4_000);
  });

  it('takes no more than it may keep', async () => {
    const { url } = await redisOfTest();
    const redis = createRedis(url, () => undefined);
    onTestFinished(() => redis.stop());
    await redis.start();
    const inbox = new RedisInbox(redis, 2);
    await inbox.put(HINT);
    await inbox.put(HINT);
    await expect(inbox.put(HINT)).rejects.toMatchObject({ name: 'InboxError', reason: 'full' });
  });

  it('leaves an entry that is no hint, and goes on', async () => {
    const server = await redisOfTest();
    const { inbox } = await instanceOfTest(server.url);
    await server.command('xadd', INBOX_KEY, '*', 'nonsense', '{');
    await inbox.put(HINT);
    const followed: Hint[] = [];
    consumeOfTest(inbox, (hint) => Promise.resolve(void followed.push(hint)));
    await waitFor(async () => (await server.command('xlen', INBOX_KEY)) === 0);
    expect(followed).toEqual([HINT]);
  });
});

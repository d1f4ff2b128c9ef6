import { describe, expect, it, onTestFinished } from 'vitest';

import { createRedis } from '../../src/backplane/redis/client.js';
import { RedisInbox } from '../../src/backplane/redis/inbox.js';
import { INBOX_GROUP, INBOX_KEY, watchLeaseKey } from '../../src/backplane/redis/keys.js';
import type { Hint } from '../../src/backplane/inbox.js';
import { redisOfTest, skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { consumeUntilEnd, heldConsumer, recordHints } from './consumers.js';
import { describeEachRedis, useInstance, WATCH_READS_PER_SECOND } from './forms.js';
import { createListener } from './listener.js';
import { MEMBER, USER, wholeList } from './observations.js';

const HINT: Hint = { userGuid: USER, memberGuid: MEMBER };
/** Idle time after which a hint is delivered again, shorter than in production. */
const IDLE_MS = 1_000;

describeEachRedis('two instances', (open) => {
  async function instances() {
    const server = await open();
    const options = { inbox: { idleMs: IDLE_MS } };
    const [one, other] = await Promise.all([
      useInstance(server.url, options),
      useInstance(server.url, options),
    ]);
    return { server, one, other };
  }

  it('record each change once, whichever instance observes it', async () => {
    const { one, other } = await instances();
    await one.store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    const swaps = Array.from({ length: 20 }, (_, at) =>
      [one, other].map(({ store }) => store.swap(USER, wholeList({ [MEMBER]: `S${at}` }, 1 + at))),
    );
    const returned = (await Promise.all(swaps.flat())).flat();
    const { changes, record } = await other.store.history(USER);
    expect(returned.sort((a, b) => a.n - b.n)).toEqual(changes);
    expect(changes.map(({ n }) => n)).toEqual(changes.map((_, i) => i + 1));
    expect(record?.members[MEMBER]?.status).toBe('S19');
  });

  it('share what either of them has observed', async () => {
    const { one, other } = await instances();
    await one.store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await other.store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    expect(await one.store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 2))).toEqual([]);
    expect(await one.store.history(USER)).toEqual(await other.store.history(USER));
  });

  it('receive each other’s changes', async () => {
    const { one, other } = await instances();
    const { listener, lines } = createListener();
    await other.bus.subscribe(USER, listener).ready;
    await one.store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await one.store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    await waitFor(() => lines.length === 2);
    expect(lines).toEqual([[], ['1 MBR-1 CREATED -> UPDATED']]);
  });

  it('cannot hold the same lease, nor release the other’s', async () => {
    const { one, other } = await instances();
    await one.watchLeases.acquire(['USR-1']);
    expect(await other.watchLeases.acquire(['USR-1', 'USR-2'])).toEqual(new Set(['USR-2']));
    await other.watchLeases.release(['USR-1']);
    expect(await other.watchLeases.isHeld('USR-1')).toBe(true);
    await one.watchLeases.release(['USR-1']);
    expect(await other.watchLeases.acquire(['USR-1'])).toEqual(new Set(['USR-1']));
  });

  it('take over an expired lease for good', async () => {
    const { server, one, other } = await instances();
    await one.watchLeases.acquire([USER]);
    await server.command('pexpire', watchLeaseKey(USER), 1);
    await waitFor(async () => (await other.watchLeases.acquire([USER])).has(USER));
    expect(await one.watchLeases.acquire([USER])).toEqual(new Set());
  });

  it('share one poll budget', async () => {
    const { one, other } = await instances();
    const takes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).pollBudget.take());
    const taken = (await Promise.all(takes)).filter((isTaken) => isTaken).length;
    // The calls may fall into two different seconds.
    expect([WATCH_READS_PER_SECOND, 2 * WATCH_READS_PER_SECOND]).toContain(taken);
  });

  it('share the hints, each of which is processed by one of them', async () => {
    const { one, other } = await instances();
    const handled: string[] = [];
    for (const { inbox } of [one, other])
      consumeUntilEnd(inbox, ({ memberGuid }) => {
        handled.push(memberGuid);
        return Promise.resolve();
      });
    const hints = Array.from({ length: 100 }, (_, i) => `MBR-${i}`);
    for (const memberGuid of hints) await one.inbox.enqueue({ userGuid: USER, memberGuid });
    await waitFor(() => handled.length >= hints.length);
    expect(handled.sort()).toEqual(hints.sort());
  });

  it('process a hint that the other had started when it stopped', async () => {
    const { one, other } = await instances();
    const consumer = heldConsumer(one.inbox);
    await one.inbox.enqueue(HINT);
    await waitFor(() => consumer.started === 1);
    await one.stop();
    const handled = recordHints(other.inbox);
    await waitFor(() => handled.length === 1);
    expect(handled).toEqual([HINT]);
  });
});

describe.skipIf(skipsRedis)('the inbox in Redis', () => {
  it('stores a hint that was added before any consumer started', async () => {
    const { url } = await redisOfTest();
    await (await useInstance(url)).inbox.enqueue(HINT);
    const handled = recordHints((await useInstance(url)).inbox);
    await waitFor(() => handled.length === 1);
  });

  it('delivers a hint again if its handler failed, and deletes it once it succeeds', async () => {
    const server = await redisOfTest();
    const { inbox } = await useInstance(server.url, { inbox: { idleMs: IDLE_MS } });
    let tries = 0;
    consumeUntilEnd(inbox, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('MX is away.')) : Promise.resolve();
    });
    await inbox.enqueue(HINT);
    await waitFor(() => tries === 2);
    await waitFor(async () => (await server.command('xlen', INBOX_KEY)) === 0);
    expect(tries).toBe(2);
  });

  it('renews its claim on a hint while the handler runs', async () => {
    const server = await redisOfTest();
    const { inbox } = await useInstance(server.url);
    heldConsumer(inbox);
    await inbox.enqueue(HINT);
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

  it('rejects a hint when it is full', async () => {
    const { url } = await redisOfTest();
    const redis = createRedis(url, { onError: () => undefined });
    onTestFinished(() => redis.stop());
    await redis.start();
    const inbox = new RedisInbox(redis, { maxStored: 2 });
    await inbox.enqueue(HINT);
    await inbox.enqueue(HINT);
    await expect(inbox.enqueue(HINT)).rejects.toMatchObject({ name: 'InboxError', reason: 'full' });
  });

  it('skips and deletes an entry that is not a hint', async () => {
    const server = await redisOfTest();
    const { inbox } = await useInstance(server.url);
    await server.command('xadd', INBOX_KEY, '*', 'nonsense', '{');
    await inbox.enqueue(HINT);
    const handled = recordHints(inbox);
    await waitFor(async () => (await server.command('xlen', INBOX_KEY)) === 0);
    expect(handled).toEqual([HINT]);
  });
});

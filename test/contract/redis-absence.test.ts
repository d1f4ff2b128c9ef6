import { describe, expect, it, onTestFinished } from 'vitest';

import { channelOf, INBOX_KEY, recordKey } from '../../src/backplane/redis/keys.js';
import type { Hint } from '../../src/backplane/inbox.js';
import { freePort } from '../support/free-port.js';
import { redisOfTest, skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { consumeUntilEnd, heldConsumer, recordHints } from './consumers.js';
import { describeEachRedis, useInstance } from './forms.js';
import { createListener } from './listener.js';
import { MEMBER, toLine, USER, wholeList } from './observations.js';

const HINT: Hint = { userGuid: USER, memberGuid: MEMBER };
/** Maximum time until events flow again after Redis is back. */
const BACK_MS = 5_000;
/** How long an instance waits at its start for a Redis that is unavailable. */
const START_TIMEOUT_MS = 200;

/** How long the attempt took to fail, in ms. */
async function failureMs(attempt: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await expect(attempt()).rejects.toThrow();
  return performance.now() - startedAt;
}

describeEachRedis('the data', (open) => {
  it('survives a restart of Redis', async () => {
    const server = await open();
    const { store, inbox } = await useInstance(server.url);
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    const before = await store.history(USER);
    for (let n = 0; n < 50; n += 1) await inbox.enqueue({ userGuid: USER, memberGuid: `MBR-${n}` });
    await server.persisted();
    await server.kill();
    await server.restart();
    const after = await waitFor(() => store.history(USER), { deadlineMs: BACK_MS });
    expect(after).toEqual(before);
    const handled = new Set<string>();
    consumeUntilEnd(inbox, ({ memberGuid }) => Promise.resolve(void handled.add(memberGuid)));
    await waitFor(() => handled.size === 50, { what: 'all accepted hints' });
  });

  it('is received again after a restart, by all listeners, which are notified of the gap', async () => {
    const server = await open();
    const { bus, store } = await useInstance(server.url);
    const [before, meanwhile] = [createListener(), createListener()];
    await bus.subscribe(USER, before.listener).ready;
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => before.lines.length === 1);
    before.gaps = 0;
    await server.kill();
    let isReady = false;
    void bus.subscribe('USR-2', meanwhile.listener).ready.then(() => (isReady = true));
    await waitFor(() =>
      store.readSnapshot(USER, null).then(
        () => false,
        () => true,
      ),
    );
    expect(isReady).toBe(false);
    await server.restart();
    await waitFor(() => isReady && before.gaps > 0 && meanwhile.gaps > 0, { deadlineMs: BACK_MS });
    await waitFor(() => store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1)), { deadlineMs: BACK_MS });
    await store.swap('USR-2', wholeList({ [MEMBER]: 'CREATED' }, 1));
    await waitFor(() => before.lines.length === 2 && meanwhile.lines.length === 1);
    expect(before.lines[1]).toEqual(['1 MBR-1 CREATED -> UPDATED']);
  });

  it('fails after a second while Redis does not respond, then at once, and recovers with Redis', async () => {
    const server = await open();
    const backplane = await useInstance(server.url);
    const { store, inbox } = backplane;
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    server.pause();
    onTestFinished(() => server.resume());
    expect(await failureMs(() => store.readSnapshot(USER, null))).toBeLessThan(1_500);
    for (let i = 0; i < 5; i += 1)
      expect(await failureMs(() => store.readSnapshot(USER, null))).toBeLessThan(100);
    await expect(inbox.enqueue(HINT)).rejects.toMatchObject({ name: 'InboxError', reason: 'unavailable' });
    await waitFor(() => backplane.state() === 'unavailable');
    server.resume();
    await waitFor(() => backplane.state() === 'ok', { deadlineMs: BACK_MS });
    expect((await store.readSnapshot(USER, null)).record?.members[MEMBER]?.status).toBe('CREATED');
  });
});

describe.skipIf(skipsRedis)('the Redis backplane', () => {
  it('starts without Redis, reports that, and works once Redis is available', async () => {
    const server = await redisOfTest();
    await server.kill();
    const backplane = await useInstance(server.url, { startTimeoutMs: START_TIMEOUT_MS });
    expect(backplane.state()).toBe('unavailable');
    const { store, inbox, watchLeases, pollBudget } = backplane;
    expect(await failureMs(() => store.swap(USER, wholeList({}, 0)))).toBeLessThan(100);
    await expect(inbox.enqueue(HINT)).rejects.toMatchObject({ name: 'InboxError', reason: 'unavailable' });
    await expect(watchLeases.acquire([USER])).rejects.toThrow();
    await expect(watchLeases.isHeld(USER)).rejects.toThrow();
    await expect(pollBudget.take()).rejects.toThrow();
    await server.restart();
    await waitFor(() => backplane.state() === 'ok', { deadlineMs: BACK_MS });
    await inbox.enqueue(HINT);
    expect(await watchLeases.acquire([USER])).toEqual(new Set([USER]));
  });

  it('stops within two seconds, with Redis, without it, and while it does not respond', async () => {
    const server = await redisOfTest();
    const instances = await Promise.all([1, 2, 3].map(() => useInstance(server.url)));
    for (const { inbox } of instances) inbox.consume(() => Promise.resolve());
    const stopMs = async (i: number) => {
      const startedAt = performance.now();
      await instances[i]?.stop();
      return performance.now() - startedAt;
    };
    expect(await stopMs(0)).toBeLessThan(500);
    server.pause();
    expect(await stopMs(1)).toBeLessThan(2_000);
    server.resume();
    await server.kill();
    expect(await stopMs(2)).toBeLessThan(2_000);
  });

  it('detects that Redis does not respond even without a command to send', async () => {
    const server = await redisOfTest();
    const backplane = await useInstance(server.url);
    const { listener } = createListener();
    await backplane.bus.subscribe(USER, listener).ready;
    server.pause();
    await waitFor(() => backplane.state() === 'unavailable', { what: 'the state unavailable' });
    server.resume();
    await waitFor(() => backplane.state() === 'ok', { deadlineMs: BACK_MS });
  });

  it('starts a new epoch when Redis has lost its data, and processes hints again', async () => {
    const server = await redisOfTest();
    const { store, inbox, bus } = await useInstance(server.url);
    const handled = recordHints(inbox);
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    const { record } = await store.history(USER);
    await inbox.enqueue(HINT);
    await waitFor(() => handled.length === 1);
    const { listener, messages } = createListener();
    await bus.subscribe(USER, listener).ready;

    await server.flush();
    expect(await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 2))).toEqual([]);
    const restarted = await store.readSnapshot(USER, record);
    expect(restarted.record).toMatchObject({ n: 0, members: { [MEMBER]: { status: 'CONNECTED' } } });
    expect(restarted.record?.epoch).not.toBe(record?.epoch);
    expect(restarted.missedChanges).toBeNull();
    await waitFor(() => messages.length === 1);
    expect(messages).toEqual([{ epoch: restarted.record?.epoch, changes: [] }]);
    await inbox.enqueue(HINT);
    await waitFor(() => handled.length === 2, { deadlineMs: BACK_MS });
  });

  it('processes a hint only once if its handler finished while Redis was unavailable', async () => {
    const server = await redisOfTest();
    const { inbox } = await useInstance(server.url);
    const consumer = heldConsumer(inbox);
    await inbox.enqueue(HINT);
    await waitFor(() => consumer.started === 1);
    await server.kill();
    consumer.release();
    await server.restart();
    await waitFor(async () => (await server.command('xlen', INBOX_KEY)) === 0);
    expect(consumer.started).toBe(1);
  });

  it.each(['{', 'null', '[]', '{"epoch":1}', ''])(
    'starts a new epoch if the stored record is %j',
    async (garbage) => {
      const server = await redisOfTest();
      const { store } = await useInstance(server.url);
      await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
      await store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
      await server.command('hset', recordKey(USER), 'json', garbage, 'v', 'x');
      expect(await store.readSnapshot(USER, null)).toEqual({ record: null, missedChanges: [] });
      expect(await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 2))).toEqual([]);
      expect((await store.swap(USER, wholeList({ [MEMBER]: 'DENIED' }, 3))).map(toLine)).toEqual([
        '1 MBR-1 CONNECTED -> DENIED',
      ]);
      expect((await store.history(USER)).changes).toHaveLength(1);
    },
  );

  it('ignores invalid messages and a listener that throws', async () => {
    const server = await redisOfTest();
    const { store, bus } = await useInstance(server.url);
    const { listener, lines } = createListener();
    const fails = () => {
      throw new Error('A listener failed.');
    };
    await bus.subscribe('USR-2', { onMessage: fails, onGap: () => undefined }).ready;
    await bus.subscribe(USER, listener).ready;
    for (const text of ['{', 'null', '{"epoch":"a"}', ''])
      await server.command('publish', channelOf(USER), text);
    await store.swap('USR-2', wholeList({}, 0));
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => lines.length > 0);
    expect(lines).toEqual([[]]);
  });

  it('finds a cluster through the nodes that are reachable', async () => {
    const server = await redisOfTest({ isCluster: true });
    const backplane = await useInstance(
      `redis+cluster://127.0.0.1:${await freePort()},127.0.0.1:${server.port}`,
    );
    await waitFor(() => backplane.state() === 'ok', { deadlineMs: BACK_MS });
    await backplane.store.swap(USER, wholeList({}, 0));
  });

  it('authenticates with the password of its URL', async () => {
    const server = await redisOfTest();
    await server.command('config', 'set', 'requirepass', 's:cret@');
    const right = await useInstance(`redis://:s%3Acret%40@127.0.0.1:${server.port}/1`);
    expect(right.state()).toBe('ok');
    const wrong = await useInstance(`redis://:other@127.0.0.1:${server.port}`, {
      startTimeoutMs: START_TIMEOUT_MS,
    });
    expect(wrong.state()).toBe('unavailable');
  });
});

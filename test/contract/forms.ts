import { afterAll, describe, onTestFinished } from 'vitest';

import { createMemoryBackplane } from '../../src/backplane/backplane.js';
import type { Backplane } from '../../src/backplane/backplane.js';
import { createRedisBackplane } from '../../src/backplane/redis/backplane.js';
import type { RedisBackplane, RedisBackplaneOptions } from '../../src/backplane/redis/backplane.js';
import { redisOfTest, skipsRedis, startRedis } from '../support/redis-server.js';
import type { RedisServer } from '../support/redis-server.js';

/** One implementation of the backplane, and how a test opens it. */
export interface Form {
  readonly form: string;
  readonly open: () => Promise<Backplane>;
}

export const WATCH_READS_PER_SECOND = 5;

/** The backplane of one instance over Redis. It is stopped when the current test ends. */
export async function useInstance(
  url: string,
  options: Partial<RedisBackplaneOptions> = {},
): Promise<RedisBackplane> {
  const backplane = createRedisBackplane({
    url,
    watchReadsPerSecond: WATCH_READS_PER_SECOND,
    onError: () => undefined,
    ...options,
  });
  onTestFinished(() => backplane.stop());
  await backplane.start();
  return backplane;
}

interface RedisForm {
  readonly form: string;
  readonly server: () => Promise<RedisServer>;
}

/** One cluster for all tests of a file, because it takes two seconds to start. It is flushed for each test. */
function useCluster(): () => Promise<RedisServer> {
  let cluster: Promise<RedisServer> | undefined;
  afterAll(async () => (await cluster)?.dispose());
  return async () => {
    cluster ??= startRedis({ isCluster: true });
    const server = await cluster;
    await server.flush();
    return server;
  };
}

/** A cluster is tested too, because there all keys of a script must be in one slot. */
function useRedisForms(): readonly RedisForm[] {
  if (skipsRedis) return [];
  return [
    { form: 'in Redis', server: () => redisOfTest() },
    { form: 'in a Redis cluster', server: useCluster() },
  ];
}

function useForms(): readonly Form[] {
  const inMemory = () =>
    Promise.resolve(createMemoryBackplane({ watchReadsPerSecond: WATCH_READS_PER_SECOND }));
  const inRedis = useRedisForms().map(({ form, server }) => ({
    form,
    open: async () => useInstance((await server()).url),
  }));
  return [{ form: 'in memory', open: inMemory }, ...inRedis];
}

/** Defines the same tests for each implementation of the backplane. */
export function describeEachForm(subject: string, define: (open: Form['open']) => void): void {
  for (const { form, open } of useForms()) describe(`${subject} ${form}`, () => define(open));
}

/** Defines the same tests for a single Redis and a cluster. */
export function describeEachRedis(subject: string, define: (open: RedisForm['server']) => void): void {
  for (const { form, server } of useRedisForms()) describe(`${subject} ${form}`, () => define(server));
}

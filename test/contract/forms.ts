import { afterAll, onTestFinished } from 'vitest';

import { createMemoryBackplane } from '../../src/backplane/backplane.js';
import type { Backplane } from '../../src/backplane/backplane.js';
import { createRedisBackplane } from '../../src/backplane/redis/backplane.js';
import type { RedisBackplane } from '../../src/backplane/redis/backplane.js';
import { redisOfTest, skipsRedis, startRedis } from '../support/redis-server.js';
import type { RedisServer } from '../support/redis-server.js';

/** One form of what instances share, and how a test gets one. */
export interface Form {
  readonly form: string;
  readonly open: () => Promise<Backplane>;
}

export const WATCH_READS_PER_SECOND = 5;

/** An instance's part in a Redis, stopped with the test that calls this. */
export async function instanceOfTest(url: string): Promise<RedisBackplane> {
  const backplane = createRedisBackplane({
    url,
    watchReadsPerSecond: WATCH_READS_PER_SECOND,
    onError: () => undefined,
  });
  onTestFinished(() => backplane.stop());
  await backplane.start();
  return backplane;
}

let cluster: Promise<RedisServer> | undefined;

afterAll(async () => (await cluster)?.dispose());

/** One for all tests of a file, empty at the start of each: a cluster takes two seconds to begin. */
async function clusterOfFile(): Promise<RedisServer> {
  cluster ??= startRedis({ isCluster: true });
  const server = await cluster;
  await server.flush();
  return server;
}

interface RedisForm {
  readonly form: string;
  readonly server: () => Promise<RedisServer>;
}

/** On a cluster too: there, keys of one script must lie together. */
export const REDIS_FORMS: readonly RedisForm[] = skipsRedis
  ? []
  : [
      { form: 'in Redis', server: () => redisOfTest() },
      { form: 'in a Redis cluster', server: clusterOfFile },
    ];

export const FORMS: readonly Form[] = [
  {
    form: 'in memory',
    open: () => Promise.resolve(createMemoryBackplane({ watchReadsPerSecond: WATCH_READS_PER_SECOND })),
  },
  ...REDIS_FORMS.map(({ form, server }) => ({
    form,
    open: async () => instanceOfTest((await server()).url),
  })),
];

import { afterAll, describe, onTestFinished } from 'vitest';

import { createMemoryBackplane } from '../../src/backplane/backplane.js';
import type { Backplane } from '../../src/backplane/backplane.js';
import { createRedisBackplane } from '../../src/backplane/redis/backplane.js';
import type { RedisBackplane } from '../../src/backplane/redis/backplane.js';
import { redisOfTest, skipsRedis, startRedis } from '../support/redis-server.js';
import type { RedisServer } from '../support/redis-server.js';

/** One implementation of the backplane, and how a test opens it. */
export interface Form {
  readonly form: string;
  readonly open: () => Promise<Backplane>;
}

export const WATCH_READS_PER_SECOND = 5;

/** The backplane of one instance over Redis. It is stopped when the current test ends. */
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

/** One cluster for all tests of a file, because it takes two seconds to start. It is flushed for each test. */
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

/** A cluster is tested too, because there all keys of a script must be in one slot. */
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

/** Defines the same tests for each implementation of the backplane. */
export function describeEachForm(subject: string, define: (open: Form['open']) => void): void {
  for (const { form, open } of FORMS) describe(`${subject} ${form}`, () => define(open));
}

/** Defines the same tests for a single Redis and a cluster. */
export function describeEachRedis(subject: string, define: (open: RedisForm['server']) => void): void {
  for (const { form, server } of REDIS_FORMS) describe(`${subject} ${form}`, () => define(server));
}

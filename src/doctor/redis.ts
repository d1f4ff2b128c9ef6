import { createRedis } from '../backplane/redis/client.js';
import type { RedisOptions } from '../backplane/redis/client.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { reasonOf } from './probe.js';

const { ok, warn, fail } = findingsOn('Redis');

const LEAST = [6, 2] as const;

/** One value of Redis's answer to INFO. */
function valueOf(info: string, name: string): string | undefined {
  return info
    .split(/\r?\n/)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
}

function diagnoseVersion(version: string | undefined): Finding {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (version === undefined || major === undefined) {
    return warn('can be reached, but does not tell its version', 'Make sure that it is Redis 6.2 or later.');
  }
  const isOld = Number(major) < LEAST[0] || (Number(major) === LEAST[0] && Number(minor) < LEAST[1]);
  return isOld
    ? fail(`is ${version}, which is too old`, 'Use Redis 6.2 or later, or Valkey.')
    : ok(`can be reached, and is ${version}`);
}

function diagnosePersistence(aof: string | undefined): Finding {
  return aof === '1'
    ? ok('keeps what it is given on disk (appendonly)')
    : warn(
        'keeps nothing on disk at once (appendonly is off)',
        'Set appendonly yes: else a restart of Redis loses statuses, and changes that were not delivered yet.',
      );
}

function diagnoseEviction(policy: string | undefined): Finding {
  return policy === 'noeviction'
    ? ok('drops nothing when its memory is full (noeviction)')
    : warn(
        `may drop what it was given when its memory is full (maxmemory-policy ${policy ?? 'not told'})`,
        'Set maxmemory-policy noeviction: what is kept here is no cache.',
      );
}

/** What Redis's answer to INFO says. */
export function diagnoseRedis(info: string): Finding[] {
  return [
    diagnoseVersion(valueOf(info, 'redis_version')),
    diagnosePersistence(valueOf(info, 'aof_enabled')),
    diagnoseEviction(valueOf(info, 'maxmemory_policy')),
  ];
}

/** What is wrong where Redis is not there to be asked. */
function diagnoseFailure(error: unknown): Finding {
  return fail(
    `cannot be reached (${reasonOf(error)})`,
    'Check REDIS_URL, its user and password, and that this machine may open connections to it.',
  );
}

type Connections = ReturnType<typeof createRedis>;

async function askRedis(redis: Connections): Promise<Finding[]> {
  try {
    return diagnoseRedis(String(await redis.main.call('info')));
  } catch (error) {
    const advice =
      'See by hand that it is 6.2 or later, with appendonly yes and maxmemory-policy noeviction.';
    return [warn(`can be reached, but refuses INFO (${reasonOf(error)})`, advice)];
  }
}

/** Connects as the service does, and asks what kind of Redis that is. */
export async function checkRedis(
  url: string,
  options: Pick<RedisOptions, 'startTimeoutMs'> = {},
): Promise<Finding[]> {
  let failure: unknown;
  let redis: Connections;
  try {
    redis = createRedis(url, { ...options, onError: (error) => (failure = error) });
  } catch (error) {
    // This message says what is wrong with the address, and is made not to repeat it.
    return [fail(error instanceof Error ? error.message : 'cannot be used', 'Correct REDIS_URL.')];
  }
  await redis.start();
  const findings = redis.state() === 'ok' ? await askRedis(redis) : [diagnoseFailure(failure)];
  await redis.stop();
  return findings;
}

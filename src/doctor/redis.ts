import { createRedis } from '../backplane/redis/client.js';
import type { RedisOptions } from '../backplane/redis/client.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { reasonOf } from './probe.js';

const { ok, warn, fail } = findingsOn('Redis');

const MIN_VERSION = [6, 2] as const;

/** Returns one value of Redis's INFO. */
function valueOf(info: string, name: string): string | undefined {
  return info
    .split(/\r?\n/)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
}

function diagnoseVersion(version: string | undefined): Finding {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (version === undefined || major === undefined) {
    return warn('is reachable but does not report its version', 'Check that it is Redis 6.2 or later.');
  }
  const isTooOld =
    Number(major) < MIN_VERSION[0] || (Number(major) === MIN_VERSION[0] && Number(minor) < MIN_VERSION[1]);
  return isTooOld
    ? fail(`version ${version} is too old`, 'Use Redis 6.2 or later, or Valkey.')
    : ok(`is reachable (version ${version})`);
}

function diagnosePersistence(aof: string | undefined): Finding {
  return aof === '1'
    ? ok('persists its data to disk (appendonly is on)')
    : warn(
        'does not persist every write to disk (appendonly is off)',
        'Set appendonly yes. Otherwise a restart of Redis loses statuses and undelivered changes.',
      );
}

function diagnoseEviction(policy: string | undefined): Finding {
  return policy === 'noeviction'
    ? ok('evicts no data when its memory is full (noeviction)')
    : warn(
        `may evict data when its memory is full (maxmemory-policy ${policy ?? 'unknown'})`,
        'Set maxmemory-policy noeviction: the data of this service is not a cache.',
      );
}

/** Diagnoses the output of INFO. */
export function diagnoseRedis(info: string): Finding[] {
  return [
    diagnoseVersion(valueOf(info, 'redis_version')),
    diagnosePersistence(valueOf(info, 'aof_enabled')),
    diagnoseEviction(valueOf(info, 'maxmemory_policy')),
  ];
}

/** Diagnoses why Redis is unreachable. */
function diagnoseFailure(error: unknown): Finding {
  return fail(
    `is unreachable (${reasonOf(error)})`,
    'Check REDIS_URL, its user and password, and that this machine can connect to it.',
  );
}

type Connections = ReturnType<typeof createRedis>;

async function askRedis(redis: Connections): Promise<Finding[]> {
  try {
    return diagnoseRedis(String(await redis.main.call('info')));
  } catch (error) {
    const advice =
      'Check manually that it is 6.2 or later, with appendonly yes and maxmemory-policy noeviction.';
    return [warn(`is reachable but rejects INFO (${reasonOf(error)})`, advice)];
  }
}

/** Connects like the service and reads INFO. */
export async function checkRedis(
  url: string,
  options: Pick<RedisOptions, 'startTimeoutMs'> = {},
): Promise<Finding[]> {
  let failure: unknown;
  let redis: Connections;
  try {
    redis = createRedis(url, { ...options, onError: (error) => (failure = error) });
  } catch (error) {
    // This message names the error in the address without repeating the address.
    return [fail(error instanceof Error ? error.message : 'is invalid', 'Correct REDIS_URL.')];
  }
  await redis.start();
  const findings = redis.state() === 'ok' ? await askRedis(redis) : [diagnoseFailure(failure)];
  await redis.stop();
  return findings;
}

import { describe, expect, it, vi } from 'vitest';

import { RateLimiter } from '../../src/backplane/rate-limit.js';
import type { SharedRateLimit } from '../../src/backplane/rate-limit.js';
import { redisOfTest, skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { instanceOfTest } from './forms.js';

/** How many operations a viewer is granted at once. */
function grantedAtOnce(budget: RateLimiter, viewerId = 'USR-1', most = 1_000): number {
  let granted = 0;
  while (granted < most && budget.consume(viewerId) === 0) granted += 1;
  return granted;
}

const alone = (perMinute: number) => new RateLimiter({ perMinute, shared: null });

describe('the operations of a viewer', () => {
  it('are so many a minute, and may all come at once', () => {
    const budget = alone(60);
    expect(grantedAtOnce(budget)).toBe(60);
    expect(budget.consume('USR-1')).toBeGreaterThan(0);
    expect(budget.consume('USR-1')).toBeLessThanOrEqual(1_000);
    expect(grantedAtOnce(budget, 'USR-2')).toBe(60);
  });

  it('come back little by little, and never more than a minute’s', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const budget = alone(60);
      grantedAtOnce(budget);
      vi.advanceTimersByTime(500);
      expect(budget.consume('USR-1')).toBeCloseTo(500, -1);
      vi.advanceTimersByTime(2_500);
      expect(grantedAtOnce(budget)).toBe(3);
      vi.advanceTimersByTime(3_600_000);
      expect(grantedAtOnce(budget)).toBe(60);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are told to the others once in a twentieth of a minute’s, and waited for as they tell', async () => {
    const told: number[] = [];
    const shared: SharedRateLimit = {
      consume: (_, operations) => {
        told.push(operations);
        return Promise.resolve(told.length < 3 ? 0 : 30_000);
      },
    };
    const budget = new RateLimiter({ perMinute: 100, shared });
    for (let at = 0; at < 15; at += 1) expect(budget.consume('USR-1')).toBe(0);
    expect(told).toEqual([5, 5, 5]);
    await waitFor(() => budget.consume('USR-1') > 29_000);
    expect(budget.consume('USR-2')).toBe(0);
  });

  it('are granted by each instance alone while the others cannot be heard', async () => {
    const shared = { consume: () => Promise.reject(new Error('Redis is away.')) };
    const budget = new RateLimiter({ perMinute: 100, shared });
    expect(grantedAtOnce(budget)).toBe(100);
    await Promise.resolve();
    expect(budget.consume('USR-1')).toBeLessThan(1_000);
  });
});

describe.skipIf(skipsRedis)('the operations of a viewer, over Redis', () => {
  it('are those of all instances together, but for a twentieth each', async () => {
    const { url } = await redisOfTest();
    const [one, two] = await Promise.all([instanceOfTest(url), instanceOfTest(url)]);
    const perMinute = 100;
    const [first, second] = [one, two].map(
      (instance) => new RateLimiter({ perMinute, shared: instance.rateLimit(perMinute) }),
    );
    expect(first && grantedAtOnce(first)).toBe(100);
    let granted = 0;
    await waitFor(() => {
      if (second?.consume('USR-1') !== 0) return true;
      granted += 1;
      return false;
    });
    expect(granted).toBeLessThanOrEqual(12);
    expect(second && grantedAtOnce(second, 'USR-2', 50)).toBe(50);
  });

  it('come back by themselves, and leave nothing behind', async () => {
    const server = await redisOfTest();
    const instance = await instanceOfTest(server.url);
    const spending = instance.rateLimit(600);
    expect(await spending.consume('USR-1', 600)).toBe(0);
    const wait = await spending.consume('USR-1', 10);
    expect(wait).toBeGreaterThan(500);
    expect(wait).toBeLessThanOrEqual(1_000);
    expect(await spending.consume('USR-1', 1_000_000)).toBeLessThanOrEqual(60_000);
    const [key] = (await server.command('keys', '*operations*')) as string[];
    const ttl = Number(await server.command('pttl', key ?? ''));
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(120_000);
  });

  it('go on as each instance counts them when Redis is gone', async () => {
    const server = await redisOfTest();
    const instance = await instanceOfTest(server.url);
    const budget = new RateLimiter({ perMinute: 100, shared: instance.rateLimit(100) });
    await server.kill();
    expect(grantedAtOnce(budget)).toBe(100);
  });
});

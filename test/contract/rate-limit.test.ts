import { describe, expect, it, vi } from 'vitest';

import { RateLimiter } from '../../src/backplane/rate-limit.js';
import type { SharedRateLimit } from '../../src/backplane/rate-limit.js';
import { redisOfTest, skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { useInstance } from './forms.js';

/** Number of operations that a viewer is allowed at once. */
function allowedAtOnce(limiter: RateLimiter, viewerId = 'USR-1', most = 1_000): number {
  let allowed = 0;
  while (allowed < most && limiter.consume(viewerId) === 0) allowed += 1;
  return allowed;
}

const alone = (perMinute: number) => new RateLimiter({ perMinute, shared: null });

describe('the rate limiter', () => {
  it('allows each viewer the limit at once, then asks for a delay', () => {
    const limiter = alone(60);
    expect(allowedAtOnce(limiter)).toBe(60);
    expect(limiter.consume('USR-1')).toBeGreaterThan(0);
    expect(limiter.consume('USR-1')).toBeLessThanOrEqual(1_000);
    expect(allowedAtOnce(limiter, 'USR-2')).toBe(60);
  });

  it('refills continuously, up to the limit per minute', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const limiter = alone(60);
      allowedAtOnce(limiter);
      vi.advanceTimersByTime(500);
      expect(limiter.consume('USR-1')).toBeCloseTo(500, -1);
      vi.advanceTimersByTime(2_500);
      expect(allowedAtOnce(limiter)).toBe(3);
      vi.advanceTimersByTime(3_600_000);
      expect(allowedAtOnce(limiter)).toBe(60);
    } finally {
      vi.useRealTimers();
    }
  });

  it('reports to the shared limit after each twentieth of the limit, and applies its delay', async () => {
    const reported: number[] = [];
    const shared: SharedRateLimit = {
      consume: (_, operations) => {
        reported.push(operations);
        return Promise.resolve(reported.length < 3 ? 0 : 30_000);
      },
    };
    const limiter = new RateLimiter({ perMinute: 100, shared });
    for (let at = 0; at < 15; at += 1) expect(limiter.consume('USR-1')).toBe(0);
    expect(reported).toEqual([5, 5, 5]);
    await waitFor(() => limiter.consume('USR-1') > 29_000);
    expect(limiter.consume('USR-2')).toBe(0);
  });

  it('counts alone while the shared limit fails', async () => {
    const shared = { consume: () => Promise.reject(new Error('Redis is away.')) };
    const limiter = new RateLimiter({ perMinute: 100, shared });
    expect(allowedAtOnce(limiter)).toBe(100);
    await Promise.resolve();
    expect(limiter.consume('USR-1')).toBeLessThan(1_000);
  });
});

describe.skipIf(skipsRedis)('the rate limit in Redis', () => {
  it('is shared by all instances, except for a twentieth each', async () => {
    const { url } = await redisOfTest();
    const [one, two] = await Promise.all([useInstance(url), useInstance(url)]);
    const perMinute = 100;
    const [first, second] = [one, two].map(
      (instance) => new RateLimiter({ perMinute, shared: instance.rateLimit(perMinute) }),
    );
    expect(first && allowedAtOnce(first)).toBe(100);
    let granted = 0;
    await waitFor(() => {
      if (second?.consume('USR-1') !== 0) return true;
      granted += 1;
      return false;
    });
    expect(granted).toBeLessThanOrEqual(12);
    expect(second && allowedAtOnce(second, 'USR-2', 50)).toBe(50);
  });

  it('refills by itself, and its keys expire', async () => {
    const server = await redisOfTest();
    const instance = await useInstance(server.url);
    const sharedLimit = instance.rateLimit(600);
    expect(await sharedLimit.consume('USR-1', 600)).toBe(0);
    const wait = await sharedLimit.consume('USR-1', 10);
    expect(wait).toBeGreaterThan(500);
    expect(wait).toBeLessThanOrEqual(1_000);
    expect(await sharedLimit.consume('USR-1', 1_000_000)).toBeLessThanOrEqual(60_000);
    const [key] = (await server.command('keys', '*operations*')) as string[];
    const ttl = Number(await server.command('pttl', key ?? ''));
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(120_000);
  });

  it('is counted by each instance alone when Redis is unavailable', async () => {
    const server = await redisOfTest();
    const instance = await useInstance(server.url);
    const limiter = new RateLimiter({ perMinute: 100, shared: instance.rateLimit(100) });
    await server.kill();
    expect(allowedAtOnce(limiter)).toBe(100);
  });
});

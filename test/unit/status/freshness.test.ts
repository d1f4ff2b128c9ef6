import { describe, expect, it } from 'vitest';

import { freshnessOf, nextFreshnessChange, pastTime } from '../../../src/status/freshness.js';
import { parseMember } from '../../../src/mx/parse.js';
import { interpretMember } from '../../../src/status/status.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LIMITS = { freshMs: 36 * HOUR_MS, lateMs: 72 * HOUR_MS };

const at = (ms: number) => new Date(ms).toISOString();

describe('freshnessOf', () => {
  it.each([
    ['now', 0, 'FRESH'],
    ['4 minutes in the future', -4 * MINUTE_MS, 'FRESH'],
    ['36 hours ago', 36 * HOUR_MS, 'FRESH'],
    ['36 hours and 1 ms ago', 36 * HOUR_MS + 1, 'LATE'],
    ['72 hours ago', 72 * HOUR_MS, 'LATE'],
    ['72 hours and 1 ms ago', 72 * HOUR_MS + 1, 'STALE'],
    ['6 weeks ago', 6 * 7 * 24 * HOUR_MS, 'STALE'],
    ['in 1970', NOW, 'STALE'],
  ])('finds data of %s %s old', (_, age, freshness) => {
    expect(freshnessOf(NOW - age, NOW, LIMITS)).toBe(freshness);
  });

  it('is NEVER without data', () => {
    expect(freshnessOf(null, NOW, LIMITS)).toBe('NEVER');
  });

  it('changes exactly when nextFreshnessChange says', () => {
    for (const age of [0, 1, HOUR_MS, 36 * HOUR_MS, 50 * HOUR_MS, 72 * HOUR_MS, 80 * HOUR_MS]) {
      const dataAt = NOW - age;
      const freshness = freshnessOf(dataAt, NOW, LIMITS);
      const next = nextFreshnessChange(dataAt, freshness, LIMITS);
      if (freshness === 'STALE') expect(next).toBe(Infinity);
      else expect(freshnessOf(dataAt, next - 1, LIMITS)).toBe(freshness);
      if (freshness !== 'STALE') expect(freshnessOf(dataAt, next, LIMITS)).not.toBe(freshness);
    }
    expect(nextFreshnessChange(null, 'NEVER', LIMITS)).toBe(Infinity);
  });
});

describe('a time of MX', () => {
  it.each([
    ['null', null],
    ['a number', NOW],
    ['an object', { seconds: 1 }],
    ['an empty string', ''],
    ['a word', 'yesterday'],
    ['a date without a time', '2026-02-28'],
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['a 13th month', '2026-13-01T00:00:00Z'],
    ['a 25th hour', '2026-02-01T25:00:00Z'],
    ['a time before 1970', '1969-12-31T23:59:59Z'],
    ['the year 1', '0001-01-01T00:00:00Z'],
    ['a time in 6 minutes', at(NOW + 6 * MINUTE_MS)],
    ['the year 9999', '9999-12-31T23:59:59Z'],
  ])('counts as absent if it is %s', (_, sent) => {
    const member = parseMember({
      guid: 'MBR-1',
      connection_status: 'CONNECTED',
      successfully_aggregated_at: sent,
    });
    expect(pastTime(member?.successfully_aggregated_at, NOW)).toBeNull();
    const view = interpretMember(member ?? {}, { now: NOW, limits: LIMITS });
    expect(view).toMatchObject({ phase: 'CONNECTED', sentence: null });
  });

  it.each([
    ['5 minutes ahead', at(NOW + 5 * MINUTE_MS)],
    ['in another time zone', '2026-03-01T13:00:00+02:00'],
    ['in the year 2000', '2000-02-29T00:00:00.123456Z'],
    ['the first of 1970', '1970-01-01T00:00:00Z'],
  ])('counts if it is %s', (_, sent) => {
    const member = parseMember({ guid: 'MBR-1', successfully_aggregated_at: sent });
    expect(pastTime(member?.successfully_aggregated_at, NOW)).toBe(Date.parse(sent));
  });
});

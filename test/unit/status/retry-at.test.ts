import { describe, expect, it } from 'vitest';

import { parseMember } from '../../../src/mx/parse.js';
import { retryAt } from '../../../src/status/retry-at.js';
import { interpretMember } from '../../../src/status/status.js';
import { STATUS_COLUMNS } from '../../support/status-fixtures.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface Scene {
  readonly status: string | null;
  readonly code?: number;
  /** How long ago the last job started, in milliseconds. */
  readonly lastJob?: number;
  readonly lastSuccess?: number;
  readonly isRunning?: boolean;
  readonly pausedUntil?: number;
  readonly institution?: string;
}

const ago = (ms: number | undefined) => (ms === undefined ? null : new Date(NOW - ms).toISOString());

/** When to try again, in milliseconds from now; null for now or never. */
function waitOf({ pausedUntil, ...scene }: Scene): number | null {
  const member = parseMember({
    guid: 'MBR-1',
    institution_code: scene.institution ?? 'chase',
    connection_status: scene.status,
    is_being_aggregated: scene.isRunning ?? false,
    error: scene.code === undefined ? null : { error_code: scene.code },
    aggregated_at: ago(scene.lastJob),
    successfully_aggregated_at: ago(scene.lastSuccess),
  });
  if (!member) throw new Error('Expected a member.');
  const view = interpretMember(member, { now: NOW });
  const at = retryAt(member, view, { now: NOW, upstreamPausedUntil: pausedUntil ?? null });
  return at && at.getTime() - NOW;
}

describe('retryAt', () => {
  it.each([
    ['just now', 0, 15 * MINUTE_MS],
    ['14 minutes ago', 14 * MINUTE_MS, MINUTE_MS],
    ['15 minutes ago', 15 * MINUTE_MS, 45 * MINUTE_MS],
    ['2 hours ago', 2 * HOUR_MS, 2 * HOUR_MS],
    ['5 hours ago', 5 * HOUR_MS, 19 * HOUR_MS],
    ['a day ago', DAY_MS, DAY_MS],
    ['10 days and an hour ago', 10 * DAY_MS + HOUR_MS, DAY_MS - HOUR_MS],
  ])('backs off a FAILED member whose last job started %s', (_, lastJob, wait) => {
    expect(waitOf({ status: 'FAILED', lastJob })).toBe(wait);
  });

  it.each<[string, Scene, number]>([
    ['a DEGRADED member, for which MX has tried three times', { status: 'DEGRADED', lastJob: 0 }, HOUR_MS],
    ['a DISCONNECTED member, which has failed for weeks', { status: 'DISCONNECTED', lastJob: 0 }, DAY_MS],
    ['a bank under maintenance', { status: 'FAILED', code: 3001, lastJob: 0 }, HOUR_MS],
    ['a bank that is down', { status: 'FAILED', code: 3000, lastJob: 0 }, 15 * MINUTE_MS],
  ])('starts as the trouble requires: %s', (_, scene, wait) => {
    expect(waitOf(scene)).toBe(wait);
  });

  it.each([
    ['no time', undefined],
    ['a time in the future', -DAY_MS],
  ])('counts from now if MX reports %s of the last job', (_, lastJob) => {
    expect(waitOf({ status: 'FAILED', ...(lastJob !== undefined && { lastJob }) })).toBe(15 * MINUTE_MS);
  });

  it('respects the three hours between two jobs', () => {
    const lastSuccess = HOUR_MS;
    expect(waitOf({ status: 'EXPIRED', lastSuccess })).toBe(2 * HOUR_MS);
    expect(waitOf({ status: 'FAILED', lastSuccess, lastJob: 0 })).toBe(2 * HOUR_MS);
    expect(waitOf({ status: 'EXPIRED', lastSuccess: 4 * HOUR_MS })).toBeNull();
    expect(waitOf({ status: 'EXPIRED', lastSuccess, institution: 'mxbank' })).toBeNull();
  });

  it('waits for the circuit breaker', () => {
    const pausedUntil = NOW + 2_000;
    expect(waitOf({ status: 'EXPIRED', pausedUntil })).toBe(2_000);
    expect(waitOf({ status: 'FAILED', lastJob: 15 * MINUTE_MS - 1_000, pausedUntil })).toBe(2_000);
    expect(waitOf({ status: 'DENIED', pausedUntil })).toBeNull();
  });

  it('is null while a job runs', () => {
    for (const { status } of STATUS_COLUMNS)
      expect(waitOf({ status, isRunning: true, lastJob: 0 })).toBeNull();
  });

  it('leaves no member at rest without something to do, or a time to do it', () => {
    for (const { status, action } of STATUS_COLUMNS) {
      const wait = waitOf({ status, lastJob: HOUR_MS });
      if (action === 'RETRY_LATER' || status === 'DISCONNECTED')
        expect(wait, String(status)).toBeGreaterThan(0);
      else expect(wait, String(status)).toBeNull();
    }
  });
});

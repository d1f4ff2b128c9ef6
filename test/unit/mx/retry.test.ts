import { describe, expect, it } from 'vitest';

import { MxError } from '../../../src/mx/errors.js';
import type { MxErrorKind } from '../../../src/mx/errors.js';
import { parseRetryAfter } from '../../../src/mx/retry-after.js';
import { isRetryable, MAX_ATTEMPTS, retryDelay } from '../../../src/mx/retry.js';

/** Whether a failed read is retried. The type makes the compiler check that no kind is missing. */
const RETRYABLE: Readonly<Record<MxErrorKind, boolean>> = {
  timeout: true,
  network: true,
  malformed: true,
  unavailable: true,
  throttled: false,
  unauthorized: false,
  forbidden: false,
  not_found: false,
  conflict: false,
  constraint: false,
  version: false,
  invalid: false,
  too_long: false,
  overloaded: false,
  circuit_open: false,
};

const failed = (kind: MxErrorKind, retryAfterMs?: number) =>
  new MxError(kind, { endpoint: 'GET /x', retryAfterMs });

describe('a failed read', () => {
  const KINDS = Object.keys(RETRYABLE) as MxErrorKind[];

  it.each(KINDS.filter((kind) => RETRYABLE[kind]))('of kind %s is retried', (kind) => {
    expect(isRetryable(failed(kind))).toBe(RETRYABLE[kind]);
  });

  it.each(KINDS.filter((kind) => !RETRYABLE[kind]))('of kind %s is not retried', (kind) => {
    expect(isRetryable(failed(kind))).toBe(RETRYABLE[kind]);
  });

  it.each([
    ['an Error', new Error('x')],
    ['null', null],
    ['undefined', undefined],
    ['an object with a kind', { kind: 'timeout' }],
  ])('is not retried when it threw %s, which is not an MxError', (_, error) => {
    expect(isRetryable(error)).toBe(false);
  });

  it('is not retried if MX asks for a pause, however short', () => {
    expect(isRetryable(failed('unavailable', 1))).toBe(false);
  });

  it.each([301, 302, 303, 307, 308])('is not retried if it is a redirect (%i)', (status) => {
    expect(isRetryable(new MxError('malformed', { endpoint: 'GET /x', status }))).toBe(false);
  });

  it('is sent four times at most', () => {
    expect(MAX_ATTEMPTS).toBe(4);
  });
});

describe('the delay before a retry', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1_600],
    [6, 2_000],
    [60, 2_000],
    [2_000, 2_000],
  ])('after %i failures is random, up to %i ms', (failures, ceiling) => {
    expect(retryDelay(failures, 0)).toBe(0);
    expect(retryDelay(failures, 0.5)).toBe(ceiling / 2);
    expect(retryDelay(failures, 0.999)).toBeCloseTo(ceiling * 0.999);
  });
});

describe('the Retry-After header', () => {
  const NOW = 'Thu, 01 Jan 2026 00:00:00 GMT';

  it.each([
    ['1', 1_000],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['12345678901234567890', Number('12345678901234567890') * 1_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
    ['Thu Jan  1 00:00:30 2026 GMT', 30_000],
  ])('%j is a delay of %i ms', (header, wait) => {
    expect(parseRetryAfter(header, NOW)).toBe(wait);
  });

  it.each([
    undefined,
    '',
    'soon',
    'soon 5',
    '-',
    '-1',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '2099-01-01',
    '0',
    '1, 2',
    'Wed, 31 Dec 2025 23:59:00 GMT',
    'Thu, 99 Jan 2026 00:00:30 GMT',
  ])('%j is ignored', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });

  it.each([undefined, '', 'now', '5'])('goes by the own clock if the Date header is %j', (date) => {
    const header = new Date(Date.now() + 60_000).toUTCString();
    const delay = parseRetryAfter(header, date) ?? 0;
    expect(delay).toBeGreaterThan(50_000);
    expect(delay).toBeLessThanOrEqual(60_000);
  });
});

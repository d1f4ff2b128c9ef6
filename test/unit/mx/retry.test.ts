import { describe, expect, it } from 'vitest';

import { MxError } from '../../../src/mx/errors.js';
import type { MxErrorKind } from '../../../src/mx/errors.js';
import { isRetryable, MAX_ATTEMPTS, parseRetryAfter, retryDelay } from '../../../src/mx/retry.js';

/** Whether a failed read is retried. The type makes the compiler check that no kind is missing. */
const RETRYABLE: Readonly<Record<MxErrorKind, boolean>> = {
  timeout: true,
  network: true,
  malformed: true,
  unavailable: true,
  throttled: true,
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

  it('is retried if MX asks for a delay of up to five seconds, but not for a longer one', () => {
    expect(isRetryable(failed('throttled', 5_000))).toBe(true);
    expect(isRetryable(failed('throttled', 5_001))).toBe(false);
    expect(isRetryable(failed('unavailable', 60_000))).toBe(false);
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
    expect(retryDelay(failed('unavailable'), failures, 0)).toBe(0);
    expect(retryDelay(failed('unavailable'), failures, 0.5)).toBe(ceiling / 2);
    expect(retryDelay(undefined, failures, 0.999)).toBeCloseTo(ceiling * 0.999);
  });

  it('is never shorter than the delay that MX asks for', () => {
    expect(retryDelay(failed('throttled', 1_000), 1, 0)).toBe(1_000);
    expect(retryDelay(failed('throttled', 1_000), 1, 0.5)).toBe(1_050);
  });
});

describe('the Retry-After header', () => {
  const NOW = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ])('%j is a delay of %i ms', (header, wait) => {
    expect(parseRetryAfter(header, NOW)).toBe(wait);
  });

  it.each([undefined, '', 'soon', '-', 'NaN', '12345678901234567890'])('%j is ignored', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });

  it.each(['-1', '1.5'])('%j, which is not a whole number of seconds, is no delay', (header) => {
    const delay = parseRetryAfter(header, NOW);
    expect(delay ?? 0).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';

import { MxError } from '../../../src/mx/errors.js';
import type { MxErrorKind } from '../../../src/mx/errors.js';
import { isRetryable, MAX_TRIES, parseRetryAfter, retryDelay } from '../../../src/mx/retry.js';

/** Whether a read that failed so may succeed when asked again; the compiler holds it against the kinds. */
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
  overloaded: false,
  circuit_open: false,
};

const failed = (kind: MxErrorKind, retryAfterMs?: number) =>
  new MxError(kind, { endpoint: 'GET /x', retryAfterMs });

describe('a failed read', () => {
  it.each(Object.entries(RETRYABLE) as [MxErrorKind, boolean][])(
    'of the kind %s is asked again: %s',
    (kind, isAgain) => {
      expect(isRetryable(failed(kind))).toBe(isAgain);
    },
  );

  it.each([new Error('x'), null, undefined, { kind: 'timeout' }])(
    'that is not of MX (%j) is not asked again',
    (error) => {
      expect(isRetryable(error)).toBe(false);
    },
  );

  it('is asked again after a wait of up to five seconds, and not after a longer one', () => {
    expect(isRetryable(failed('throttled', 5_000))).toBe(true);
    expect(isRetryable(failed('throttled', 5_001))).toBe(false);
    expect(isRetryable(failed('unavailable', 60_000))).toBe(false);
  });

  it('is tried four times at most', () => {
    expect(MAX_TRIES).toBe(4);
  });
});

describe('the wait before the next try', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1_600],
    [6, 2_000],
    [60, 2_000],
    [2_000, 2_000],
  ])('after %i failures is anything up to %i ms', (failures, ceiling) => {
    expect(retryDelay(failed('unavailable'), failures, 0)).toBe(0);
    expect(retryDelay(failed('unavailable'), failures, 0.5)).toBe(ceiling / 2);
    expect(retryDelay(undefined, failures, 0.999)).toBeCloseTo(ceiling * 0.999);
  });

  it('is never shorter than MX asks for', () => {
    expect(retryDelay(failed('throttled', 1_000), 1, 0)).toBe(1_000);
    expect(retryDelay(failed('throttled', 1_000), 1, 0.5)).toBe(1_050);
  });
});

describe('the header Retry-After', () => {
  const NOW = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ])('%j is a wait of %i ms', (header, wait) => {
    expect(parseRetryAfter(header, NOW)).toBe(wait);
  });

  it.each([undefined, '', 'soon', '-', 'NaN', '12345678901234567890'])('%j says nothing', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });

  it.each(['-1', '1.5'])(
    '%j, which is no whole number of seconds, does not make for a wait in the past or for ever',
    (header) => {
      const wait = parseRetryAfter(header, NOW);
      expect(wait ?? 0).toBe(0);
    },
  );
});

import { describe, expect, it, onTestFinished } from 'vitest';

import { createLoadShedder } from '../../../src/http/load-shedding.js';
import type { Load } from '../../../src/http/load-shedding.js';
import { waitFor } from '../../support/wait-for.js';

const IDLE: Load = { delayMs: 3, heap: 0.4 };

/** A load shedder that measures these loads, one per millisecond, and then the last one for ever. */
function loadShedderOver(...loads: Load[]) {
  let measurements = 0;
  const measure = () => {
    measurements += 1;
    return loads[Math.min(measurements, loads.length) - 1] ?? IDLE;
  };
  const shedder = createLoadShedder(measure, 1);
  onTestFinished(() => shedder.stop());
  return { shedder, measured: (count: number) => waitFor(() => measurements >= count) };
}

describe('the load shedder', () => {
  it.each([
    ['the event loop is slow', { delayMs: 900, heap: 0.4 }],
    ['the heap is nearly full', { delayMs: 3, heap: 0.95 }],
  ])('sheds load while %s', async (_, load) => {
    const { shedder } = loadShedderOver(load);
    expect(shedder.isShedding()).toBe(false);
    await waitFor(() => shedder.isShedding());
  });

  it('ignores a single slow measurement', async () => {
    const { shedder, measured } = loadShedderOver(IDLE, { delayMs: 5_000, heap: 0.4 }, IDLE);
    await measured(2);
    expect(shedder.isShedding()).toBe(false);
    await measured(5);
    expect(shedder.isShedding()).toBe(false);
  });

  it('stops shedding when the load is normal again', async () => {
    const busy = { delayMs: 900, heap: 0.4 };
    const { shedder, measured } = loadShedderOver(busy, busy, IDLE);
    await measured(4);
    expect(shedder.isShedding()).toBe(false);
  });

  it('does not shed load in an idle process', async () => {
    const shedder = createLoadShedder(undefined, 50);
    onTestFinished(() => shedder.stop());
    const until = Date.now() + 300;
    await waitFor(() => Date.now() > until);
    expect(shedder.isShedding()).toBe(false);
  });
});

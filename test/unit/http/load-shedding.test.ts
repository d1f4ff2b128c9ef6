import { expect, it, onTestFinished } from 'vitest';

import { createLoadShedder } from '../../../src/http/load-shedding.js';
import type { Load } from '../../../src/http/load-shedding.js';
import { waitFor } from '../../support/wait-for.js';

const CALM: Load = { delayMs: 3, heap: 0.4 };

/** A pressure that is shown these loads, one a millisecond, the last of them for ever. */
function pressureOf(...loads: Load[]) {
  let looks = 0;
  const measure = () => {
    looks += 1;
    return loads[Math.min(looks, loads.length) - 1] ?? CALM;
  };
  const pressure = createLoadShedder(measure, 1);
  onTestFinished(() => pressure.stop());
  return { pressure, looksAt: (count: number) => waitFor(() => looks >= count) };
}

it.each([
  ['what is due waits too long', { delayMs: 900, heap: 0.4 }],
  ['the heap is nearly full', { delayMs: 3, heap: 0.95 }],
])('is on while %s', async (_, load) => {
  const { pressure } = pressureOf(load);
  expect(pressure.isShedding()).toBe(false);
  await waitFor(() => pressure.isShedding());
});

it('is not on for one pause', async () => {
  const { pressure, looksAt } = pressureOf(CALM, { delayMs: 5_000, heap: 0.4 }, CALM);
  await looksAt(2);
  expect(pressure.isShedding()).toBe(false);
  await looksAt(5);
  expect(pressure.isShedding()).toBe(false);
});

it('is over when it is calm again', async () => {
  const busy = { delayMs: 900, heap: 0.4 };
  const { pressure, looksAt } = pressureOf(busy, busy, CALM);
  await looksAt(4);
  expect(pressure.isShedding()).toBe(false);
});

it('is not on in a process that has little to do', async () => {
  const pressure = createLoadShedder(undefined, 50);
  onTestFinished(() => pressure.stop());
  const until = Date.now() + 300;
  await waitFor(() => Date.now() > until);
  expect(pressure.isShedding()).toBe(false);
});

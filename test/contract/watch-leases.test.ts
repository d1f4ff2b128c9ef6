import { expect, it } from 'vitest';

import { describeEachForm } from './forms.js';

describeEachForm('watch leases', (open) => {
  it('can be acquired, and renewed by acquiring them again', async () => {
    const { watchLeases } = await open();
    expect(await watchLeases.acquire(['USR-1', 'USR-2'])).toEqual(new Set(['USR-1', 'USR-2']));
    expect(await watchLeases.acquire(['USR-1'])).toEqual(new Set(['USR-1']));
  });

  it('are held until released', async () => {
    const { watchLeases } = await open();
    await watchLeases.acquire(['USR-1', 'USR-2']);
    await watchLeases.release(['USR-1', 'USR-3']);
    expect(await watchLeases.isHeld('USR-1')).toBe(false);
    expect(await watchLeases.isHeld('USR-2')).toBe(true);
    expect(await watchLeases.isHeld('USR-3')).toBe(false);
  });

  it('can be acquired for many users at once', async () => {
    const { watchLeases } = await open();
    const users = Array.from({ length: 5_000 }, (_, i) => `USR-${i}`);
    expect(await watchLeases.acquire(users)).toEqual(new Set(users));
    await watchLeases.release(users);
    expect(await watchLeases.isHeld('USR-4999')).toBe(false);
  });

  it('can be acquired and released for an empty list of users', async () => {
    const { watchLeases } = await open();
    expect(await watchLeases.acquire([])).toEqual(new Set());
    await watchLeases.release([]);
  });
});

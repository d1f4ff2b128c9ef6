import { describe, expect, it } from 'vitest';

import { FORMS } from './forms.js';

describe.each(FORMS)('leases $form', ({ open }) => {
  it('are had by the first who asks, and renewed by asking again', async () => {
    const { leases } = await open();
    expect(await leases.acquire(['USR-1', 'USR-2'])).toEqual(new Set(['USR-1', 'USR-2']));
    expect(await leases.acquire(['USR-1'])).toEqual(new Set(['USR-1']));
  });

  it('are held until released', async () => {
    const { leases } = await open();
    await leases.acquire(['USR-1', 'USR-2']);
    await leases.release(['USR-1', 'USR-3']);
    expect(await leases.isHeld('USR-1')).toBe(false);
    expect(await leases.isHeld('USR-2')).toBe(true);
    expect(await leases.isHeld('USR-3')).toBe(false);
  });

  it('are had for many users at once', async () => {
    const { leases } = await open();
    const users = Array.from({ length: 5_000 }, (_, i) => `USR-${i}`);
    expect(await leases.acquire(users)).toEqual(new Set(users));
    await leases.release(users);
    expect(await leases.isHeld('USR-4999')).toBe(false);
  });

  it('may be asked for by nobody', async () => {
    const { leases } = await open();
    expect(await leases.acquire([])).toEqual(new Set());
    await leases.release([]);
  });
});

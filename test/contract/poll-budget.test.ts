import { expect, it } from 'vitest';

import { waitFor } from '../support/wait-for.js';
import { describeEachForm, WATCH_READS_PER_SECOND } from './forms.js';

describeEachForm('the poll budget', (open) => {
  it('allows the configured number of polls per second', async () => {
    const { pollBudget } = await open();
    const takeAll = async () => {
      const taken = await Promise.all(Array.from({ length: 20 }, () => pollBudget.take()));
      return taken.filter((isTaken) => isTaken).length;
    };
    // The calls may fall into two different seconds.
    expect([WATCH_READS_PER_SECOND, 2 * WATCH_READS_PER_SECOND]).toContain(await takeAll());
    await waitFor(() => pollBudget.take(), { deadlineMs: 2_000, what: 'the next second' });
  });

  it('takes what exceeds the budget from the next seconds', async () => {
    const { pollBudget } = await open();
    await pollBudget.charge(2 * WATCH_READS_PER_SECOND);
    const chargedAt = performance.now();
    expect(await pollBudget.take()).toBe(false);
    await waitFor(() => pollBudget.take(), { deadlineMs: 4_000, what: 'the end of the debt' });
    expect(performance.now() - chargedAt).toBeGreaterThan(900);
  });

  it('gets back what was not used', async () => {
    const { pollBudget } = await open();
    await pollBudget.charge(WATCH_READS_PER_SECOND);
    await pollBudget.charge(-WATCH_READS_PER_SECOND);
    expect(await pollBudget.take()).toBe(true);
  });
});

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
});

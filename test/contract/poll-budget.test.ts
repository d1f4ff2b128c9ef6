import { describe, expect, it } from 'vitest';

import { waitFor } from '../support/wait-for.js';
import { FORMS, WATCH_READS_PER_SECOND } from './forms.js';

describe.each(FORMS)('the budget of reads $form', ({ open }) => {
  it('has so many a second, and as many again in the next', async () => {
    const { pollBudget } = await open();
    const takeAll = async () => {
      const taken = await Promise.all(Array.from({ length: 20 }, () => pollBudget.take()));
      return taken.filter((isTaken) => isTaken).length;
    };
    // The takes may lie on both sides of the turn of a second.
    expect([WATCH_READS_PER_SECOND, 2 * WATCH_READS_PER_SECOND]).toContain(await takeAll());
    await waitFor(() => pollBudget.take(), { deadlineMs: 2_000, what: 'the next second' });
  });
});

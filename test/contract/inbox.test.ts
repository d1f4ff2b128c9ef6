import { expect, it } from 'vitest';

import type { Hint } from '../../src/backplane/inbox.js';
import { waitFor } from '../support/wait-for.js';
import { consumeUntilEnd, heldConsumer, recordHints } from './consumers.js';
import { describeEachForm } from './forms.js';

const hint = (n: number): Hint => ({ userGuid: 'USR-1', memberGuid: `MBR-${n}` });

describeEachForm('the inbox', (open) => {
  it('delivers each hint once', async () => {
    const { inbox } = await open();
    const handled = recordHints(inbox);
    for (let n = 0; n < 250; n += 1) await inbox.enqueue(hint(n));
    await waitFor(() => handled.length >= 250);
    expect(handled).toEqual(Array.from({ length: 250 }, (_, n) => hint(n)));
  });

  it('delivers what a webhook tells of new data', async () => {
    const { inbox } = await open();
    const handled = recordHints(inbox);
    const news = { id: 'JOB-1', completedAt: 1_790_000_000_000, created: 3, updated: null };
    await inbox.enqueue({ ...hint(1), news });
    await waitFor(() => handled.length > 0);
    expect(handled).toEqual([{ ...hint(1), news }]);
  });

  it('continues after a hint whose handler fails', async () => {
    const { inbox } = await open();
    const handled: string[] = [];
    consumeUntilEnd(inbox, ({ memberGuid }) => {
      if (memberGuid === 'MBR-1') return Promise.reject(new Error('MX is away.'));
      handled.push(memberGuid);
      return Promise.resolve();
    });
    for (const n of [1, 2, 3]) await inbox.enqueue(hint(n));
    await waitFor(() => handled.length === 2);
    expect(handled).toEqual(['MBR-2', 'MBR-3']);
  });

  it('processes many hints at once', async () => {
    const { inbox } = await open();
    const consumer = heldConsumer(inbox);
    for (let n = 0; n < 300; n += 1) await inbox.enqueue(hint(n));
    await waitFor(() => consumer.started === 300);
    consumer.release();
  });
});

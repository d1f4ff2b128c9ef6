import { describe, expect, it, onTestFinished } from 'vitest';

import type { Hint, Inbox } from '../../src/backplane/inbox.js';
import { waitFor } from '../support/wait-for.js';
import { FORMS } from './forms.js';

const hint = (n: number): Hint => ({ userGuid: 'USR-1', memberGuid: `MBR-${n}` });

/** Follows hints and writes them down. */
function followOfTest(inbox: Inbox): Hint[] {
  const followed: Hint[] = [];
  onTestFinished(
    inbox.consume((one) => {
      followed.push(one);
      return Promise.resolve();
    }),
  );
  return followed;
}

describe.each(FORMS)('the inbox $form', ({ open }) => {
  it('hands over each hint once', async () => {
    const { inbox } = await open();
    const followed = followOfTest(inbox);
    for (let n = 0; n < 250; n += 1) await inbox.put(hint(n));
    await waitFor(() => followed.length >= 250);
    expect(followed).toEqual(Array.from({ length: 250 }, (_, n) => hint(n)));
  });

  it('goes on after a hint whose handling fails', async () => {
    const { inbox } = await open();
    const followed: string[] = [];
    onTestFinished(
      inbox.consume(({ memberGuid }) => {
        if (memberGuid === 'MBR-1') return Promise.reject(new Error('MX is away.'));
        followed.push(memberGuid);
        return Promise.resolve();
      }),
    );
    for (const n of [1, 2, 3]) await inbox.put(hint(n));
    await waitFor(() => followed.length === 2);
    expect(followed).toEqual(['MBR-2', 'MBR-3']);
  });

  it('follows many hints at once', async () => {
    const { inbox } = await open();
    let begun = 0;
    let end = () => undefined as void;
    const held = new Promise<void>((resolve) => (end = resolve));
    onTestFinished(
      inbox.consume(() => {
        begun += 1;
        return held;
      }),
    );
    for (let n = 0; n < 300; n += 1) await inbox.put(hint(n));
    await waitFor(() => begun === 300);
    end();
  });
});

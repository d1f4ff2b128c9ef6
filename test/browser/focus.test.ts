import { afterAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';

import { skipsBrowser } from '../support/chromium.js';
import { useSharedPage } from '../support/connection-scene.js';
import { closeSharedChromium } from '../support/connections-page.js';

afterAll(closeSharedChromium);

const hasFocus = (place: Locator) => place.and(place.page().locator(':focus')).waitFor();

describe.skipIf(skipsBrowser)('the focus, when a panel opens', () => {
  const opened = useSharedPage();

  it('goes to the first credential', async () => {
    const { act, dialog, page } = opened();
    await act('DENIED', /^Sign in again/);
    await hasFocus(dialog.getByLabel('Username'));
    await page.keyboard.type('mxuser');
    expect(await dialog.getByLabel('Username').inputValue()).toBe('mxuser');
  });

  it('goes to the first text challenge', async () => {
    const { act, dialog } = opened();
    await act('CHALLENGED', /^Answer/);
    await hasFocus(dialog.getByLabel('What city were you born in?'));
  });

  it('goes to the first option of a challenge', async () => {
    const { act, dialog, memberIn, sandbox } = opened();
    const { guid } = memberIn('CHALLENGED');
    sandbox.control.forceMember(guid, { challenges: 'OPTIONS' });
    await act('CHALLENGED', /^Answer/);
    await hasFocus(dialog.getByRole('radio').first());
  });

  it('goes to the bank search, then to the first credential of the chosen bank', async () => {
    const { dialog, page } = opened();
    await page.getByRole('button', { name: 'Add a bank' }).click();
    await hasFocus(dialog.getByLabel('Find your bank'));
    await page.keyboard.type('copper');
    await dialog.getByRole('button', { name: /^Copper Fox Bank/ }).click();
    await hasFocus(dialog.getByLabel('Username'));
  });

  it('goes to a challenge that appears while the panel is open', async () => {
    const { act, dialog } = opened();
    await act('REJECTED', /^Try again/);
    await hasFocus(dialog.getByLabel('What city were you born in?'));
  });

  it('stays in the input while events arrive', async () => {
    const { act, dialog, page, sandbox } = opened();
    const guid = await act('DENIED', /^Sign in again/);
    await dialog.getByLabel('Password', { exact: true }).fill('sword');
    sandbox.control.forceMember(guid, { connection_status: 'PREVENTED' });
    await dialog.getByText('The last 3 attempts').waitFor();
    await page.keyboard.type('fish');
    expect(await dialog.getByLabel('Password', { exact: true }).inputValue()).toBe('swordfish');
  });

  it('is inside a panel without inputs, and not on its close button', async () => {
    const { details, dialog, memberIn, page } = opened();
    await details(memberIn('CONNECTED').guid);
    await dialog.getByRole('region', { name: 'History' }).waitFor();
    await dialog.locator(':focus').waitFor();
    expect(await dialog.getByRole('button', { name: 'Close' }).and(page.locator(':focus')).count()).toBe(0);
  });
});

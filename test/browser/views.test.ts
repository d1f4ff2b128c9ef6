import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';

import { skipsBrowser } from '../support/chromium.js';
import { closeSharedChromium, eventually, openPage, visitPage } from '../support/connections-page.js';
import type { Visit } from '../support/connections-page.js';
import { beginningOf, wordsIn, wordsOf } from '../support/page-words.js';
import { startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { inspectView } from '../support/view-inspection.js';

let stack: Stack;
let list: Visit;
beforeAll(async () => {
  stack = await startStack({ webhooks: true });
  list = await openPage(stack.url, { reducedMotion: 'reduce' });
});
afterAll(async () => {
  await closeSharedChromium();
  await stack.dispose();
});

/** Brings a view about, from the list without a panel. */
type Bring = (page: Page) => Promise<void>;

const press = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click();
const isThere = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

const VIEWS: readonly (readonly [name: string, bring: Bring])[] = [
  ['list', async (page) => page.getByRole('article').last().waitFor()],
  [
    'credentials',
    async (page) => {
      await press(page, /^Sign in again/);
      await page.getByLabel('Password', { exact: true }).waitFor();
      await isThere(page, 'History');
    },
  ],
  [
    'challenge',
    async (page) => {
      await press(page, /^Answer/);
      await page.getByRole('textbox').waitFor();
      await isThere(page, 'History');
    },
  ],
  [
    'oauth',
    async (page) => {
      await press(page, /^Continue at bank/);
      await isThere(page, beginningOf('oauth.text'));
    },
  ],
  [
    'add',
    async (page) => {
      await press(page, /^Add a bank/);
      await isThere(page, 'MX Bank (OAuth)');
    },
  ],
  [
    'remove',
    async (page) => {
      await press(page, /^Details/);
      await press(page, /^Remove connection/);
      await isThere(page, wordsOf('remove.text'));
    },
  ],
  [
    'sandbox',
    async (page) => {
      await press(page, /^Sandbox/);
      await isThere(page, 'Break MX');
    },
  ],
];

describe.skipIf(skipsBrowser)('each view of the page', { timeout: 60_000 }, () => {
  it.each(VIEWS)('%s is accessible, fits, and sends no request to other origins', async (name, bring) => {
    const { dialog, page } = list;
    if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await bring(page);
    await inspectView(list, name);
    expect(list.strangers).toEqual([]);
    expect(list.complaints).toEqual([]);
  });

  it('gallery can be used by all, fits, and asks nobody else', async () => {
    const visit = await visitPage(`${stack.url}/gallery`, { reducedMotion: 'reduce' });
    await visit.page.locator('[data-status="UNKNOWN"]').waitFor();
    await inspectView(visit, 'gallery');
    expect(visit.strangers).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  it('the gallery has every row of the table with its phase, message and action', async () => {
    interface Row {
      readonly status: string | null;
      readonly phase: string;
      readonly messageTemplate: string | null;
      readonly requiredAction: string;
    }
    const { body } = await stack.graphql<{ connectionStatuses: Row[] }>(
      '{ connectionStatuses { status phase messageTemplate requiredAction } }',
    );
    const rows = body.data?.connectionStatuses ?? [];
    expect(rows).toHaveLength(24);
    const { page } = await visitPage(`${stack.url}/gallery`);
    await page.locator('[data-status="UNKNOWN"]').waitFor();
    for (const { status, phase, messageTemplate, requiredAction } of rows) {
      const row = page.locator(`[data-status="${status ?? 'null'}"]`);
      expect(await row.locator('.badge').getAttribute('data-tone')).toBe(phase);
      const sentence = await row.locator('.card-sentence').innerText();
      if (messageTemplate === null) expect(sentence).not.toBe('');
      else expect(sentence).toBe(messageTemplate.replace('[…]', 'Willow & Vale Bank'));
      const hasButton = requiredAction !== 'NONE' && requiredAction !== 'WAIT';
      expect(await row.getByRole('button').count()).toBe(hasButton ? 1 : 0);
    }
  });

  it('the chosen theme and language are restored on the next visit', async () => {
    const { page } = await visitPage(stack.url, { colorScheme: 'light' });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByLabel(wordsOf('settings.theme')).selectOption('dark');
    await page.getByLabel('Language').selectOption('es');
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: wordsIn('es', 'page.title') }).waitFor();
    expect(await ground()).not.toBe(light);
  });

  it('the sandbox controls force a status, break MX and restore it', async () => {
    const { page, complaints } = await visitPage(stack.url);
    await press(page, /^Sandbox/);
    const sandbox = page.getByRole('complementary', { name: 'Sandbox' });
    await sandbox.getByLabel('Status').selectOption('CLOSED');
    await sandbox.getByRole('button', { name: 'Force' }).click();
    await sandbox.getByText('Forced: CLOSED.').waitFor();
    await page.getByRole('article').first().getByText('Ended').waitFor({ timeout: 4_000 });
    await sandbox.getByRole('button', { name: 'Break MX' }).click();
    await eventually(() => stack.sandbox.control.faults()).toHaveLength(1);
    await sandbox.getByRole('button', { name: wordsOf('sandbox.up') }).click();
    await eventually(() => stack.sandbox.control.faults()).toHaveLength(0);
    expect(complaints).toEqual([]);
  });

  it('other pages cannot use the sandbox controls', async () => {
    const answer = await fetch(`${stack.url}/sandbox/reset`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(415);
  });
});

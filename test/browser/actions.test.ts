import { afterAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';

import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { ChallengeKind } from '../../src/sandbox/challenges.js';
import { skipsBrowser } from '../support/chromium.js';
import { closeSharedChromium, eventually, visitPage } from '../support/connections-page.js';
import type { Visit } from '../support/connections-page.js';
import { demoMember, membersOf } from '../support/demo-members.js';
import { stackOfTest } from '../support/start-stack.js';

afterAll(closeSharedChromium);

interface Scene extends Visit {
  readonly sandbox: Sandbox;
  cardOf(guid: string): Locator;
  /** Presses the button for the one next action of the demo user's member in a status. */
  act(status: string, button: RegExp): Promise<string>;
}

async function open(settings: Partial<{ jobMs: number; relink: boolean }> = {}): Promise<Scene> {
  const { url, sandbox } = await stackOfTest({
    webhooks: true,
    freshnessMs: 100,
    pace: { fastMs: 150, waitingMs: 1_000, slowMs: 5_000 },
    sandbox: { settings: { jobMs: 200, throttleMs: 0, ...settings } },
  });
  const visit = await visitPage(url);
  await visit.page.locator('.live[data-state="live"]').waitFor();
  const cardOf = (guid: string) => visit.page.locator(`[data-member="${guid}"]`);
  return {
    ...visit,
    sandbox,
    cardOf,
    async act(status, button) {
      const { guid } = demoMember(sandbox, status);
      await cardOf(guid).getByRole('button', { name: button }).click();
      await visit.dialog.waitFor();
      return guid;
    },
  };
}

const isConnected = ({ dialog }: Scene, bank: string) => dialog.getByText(`${bank} is connected`).waitFor();

async function signIn({ dialog }: Scene, password: string, button = 'Sign in'): Promise<void> {
  await dialog.getByLabel('Username').fill('mxuser');
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

/** The kinds of questions, each with how its right answer is given. */
const QUESTIONS: readonly (readonly [ChallengeKind, (dialog: Locator) => Promise<void>])[] = [
  ['OPTIONS', (dialog) => dialog.getByLabel('correct', { exact: true }).check()],
  ['IMAGE_DATA', (dialog) => dialog.getByLabel('What does the picture show?').fill('correct')],
  ['IMAGE_OPTIONS', (dialog) => dialog.getByRole('radio').first().check()],
  ['TOKEN', (dialog) => dialog.getByLabel('What your token generator makes of this').fill('correct')],
  [
    'SEVERAL',
    async (dialog) => {
      await dialog.getByLabel('What city were you born in?').fill('correct');
      await dialog.getByLabel('correct', { exact: true }).check();
    },
  ],
];

describe.skipIf(skipsBrowser)('what the page lets an end user do', { timeout: 30_000 }, () => {
  it('takes wrong credentials and then right ones, and shows the way', async () => {
    const scene = await open();
    await scene.act('DENIED', /^Sign in again/);
    await signIn(scene, 'INVALID');
    await scene.dialog.getByRole('list', { name: 'Progress' }).waitFor();
    await scene.dialog.getByLabel('Password').waitFor();
    expect(await scene.dialog.getByLabel('Password').inputValue()).toBe('');
    await signIn(scene, 'swordfish');
    await isConnected(scene, 'Copper Fox Bank');
    await scene.dialog.getByRole('button', { name: 'Done' }).click();
    await scene.dialog.waitFor({ state: 'detached' });
    expect(scene.complaints).toEqual([]);
  });

  it('takes a wrong answer and then, tried again, a right one', async () => {
    const scene = await open();
    await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').fill('Atlantis');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.dialog.getByText('The answer or answers provided were incorrect.').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).click();
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await isConnected(scene, 'MX Bank');
  });

  it('draws each kind of question and takes its answer', async () => {
    const scene = await open();
    const { dialog } = scene;
    const { guid } = demoMember(scene.sandbox, 'CHALLENGED');
    for (const [kind, answer] of QUESTIONS) {
      scene.sandbox.control.forceMember(guid, { challenges: kind });
      await scene
        .cardOf(guid)
        .getByRole('button', { name: /^Answer/ })
        .click();
      await answer(dialog);
      for (const image of await dialog.locator('img').all()) {
        expect(await image.evaluate('(one) => one.naturalWidth')).not.toBe(0);
      }
      await dialog.getByRole('button', { name: 'Send answer' }).click();
      await isConnected(scene, 'MX Bank');
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
  });

  it('draws the new state when a question lapses while the form is open', async () => {
    const scene = await open();
    const guid = await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').waitFor();
    scene.sandbox.control.expireChallenge(guid);
    await scene.dialog.getByText('not provided in time').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('leads to the bank and back: cancelled first, then approved', async () => {
    const scene = await open();
    await scene.act('PENDING', /^Continue at bank/);
    const visitBank = async (button: string, decision: string) => {
      const popup = scene.context.waitForEvent('page');
      await scene.dialog.getByRole('button', { name: button }).click();
      await (await popup).getByRole('button', { name: decision }).click();
    };
    await visitBank('Continue at Bluebell Mutual', 'Cancel');
    await scene.dialog.getByText('You left the bank’s pages').waitFor();
    await visitBank('Open Bluebell Mutual again', 'Approve');
    await isConnected(scene, 'Bluebell Mutual');
  });

  it('says so when the window at the bank was closed', async () => {
    const scene = await open();
    await scene.act('PENDING', /^Continue at bank/);
    const popup = scene.context.waitForEvent('page');
    await scene.dialog.getByRole('button', { name: 'Continue at Bluebell Mutual' }).click();
    await scene.dialog.getByText('Finish signing in').waitFor();
    await (await popup).close();
    await scene.dialog.getByText('The window was closed').waitFor();
  });

  it('tries again at one press, asks what comes up, and gets there', async () => {
    const scene = await open();
    await scene.act('REJECTED', /^Try again/);
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await isConnected(scene, 'Harbor Lane Credit Union');
  });

  it('sends to the bank’s website, and tries again afterwards', async () => {
    const scene = await open();
    await scene.act('IMPEDED', /^See what to do/);
    const link = scene.dialog.getByRole('link', { name: 'Go to Lantern Savings' });
    expect(await link.getAttribute('href')).toMatch(/^https?:/);
    expect(await link.getAttribute('rel')).toBe('noreferrer');
    await scene.dialog.getByRole('button', { name: 'It is done, try again' }).click();
    await isConnected(scene, 'Lantern Savings');
  });

  it('keeps by hand what has ended', async () => {
    const scene = await open();
    await scene.act('CLOSED', /^Keep by hand/);
    await scene.dialog.getByRole('button', { name: 'Keep by hand' }).click();
    await scene.dialog.getByText('You keep these accounts up to date yourself.').waitFor();
    await eventually(() => scene.page.locator('[data-member]').count()).toBe(24);
  });

  it('adds a bank by its credentials, through a question', async () => {
    const scene = await open();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('mx bank');
    await scene.dialog.getByText('2 banks').waitFor();
    await scene.dialog.getByRole('button', { name: /^MX Bank You sign in here/ }).click();
    await signIn(scene, 'options', 'Connect');
    await scene.dialog.getByLabel('correct', { exact: true }).check();
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await isConnected(scene, 'MX Bank');
    await scene.dialog.getByRole('button', { name: 'Done' }).click();
    await eventually(() => scene.page.locator('[data-member]').count()).toBe(24);
    expect(scene.strangers).toEqual([]);
  });

  it('adds a bank by OAuth', async () => {
    const scene = await open();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('oauth');
    await scene.dialog.getByRole('button', { name: /^MX Bank \(OAuth\)/ }).click();
    await scene.dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    const popup = scene.context.waitForEvent('page');
    await scene.dialog.getByRole('button', { name: 'Continue at MX Bank (OAuth)' }).click();
    await (await popup).getByRole('button', { name: 'Approve' }).click();
    await isConnected(scene, 'MX Bank (OAuth)');
  });

  it('says in its own words why a bank cannot be added', async () => {
    const scene = await open();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('repairs');
    await scene.dialog.getByRole('button', { name: /^Closed for Repairs/ }).click();
    await signIn(scene, 'swordfish', 'Connect');
    await scene.dialog.getByText('This bank cannot be connected at present.').waitFor();
  });

  it('removes a connection once that is confirmed', async () => {
    const scene = await open();
    const { guid } = demoMember(scene.sandbox, 'CLOSED');
    await scene
      .cardOf(guid)
      .getByRole('button', { name: /^Details/ })
      .click();
    await scene.dialog.getByRole('button', { name: 'Remove connection' }).click();
    expect(membersOf(scene.sandbox, scene.sandbox.demoUserGuid)).toHaveLength(23);
    await scene.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await scene.dialog.waitFor({ state: 'detached' });
    await eventually(() => scene.page.locator('[data-member]').count()).toBe(22);
    expect(membersOf(scene.sandbox, scene.sandbox.demoUserGuid)).toHaveLength(22);
  });

  it('tells what a connection has been through, as it happens', async () => {
    const scene = await open();
    const { guid } = demoMember(scene.sandbox, 'CONNECTED');
    await scene
      .cardOf(guid)
      .getByRole('button', { name: /^Details/ })
      .click();
    const history = scene.dialog.getByRole('region', { name: 'History' });
    await history.getByText('CONNECTED · first seen').waitFor();
    scene.sandbox.control.forceMember(guid, { connection_status: 'DEGRADED' });
    await history.getByText('DEGRADED ·').waitFor();
    expect(await history.getByRole('listitem').count()).toBe(2);
  });

  it('is worked by keyboard alone: Enter opens, focus stays inside, Escape gives it back', async () => {
    const scene = await open();
    const { guid } = demoMember(scene.sandbox, 'DENIED');
    const button = scene.cardOf(guid).getByRole('button', { name: /^Sign in again/ });
    await button.focus();
    await scene.page.keyboard.press('Enter');
    await scene.dialog.getByLabel('Username').waitFor();
    expect(await scene.page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
    await scene.dialog.getByLabel('Username').focus();
    await scene.page.keyboard.type('mxuser');
    await scene.page.keyboard.press('Tab');
    await scene.page.keyboard.type('swordfish');
    await scene.page.keyboard.press('Enter');
    await isConnected(scene, 'Copper Fox Bank');
    await scene.page.keyboard.press('Escape');
    await scene.dialog.waitFor({ state: 'detached' });
    // The button has gone with the need for it: what is left of the card is next to where it was.
    expect(await scene.cardOf(guid).getByRole('button').allInnerTexts()).toEqual([
      expect.stringContaining('Details'),
    ]);
    await scene
      .cardOf(guid)
      .getByRole('button', { name: /^Details/ })
      .click();
    await scene.dialog.waitFor();
    await scene.page.keyboard.press('Escape');
    await scene.dialog.waitFor({ state: 'detached' });
    expect(await scene.page.evaluate('document.activeElement.textContent')).toContain('Details');
  });
});

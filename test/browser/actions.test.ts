import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Locator } from 'playwright-core';

import type { ChallengeKind } from '../../src/sandbox/model/challenges.js';
import { TEXTS } from '../../src/messages/texts.js';
import { skipsBrowser } from '../support/chromium.js';
import { SCENE_SETTINGS, usePage, useSharedPage } from '../support/connection-scene.js';
import { closeSharedChromium, eventually } from '../support/connections-page.js';
import { demoMember, membersOf } from '../support/demo-members.js';
import { dataOf } from '../support/graphql-client.js';
import { beginningOf, wordsOf } from '../support/page-words.js';

afterAll(closeSharedChromium);

/** What the test reads of an image: none, where it could not be drawn. */
interface Picture {
  readonly naturalWidth: number;
}

/** The kinds of questions, each with how its right answer is given. */
const QUESTIONS: readonly (readonly [ChallengeKind, (dialog: Locator) => Promise<void>])[] = [
  ['OPTIONS', (dialog) => dialog.getByLabel('correct', { exact: true }).check()],
  ['IMAGE_DATA', (dialog) => dialog.getByLabel('What does the picture show?').fill('correct')],
  ['IMAGE_OPTIONS', (dialog) => dialog.getByRole('radio').first().check()],
  ['TOKEN', (dialog) => dialog.getByLabel(wordsOf('challenge.token')).fill('correct')],
  [
    'SEVERAL',
    async (dialog) => {
      await dialog.getByLabel('What city were you born in?').fill('correct');
      await dialog.getByLabel('correct', { exact: true }).check();
    },
  ],
];

describe.skipIf(skipsBrowser)('the actions of an end user', { timeout: 30_000 }, () => {
  const opened = useSharedPage();

  it('accepts right credentials after wrong ones, and shows the progress', async () => {
    const scene = opened();
    const { control } = scene.sandbox;
    onTestFinished(() => void control.setSettings(SCENE_SETTINGS));
    await scene.act('DENIED', /^Sign in again/);
    // Long enough for the page to see that the job runs.
    control.setSettings({ jobMs: 1_000 });
    await scene.signIn('INVALID');
    await scene.dialog.getByRole('list', { name: 'Progress' }).waitFor();
    control.setSettings(SCENE_SETTINGS);
    await scene.dialog.getByLabel('Password', { exact: true }).waitFor();
    expect(await scene.dialog.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    await scene.signIn('swordfish');
    await scene.isConnected('Copper Fox Bank');
    await scene.dialog.getByRole('button', { name: 'Done' }).click();
    await scene.dialog.waitFor({ state: 'detached' });
    expect(scene.complaints).toEqual([]);
  });

  it('accepts a right answer after a wrong one and another try', async () => {
    const scene = opened();
    await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').fill('Atlantis');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.dialog.getByText('The answer or answers provided were incorrect.').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).click();
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.isConnected('MX Bank');
  });

  it('shows each kind of challenge and submits its answer', async () => {
    const scene = opened();
    const { dialog } = scene;
    const { guid } = scene.memberIn('CHALLENGED');
    for (const [kind, answer] of QUESTIONS) {
      scene.sandbox.control.forceMember(guid, { challenges: kind });
      await scene
        .cardOf(guid)
        .getByRole('button', { name: /^Answer/ })
        .click();
      await answer(dialog);
      for (const image of await dialog.locator('img').all()) {
        expect(await image.evaluate((one) => (one as unknown as Picture).naturalWidth)).toBeGreaterThan(0);
      }
      await dialog.getByRole('button', { name: 'Send answer' }).click();
      await scene.isConnected('MX Bank');
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
  });

  it('shows the new state when a challenge expires while the form is open', async () => {
    const scene = opened();
    const guid = await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').waitFor();
    scene.sandbox.control.expireChallenge(guid);
    await scene.dialog.getByText('not provided in time').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('completes the OAuth flow: first cancelled, then approved', async () => {
    const scene = opened();
    await scene.act('PENDING', /^Continue at bank/);
    await scene.visitBank('Continue at Bluebell Mutual', 'Cancel');
    await scene.dialog.getByText(TEXTS['userError.OAUTH_CANCELLED']).waitFor();
    await scene.visitBank('Open Bluebell Mutual again', 'Approve');
    await scene.isConnected('Bluebell Mutual');
  });

  it('reports that the window of the bank was closed', async () => {
    const scene = opened();
    await scene.act('PENDING', /^Continue at bank/);
    const popup = scene.context.waitForEvent('page');
    await scene.dialog.getByRole('button', { name: 'Continue at Bluebell Mutual' }).click();
    await scene.dialog.getByText(beginningOf('oauth.away')).waitFor();
    await (await popup).close();
    await scene.dialog.getByText(wordsOf('oauth.closed')).waitFor();
  });

  it('retries with one click, asks the challenge, and connects', async () => {
    const scene = opened();
    await scene.act('REJECTED', /^Try again/);
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.isConnected('Harbor Lane Credit Union');
  });

  it('links to the bank’s website, and retries afterwards', async () => {
    const scene = opened();
    await scene.act('IMPEDED', TEXTS['action.VISIT_INSTITUTION']);
    const link = scene.dialog.getByRole('link', { name: 'Go to Lantern Savings' });
    expect(await link.getAttribute('href')).toMatch(/^https?:/);
    expect(await link.getAttribute('rel')).toBe('noreferrer');
    await scene.dialog.getByRole('button', { name: wordsOf('visit.done') }).click();
    await scene.isConnected('Lantern Savings');
  });

  it('shows that a bank cannot be added before a password is typed', async () => {
    const scene = opened();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('repairs');
    const bank = scene.dialog.getByRole('button', { name: /^Closed for Repairs/ });
    await bank.getByText(wordsOf('add.unavailable')).waitFor();
    expect(await bank.getAttribute('aria-disabled')).toBe('true');
    await scene.page.keyboard.press('Escape');
  });

  it('updates the history live', async () => {
    const scene = opened();
    const { guid } = scene.memberIn('CONNECTED');
    await scene.details(guid);
    const history = scene.dialog.getByRole('region', { name: 'History' });
    await history.getByText(`${wordsOf('cause.SNAPSHOT')} (CONNECTED)`).waitFor();
    scene.sandbox.control.forceMember(guid, { connection_status: 'DEGRADED' });
    await history.getByText('(DEGRADED)').waitFor();
    expect(await history.getByRole('listitem').count()).toBe(2);
  });
});

// Each on a page of its own, since it counts connections or moments, or moves the focus from where it is at first.
describe.skipIf(skipsBrowser)('the actions of an end user', { timeout: 30_000 }, () => {
  it('tracks an ended connection manually', async () => {
    const scene = await usePage();
    await scene.act('CLOSED', TEXTS['action.TRACK_MANUALLY']);
    await scene.dialog.getByRole('button', { name: TEXTS['action.TRACK_MANUALLY'] }).click();
    // MX keeps all manual accounts of a user in one member, and the demo user has it.
    await scene.dialog.getByText(wordsOf('sentence.MANUAL')).waitFor();
    const { guid } = scene.memberIn(null);
    const accounts = `{ viewer { member(guid: "${guid}") { accounts { type isManual } } } }`;
    const answer = await scene.stack.graphql<{ viewer: { member: { accounts: object[] } } }>(accounts);
    expect(dataOf(answer).viewer.member.accounts).toContainEqual({ type: 'ANY', isManual: true });
  });

  it('adds a bank by credentials and a challenge', async () => {
    const scene = await usePage();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('mx bank');
    await scene.dialog.getByText('2 banks').waitFor();
    await scene.dialog.getByRole('button', { name: /^MX Bank You sign in here/ }).click();
    await scene.signIn('options', 'Connect');
    await scene.dialog.getByLabel('correct', { exact: true }).check();
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.isConnected('MX Bank');
    await scene.dialog.getByRole('button', { name: 'Done' }).click();
    await eventually(() => scene.page.locator('[data-member]').count()).toBe(24);
    expect(scene.strangers).toEqual([]);
  });

  it('adds a bank by OAuth', async () => {
    const scene = await usePage();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('oauth');
    await scene.dialog.getByRole('button', { name: /^MX Bank \(OAuth\)/ }).click();
    await scene.dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await scene.visitBank('Continue at MX Bank (OAuth)', 'Approve');
    await scene.isConnected('MX Bank (OAuth)');
  });

  it('removes a connection after confirmation', async () => {
    const scene = await usePage();
    const { guid } = demoMember(scene.sandbox, 'CLOSED');
    await scene.details(guid);
    await scene.dialog.getByRole('button', { name: 'Remove connection' }).click();
    expect(membersOf(scene.sandbox, scene.sandbox.demoUserGuid)).toHaveLength(23);
    await scene.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await scene.dialog.waitFor({ state: 'detached' });
    await eventually(() => scene.page.locator('[data-member]').count()).toBe(22);
    expect(membersOf(scene.sandbox, scene.sandbox.demoUserGuid)).toHaveLength(22);
  });

  it('shows a past challenge as action required although a job was running', async () => {
    const scene = await usePage();
    const guid = await scene.act('CHALLENGED', TEXTS['action.ANSWER_CHALLENGE']);
    scene.sandbox.control.expireChallenge(guid);
    const moments = scene.dialog.getByRole('region', { name: 'History' }).getByRole('listitem');
    await eventually(() => moments.count()).toBe(2);
    expect(await moments.last().locator('.badge').getAttribute('data-tone')).toBe('ACTION_REQUIRED');
  });

  it('works by keyboard: Enter opens, focus stays inside, Escape restores it', async () => {
    const scene = await usePage();
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
    await scene.isConnected('Copper Fox Bank');
    await scene.page.keyboard.press('Escape');
    await scene.dialog.waitFor({ state: 'detached' });
    // The button has gone with the need for it: what is left of the card is next to where it was.
    expect(await scene.cardOf(guid).getByRole('button').allInnerTexts()).toEqual([
      expect.stringContaining('Details'),
    ]);
    await scene.details(guid);
    await scene.page.keyboard.press('Escape');
    await scene.dialog.waitFor({ state: 'detached' });
    expect(await scene.page.evaluate('document.activeElement.textContent')).toContain('Details');
  });
});

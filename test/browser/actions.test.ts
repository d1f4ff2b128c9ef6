import { afterAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';

import type { ChallengeKind } from '../../src/sandbox/model/challenges.js';
import { skipsBrowser } from '../support/chromium.js';
import { usePage } from '../support/connection-scene.js';
import { closeSharedChromium, eventually } from '../support/connections-page.js';
import { demoMember, membersOf } from '../support/demo-members.js';
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

describe.skipIf(skipsBrowser)('what the page lets an end user do', { timeout: 30_000 }, () => {
  it('takes wrong credentials and then right ones, and shows the way', async () => {
    const scene = await usePage();
    await scene.act('DENIED', /^Sign in again/);
    await scene.signIn('INVALID');
    await scene.dialog.getByRole('list', { name: 'Progress' }).waitFor();
    await scene.dialog.getByLabel('Password', { exact: true }).waitFor();
    expect(await scene.dialog.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    await scene.signIn('swordfish');
    await scene.isConnected('Copper Fox Bank');
    await scene.dialog.getByRole('button', { name: 'Done' }).click();
    await scene.dialog.waitFor({ state: 'detached' });
    expect(scene.complaints).toEqual([]);
  });

  it('takes a wrong answer and then, tried again, a right one', async () => {
    const scene = await usePage();
    await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').fill('Atlantis');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.dialog.getByText('The answer or answers provided were incorrect.').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).click();
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.isConnected('MX Bank');
  });

  it('draws each kind of question and takes its answer', async () => {
    const scene = await usePage();
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
        expect(await image.evaluate((one) => (one as unknown as Picture).naturalWidth)).toBeGreaterThan(0);
      }
      await dialog.getByRole('button', { name: 'Send answer' }).click();
      await scene.isConnected('MX Bank');
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
  });

  it('draws the new state when a question lapses while the form is open', async () => {
    const scene = await usePage();
    const guid = await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').waitFor();
    scene.sandbox.control.expireChallenge(guid);
    await scene.dialog.getByText('not provided in time').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('leads to the bank and back: cancelled first, then approved', async () => {
    const scene = await usePage();
    await scene.act('PENDING', /^Continue at bank/);
    await scene.visitBank('Continue at Bluebell Mutual', 'Cancel');
    await scene.dialog.getByText(wordsOf('refusal.OAUTH_CANCELLED')).waitFor();
    await scene.visitBank('Open Bluebell Mutual again', 'Approve');
    await scene.isConnected('Bluebell Mutual');
  });

  it('says so when the window at the bank was closed', async () => {
    const scene = await usePage();
    await scene.act('PENDING', /^Continue at bank/);
    const popup = scene.context.waitForEvent('page');
    await scene.dialog.getByRole('button', { name: 'Continue at Bluebell Mutual' }).click();
    await scene.dialog.getByText(beginningOf('oauth.away')).waitFor();
    await (await popup).close();
    await scene.dialog.getByText(wordsOf('oauth.closed')).waitFor();
  });

  it('tries again at one press, asks what comes up, and gets there', async () => {
    const scene = await usePage();
    await scene.act('REJECTED', /^Try again/);
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await scene.isConnected('Harbor Lane Credit Union');
  });

  it('sends to the bank’s website, and tries again afterwards', async () => {
    const scene = await usePage();
    await scene.act('IMPEDED', wordsOf('action.VISIT_INSTITUTION'));
    const link = scene.dialog.getByRole('link', { name: 'Go to Lantern Savings' });
    expect(await link.getAttribute('href')).toMatch(/^https?:/);
    expect(await link.getAttribute('rel')).toBe('noreferrer');
    await scene.dialog.getByRole('button', { name: wordsOf('visit.done') }).click();
    await scene.isConnected('Lantern Savings');
  });

  it('keeps by hand what has ended', async () => {
    const scene = await usePage();
    await scene.act('CLOSED', wordsOf('action.TRACK_MANUALLY'));
    await scene.dialog.getByRole('button', { name: wordsOf('action.TRACK_MANUALLY') }).click();
    await scene.dialog.getByText(wordsOf('sentence.MANUAL')).waitFor();
    await eventually(() => scene.page.locator('[data-member]').count()).toBe(24);
  });

  it('adds a bank by its credentials, through a question', async () => {
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

  it('says in its own words why a bank cannot be added', async () => {
    const scene = await usePage();
    await scene.page.getByRole('button', { name: 'Add a bank' }).click();
    await scene.dialog.getByLabel('Find your bank').fill('repairs');
    await scene.dialog.getByRole('button', { name: /^Closed for Repairs/ }).click();
    await scene.signIn('swordfish', 'Connect');
    await scene.dialog.getByText(wordsOf('refusal.INSTITUTION_UNAVAILABLE')).waitFor();
  });

  it('removes a connection once that is confirmed', async () => {
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

  it('tells what a connection has been through, as it happens', async () => {
    const scene = await usePage();
    const { guid } = demoMember(scene.sandbox, 'CONNECTED');
    await scene.details(guid);
    const history = scene.dialog.getByRole('region', { name: 'History' });
    await history.getByText(`${wordsOf('cause.SNAPSHOT')} (CONNECTED)`).waitFor();
    scene.sandbox.control.forceMember(guid, { connection_status: 'DEGRADED' });
    await history.getByText('(DEGRADED)').waitFor();
    expect(await history.getByRole('listitem').count()).toBe(2);
  });

  it('tells of a question in the past that it was for the user to answer, though a job ran', async () => {
    const scene = await usePage();
    const guid = await scene.act('CHALLENGED', wordsOf('action.ANSWER_CHALLENGE'));
    scene.sandbox.control.expireChallenge(guid);
    const moments = scene.dialog.getByRole('region', { name: 'History' }).getByRole('listitem');
    await eventually(() => moments.count()).toBe(2);
    expect(await moments.last().locator('.badge').getAttribute('data-tone')).toBe('ACTION_REQUIRED');
  });

  it('is worked by keyboard alone: Enter opens, focus stays inside, Escape gives it back', async () => {
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

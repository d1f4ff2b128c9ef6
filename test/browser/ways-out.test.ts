import { afterAll, describe, expect, it } from 'vitest';

import type { RequiredAction } from '../../src/generated/resolvers-types.js';
import { STATUS_TABLE } from '../../src/status/table.js';
import { TEXTS } from '../../src/messages/texts.js';
import { skipsBrowser } from '../support/chromium.js';
import { usePage, useSharedPage } from '../support/connection-scene.js';
import type { Scene } from '../support/connection-scene.js';
import { closeSharedChromium, eventually } from '../support/connections-page.js';
import { demoMember, membersOf } from '../support/demo-members.js';
import { wordsOf } from '../support/page-words.js';

afterAll(closeSharedChromium);

/** The member that is to be acted for, in its status, before a page that shows it. */
interface Case {
  readonly scene: Scene;
  readonly guid: string;
  readonly bank: string;
}

/** Opens the panel by the button for the one next action. */
async function press({ scene, guid }: Case): Promise<void> {
  await scene.cardOf(guid).locator('.card-actions button').first().click();
  await scene.dialog.waitFor();
}

async function tryAgain(one: Case): Promise<void> {
  const { scene, bank } = one;
  const { dialog } = scene;
  const question = dialog.getByLabel(/^What city|^correct$/);
  await question
    .or(dialog.getByText(wordsOf('done.title')))
    .first()
    .waitFor();
  if (await dialog.getByLabel('correct', { exact: true }).count()) await question.last().check();
  else if (await question.count()) await question.fill('correct');
  else return;
  await dialog.getByRole('button', { name: 'Send answer' }).click();
  await scene.isConnected(bank);
}

/** The ten actions that the graph names, each as an end user performs it on the page, to its end. */
const WAYS: Readonly<Record<RequiredAction, (one: Case) => Promise<void>>> = {
  async NONE({ scene, guid }) {
    await scene.details(guid);
    await scene.dialog.getByRole('region', { name: 'History' }).waitFor();
    expect(await scene.dialog.locator('form').count()).toBe(0);
    expect(await scene.cardOf(guid).getByRole('button').count()).toBe(1);
  },
  async WAIT({ scene, guid }) {
    await scene.details(guid);
    await scene.dialog.getByRole('region', { name: 'History' }).waitFor();
    expect(await scene.dialog.locator('.panel-step').getByRole('button').count()).toBe(0);
    expect(await scene.cardOf(guid).getByRole('button').count()).toBe(1);
  },
  async AGGREGATE(one) {
    await press(one);
    await tryAgain(one);
  },
  async RETRY_LATER(one) {
    await press(one);
    await one.scene.dialog.getByRole('button', { name: 'Try again', exact: true }).click();
    await tryAgain(one);
  },
  async UPDATE_CREDENTIALS(one) {
    await press(one);
    // Members with equal credentials would be duplicates.
    await one.scene.signIn('swordfish', 'Sign in', one.guid);
    await one.scene.isConnected(one.bank);
  },
  async ANSWER_CHALLENGE(one) {
    await press(one);
    await one.scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await one.scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    await one.scene.isConnected(one.bank);
  },
  async COMPLETE_OAUTH(one) {
    await press(one);
    await one.scene.visitBank(`Continue at ${one.bank}`, 'Approve');
    await one.scene.isConnected(one.bank);
  },
  async VISIT_INSTITUTION(one) {
    const { dialog } = one.scene;
    await press(one);
    const link = dialog.getByRole('link', { name: `Go to ${one.bank}` });
    expect(await link.getAttribute('href')).toMatch(/^https?:/);
    await dialog.getByRole('button', { name: wordsOf('visit.done') }).click();
    await one.scene.isConnected(one.bank);
  },
  async CONTACT_SUPPORT(one) {
    await press(one);
    const link = one.scene.dialog.getByRole('link', { name: 'Contact us' });
    expect(await link.getAttribute('href')).toMatch(/^mailto:|^https:/);
  },
  async TRACK_MANUALLY(one) {
    const { scene, guid } = one;
    await press(one);
    await scene.dialog.getByRole('button', { name: TEXTS['action.TRACK_MANUALLY'] }).click();
    await scene.dialog.getByText(wordsOf('sentence.MANUAL')).waitFor();
    const made = membersOf(scene.sandbox, scene.sandbox.demoUserGuid).at(-1);
    expect(made).toMatchObject({ connection_status: null });
    expect(made?.guid).not.toBe(guid);
  },
};

/** The table says which action a status asks for; the sandbox has no member of a status that the table does not list. */
const ROWS = STATUS_TABLE.filter(({ status }) => status !== 'UNKNOWN');

describe.skipIf(skipsBrowser)('every status leads to the completion of its next action', () => {
  const page = useSharedPage();
  it.each(ROWS)('$status: $action', async ({ status, action }) => {
    const scene = page();
    const { guid, name } = scene.memberIn(status);
    await WAYS[action]({ scene, guid, bank: name });
    expect(scene.complaints).toEqual([]);
  });

  it('which covers all actions of the schema', () => {
    expect(new Set(ROWS.map(({ action }) => action))).toEqual(new Set(Object.keys(WAYS)));
  });
});

describe.skipIf(skipsBrowser)('the page', () => {
  it('continues with the older connection if the bank was connected before', async () => {
    const scene = await usePage({ relink: true });
    const { guid } = demoMember(scene.sandbox, 'IMPAIRED');
    const older = { institution_code: 'bluebell_mutual', name: 'My old Bluebell', is_oauth: true };
    scene.sandbox.control.forceMember(guid, older);
    await scene.act('PENDING', /^Continue at bank/);
    await scene.visitBank('Continue at Bluebell Mutual', 'Approve');
    await scene.dialog.getByRole('heading', { name: 'My old Bluebell' }).waitFor();
    await scene.dialog.locator('.badge[data-tone="CONNECTED"]').first().waitFor();
    await eventually(() => scene.cardOf(guid).locator('.badge').getAttribute('data-tone')).toBe('CONNECTED');
    expect(demoMember(scene.sandbox, 'PENDING').guid).not.toBe(guid);
  });

  it('updates a connected connection on request', async () => {
    // Long enough for the page to see that the job runs.
    const scene = await usePage({ jobMs: 1_000 });
    const { guid } = demoMember(scene.sandbox, 'CONNECTED');
    const updated = scene.cardOf(guid).locator('.card-time time');
    const before = await updated.getAttribute('datetime');
    await scene.details(guid);
    await scene.dialog.getByRole('button', { name: wordsOf('again.update') }).click();
    await scene.dialog.getByRole('list', { name: 'Progress' }).waitFor();
    await scene.isConnected('MX Bank');
    await eventually(() => updated.getAttribute('datetime')).not.toBe(before);
  });
});

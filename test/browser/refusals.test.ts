import { afterAll, describe, expect, it } from 'vitest';

import { TEXTS } from '../../src/messages/texts.js';
import type { UserErrorCode } from '../../src/mutations/mutation.js';
import { skipsBrowser } from '../support/chromium.js';
import { usePage } from '../support/connection-scene.js';
import type { Scene } from '../support/connection-scene.js';
import { closeSharedChromium } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { beginningOf, wordsOf } from '../support/page-words.js';

afterAll(closeSharedChromium);

interface Answer {
  readonly data: Readonly<
    Record<string, { readonly userErrors?: readonly { readonly code: string }[] } | null>
  >;
}

const codesOf = ({ data }: Answer) =>
  Object.values(data).flatMap((payload) => (payload?.userErrors ?? []).map(({ code }) => code));

/** What the server refuses next, by its codes. */
async function nextRefusal({ page }: Scene): Promise<string[]> {
  const response = await page.waitForResponse(
    async (one) => one.url().endsWith('/graphql') && codesOf((await one.json()) as Answer).length > 0,
  );
  return codesOf((await response.json()) as Answer);
}

/** Has the page do what is refused, and expects the words of the API for the code. */
async function expectRefusal(scene: Scene, code: UserErrorCode, act: () => Promise<void>): Promise<void> {
  const [codes] = await Promise.all([nextRefusal(scene), act()]);
  expect(codes[0]).toBe(code);
  await scene.dialog.getByRole('alert').getByText(TEXTS[`userError.${code}`]).waitFor();
  expect(scene.complaints).toEqual([]);
}

/** Lets an operation of the page find things otherwise than the page has seen them. */
async function beforeNext({ page }: Scene, operation: string, change: () => void): Promise<void> {
  await page.route('**/graphql', async (route, request) => {
    const { operationName } = request.postDataJSON() as { operationName: string };
    if (operationName === operation) change();
    await route.fallback();
  });
}

async function choose({ page, dialog }: Scene, search: string, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Add a bank' }).click();
  await dialog.getByLabel('Find your bank').fill(search);
  await dialog.getByRole('button', { name }).click();
}

/** Adds a member to the demo user, as the partner does it at MX. */
async function addManagedMember({ sandbox }: Scene): Promise<void> {
  const { clientId, apiKey } = sandbox.credentials;
  const response = await fetch(`${sandbox.url}/users/${sandbox.demoUserGuid}/managed_members`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${apiKey}`).toString('base64')}`,
      'accept-version': 'v20250224',
    },
    body: JSON.stringify({ member: { institution_code: 'shoebox_ledger' } }),
  });
  expect(response.status).toBe(202);
}

describe.skipIf(skipsBrowser)('the page explains in its own words', () => {
  it('that a connection exists already, and opens it', async () => {
    const scene = await usePage();
    const { dialog } = scene;
    const connect = async () => {
      await choose(scene, 'copper', /^Copper Fox Bank/);
      await scene.signIn('swordfish', 'Connect');
    };
    await connect();
    await scene.isConnected('Copper Fox Bank');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expectRefusal(scene, 'MEMBER_EXISTS', connect);
    await dialog.getByRole('button', { name: wordsOf('problem.goToExisting') }).click();
    await dialog.getByRole('region', { name: 'History' }).waitFor();
    await dialog.getByRole('button', { name: wordsOf('again.update') }).waitFor();
  });

  it('that the maximum number of connections is reached', async () => {
    const scene = await usePage();
    // The demo user has 23.
    await addManagedMember(scene);
    await addManagedMember(scene);
    await choose(scene, 'copper', /^Copper Fox Bank/);
    await expectRefusal(scene, 'TOO_MANY_MEMBERS', () => scene.signIn('swordfish', 'Connect'));
  });

  it('or shows the current state if a challenge expired while its answer was sent', async () => {
    const scene = await usePage();
    const guid = await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await beforeNext(scene, 'AnswerChallenges', () => scene.sandbox.control.expireChallenge(guid));
    const refusal = nextRefusal(scene);
    await scene.dialog.getByRole('button', { name: 'Send answer' }).click();
    expect(await refusal).toEqual(['CHALLENGE_NOT_PENDING']);
    await scene.dialog.getByText('not provided in time').waitFor();
    await scene.dialog.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('that the bank is asking another question', async () => {
    const scene = await usePage();
    const guid = await scene.act('CHALLENGED', /^Answer/);
    await scene.dialog.getByLabel('What city were you born in?').fill('correct');
    await beforeNext(scene, 'AnswerChallenges', () =>
      scene.sandbox.control.forceMember(guid, { challenges: 'TOKEN' }),
    );
    await expectRefusal(scene, 'CHALLENGE_UNKNOWN', () =>
      scene.dialog.getByRole('button', { name: 'Send answer' }).click(),
    );
  });

  it('that an update is too soon, and when the next one is possible', async () => {
    const scene = await usePage();
    await scene.act('FAILED', /^Try again/);
    const successfully_aggregated_at = new Date().toISOString();
    const { guid } = demoMember(scene.sandbox, 'FAILED');
    await beforeNext(scene, 'AggregateMember', () => {
      scene.sandbox.control.setSettings({ throttleMs: 10_800_000 });
      scene.sandbox.control.forceMember(guid, { successfully_aggregated_at });
    });
    await expectRefusal(scene, 'AGGREGATION_THROTTLED', () =>
      scene.dialog.getByRole('button', { name: 'Try again', exact: true }).click(),
    );
    await scene.dialog.getByRole('alert').getByText(beginningOf('problem.retryAt')).waitFor();
  });

  it('that a bank accepts no new connections', async () => {
    const scene = await usePage();
    await choose(scene, 'newcomers', /^No Newcomers Bank/);
    await expectRefusal(scene, 'INSTITUTION_UNAVAILABLE', () => scene.signIn('swordfish', 'Connect'));
  });

  it('that the OAuth flow was cancelled or failed', async () => {
    const scene = await usePage();
    await scene.act('PENDING', /^Continue at bank/);
    await expectRefusal(scene, 'OAUTH_CANCELLED', () =>
      scene.visitBank('Continue at Bluebell Mutual', 'Cancel'),
    );
    await expectRefusal(scene, 'OAUTH_FAILED', () => scene.visitBank('Open Bluebell Mutual again', 'Fail'));
  });
});

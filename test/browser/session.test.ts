import { afterAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';

import { skipsBrowser } from '../support/chromium.js';
import { sceneOptions } from '../support/connection-scene.js';
import { closeSharedChromium, eventually, visitPage } from '../support/connections-page.js';
import type { Visit } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { wordsOf } from '../support/page-words.js';
import { useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

afterAll(closeSharedChromium);

const TRANSPORTS = ['websocket', 'sse'] as const;
type Transport = (typeof TRANSPORTS)[number];
/** A token is believed for 5 s longer than it says, for clocks differ. */
const LEEWAY_S = 5;
const SIGNED_OUT = wordsOf('session.expired');

/** An application around the page, which gives it tokens. */
interface Host {
  /** Gives the token of the moment, as often as the page asks. */
  token: () => Promise<string>;
  /** How often live updates were begun. */
  begun: number;
  signIns: number;
}

/** Keeps whether a sentence was on the screen at any time, however short. */
const watchFor = (sentence: string) => `
  window.wasShown = false;
  new MutationObserver(() => {
    if (document.body?.innerText.includes(${JSON.stringify(sentence)})) window.wasShown = true;
  }).observe(document, { childList: true, subtree: true, characterData: true });`;

async function embed(page: Page, host: Host, transport: Transport): Promise<void> {
  page.on('websocket', () => (host.begun += 1));
  page.on('request', (request) => void (host.begun += Number(request.url().endsWith('/graphql/stream'))));
  await page.exposeFunction('mxMemberToken', () => host.token());
  await page.exposeFunction('mxSignIn', () => void (host.signIns += 1));
  await page.addInitScript(
    `localStorage.setItem('mx-connections', ${JSON.stringify(JSON.stringify({ transport }))});`,
  );
  await page.addInitScript(watchFor(SIGNED_OUT));
}

interface Embedded {
  readonly stack: Stack;
  readonly visit: Visit;
  readonly host: Host;
  /** A token for the demo user that lives so many seconds. */
  readonly mint: (seconds: number) => Promise<string>;
}

/** The page within an application whose tokens live 3 s, over a server that trusts them. */
async function embedded(transport: Transport, reuses: boolean): Promise<Embedded> {
  const issuer = await issuerOfTest();
  const { auth } = issuer;
  const stack = await useStack({ ...sceneOptions(), auth });
  const mint = (seconds: number) => {
    const exp = Math.ceil(Date.now() / 1_000) + seconds - LEEWAY_S;
    return issuer.mint({ [auth.userClaim]: stack.sandbox.demoUserGuid, exp });
  };
  const first = await mint(3);
  const host: Host = { begun: 0, signIns: 0, token: () => (reuses ? Promise.resolve(first) : mint(3)) };
  const visit = await visitPage(stack.url, { prepare: (page) => embed(page, host, transport) });
  await visit.isLive();
  return { stack, visit, host, mint };
}

const force = ({ stack }: Embedded, guid: string, status: string) =>
  stack.sandbox.control.forceMember(guid, { connection_status: status });

describe.skipIf(skipsBrowser)('a session whose token expires while the page is open', () => {
  it.each(TRANSPORTS)('continues over %s with a new token', async (transport) => {
    const scene = await embedded(transport, false);
    const { visit, stack, host } = scene;
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    expect(host.begun).toBe(1);
    // The way that was opened with the first token ends with it; nothing of that is for the user to mend.
    await eventually(() => host.begun).toBeGreaterThan(1);
    await visit.isLive();
    force(scene, guid, 'LOCKED');
    await visit.cardOf(guid).getByText('Your account is locked.').waitFor({ timeout: 4_000 });
    expect(await visit.page.evaluate('window.wasShown')).toBe(false);
  });

  it.each(TRANSPORTS)('ends over %s with the old token, with a notice', async (transport) => {
    const scene = await embedded(transport, true);
    const { visit, host } = scene;
    expect(await visit.page.getByText(SIGNED_OUT).count()).toBe(0);
    await visit.page.getByText(SIGNED_OUT).waitFor();
    // What was known is still there to be read.
    expect(await visit.page.getByRole('article').count()).toBe(23);
    await visit.page.getByRole('button', { name: wordsOf('session.signIn'), exact: true }).click();
    await eventually(() => host.signIns).toBe(1);
  });

  it.each(TRANSPORTS)('continues over %s after a new sign-in', async (transport) => {
    const scene = await embedded(transport, true);
    const { visit, host, mint, stack } = scene;
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    await visit.page.getByText(SIGNED_OUT).waitFor();
    force(scene, guid, 'LOCKED');
    host.token = () => mint(3_600);
    await visit.page.getByRole('button', { name: wordsOf('session.signIn'), exact: true }).click();
    await visit.page.getByText(SIGNED_OUT).waitFor({ state: 'detached' });
    await visit.isLive();
    await visit.cardOf(guid).getByText('Your account is locked.').waitFor({ timeout: 4_000 });
    force(scene, guid, 'DENIED');
    await visit.cardOf(guid).getByText('do not match your credentials').waitFor({ timeout: 4_000 });
  });

  it('is reported in the open panel when an action needs it', async () => {
    const scene = await embedded('websocket', true);
    const { visit, stack, host } = scene;
    await visit
      .cardOf(demoMember(stack.sandbox, 'DENIED').guid)
      .getByRole('button', { name: /^Sign in again/ })
      .click();
    await visit.dialog.getByLabel('Username').fill('mxuser');
    await visit.dialog.getByLabel('Password', { exact: true }).fill('swordfish');
    await visit.page.getByText(SIGNED_OUT).first().waitFor();
    await visit.dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await visit.dialog.getByText(SIGNED_OUT).waitFor();
    await visit.dialog
      .getByRole('alert')
      .getByRole('button', { name: wordsOf('session.signIn'), exact: true })
      .click();
    await eventually(() => host.signIns).toBe(1);
    expect(await visit.dialog.getByLabel('Password', { exact: true }).inputValue()).toBe('swordfish');
  });
});

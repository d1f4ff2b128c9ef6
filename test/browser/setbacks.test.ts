import { afterAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';

import { TEXTS } from '../../src/messages/texts.js';
import { skipsBrowser } from '../support/chromium.js';
import { usePage, sceneOptions } from '../support/connection-scene.js';
import { closeSharedChromium, eventually, visitPage } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { wordsOf } from '../support/page-words.js';
import { useStack } from '../support/start-stack.js';

afterAll(closeSharedChromium);

const QUESTION = 'What city were you born in?';
const cardsOf = (place: { getByRole(role: 'article'): Locator }) => place.getByRole('article').count();

/** The middle of something on the page, for the mouse. */
async function middleOf(locator: Locator): Promise<[number, number]> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('There is nothing to point at.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

describe.skipIf(skipsBrowser)(
  'one thing that goes wrong does not take the rest with it',
  { timeout: 30_000 },
  () => {
    it('a bank that cannot be loaded: its connections are shown without its name', async () => {
      const stack = await useStack(sceneOptions());
      const endpoint = 'GET /institutions/:institution';
      stack.sandbox.control.setFaults([{ kind: 'status', status: 403, endpoint }]);
      const { body } = await stack.graphql('{ viewer { members { institution { name } } } }');
      expect(body.errors?.length).toBeGreaterThan(0);
      const { page, isLive, cardOf } = await visitPage(stack.url);
      await eventually(() => cardsOf(page)).toBe(23);
      await isLive();
      const { guid } = demoMember(stack.sandbox, 'CONNECTED');
      stack.sandbox.control.forceMember(guid, { connection_status: 'REJECTED' });
      await cardOf(guid).getByText('The answer or answers provided were incorrect.').waitFor();
      expect(await page.getByText(wordsOf('list.old')).count()).toBe(0);
    });

    it('a panel whose code cannot be loaded: the list stays, with a way to reload', async () => {
      const { url, sandbox } = await useStack();
      const { page, cardOf, dialog } = await visitPage(url);
      await page.route(/member-panel.*\.js/, (route) => route.abort());
      await cardOf(demoMember(sandbox, 'DENIED').guid)
        .getByRole('button', { name: /^Details/ })
        .click();
      await dialog.getByRole('button', { name: wordsOf('panel.reload') }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await cardsOf(page)).toBe(23);
    });

    it('documents whose hashes the API does not know: they are sent in full', async () => {
      const { url } = await useStack();
      const { page, prepare } = await unknownHashes(url);
      await prepare();
      await page.goto(url);
      await eventually(() => cardsOf(page)).toBe(23);
      await page.locator('.live[data-state="live"]').waitFor();
    });
  },
);

/** A page whose hashes are all others on their way to the API, as those of another version would be. */
async function unknownHashes(url: string) {
  const { page } = await visitPage('about:blank');
  const garble = (text: string) => text.replace(/"sha256Hash":"[0-9a-f]{8}/, '"sha256Hash":"00000000');
  return {
    page,
    prepare: async () => {
      await page.route(`${url}/graphql`, (route) =>
        route.continue({ postData: garble(route.request().postData() ?? '') }),
      );
      await page.routeWebSocket(/\/graphql$/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((message) => server.send(garble(String(message))));
      });
    },
  };
}

describe.skipIf(skipsBrowser)('the panel', { timeout: 30_000 }, () => {
  it('does not repeat the action that was started from the card', async () => {
    const { act, dialog, sandbox } = await usePage();
    const guid = await act('REJECTED', 'Try again');
    await dialog.getByLabel(QUESTION).fill('Atlantis');
    await dialog.getByRole('button', { name: 'Send answer' }).click();
    await dialog.getByText('The answer or answers provided were incorrect.').waitFor();
    await dialog.getByRole('button', { name: 'Try again', exact: true }).waitFor();
    const { guid: rejected } = demoMember(sandbox, 'REJECTED');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect([rejected, demoMember(sandbox, 'REJECTED').guid]).toEqual([guid, guid]);
  });

  it('reports that the connection was removed elsewhere', async () => {
    const { act, cardOf, dialog, page, stack } = await usePage();
    const guid = await act('LOCKED', TEXTS['action.VISIT_INSTITUTION']);
    await stack.graphql(
      `mutation { deleteMember(input: { member: { guid: "${guid}" } }) { deletedMemberId } }`,
    );
    await dialog.getByText(wordsOf('panel.removed')).first().waitFor();
    await cardOf(guid).waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
  });

  it('stays open, with its inputs, when the mouse is released outside', async () => {
    const { act, dialog, page } = await usePage();
    await act('DENIED', 'Sign in again');
    const input = dialog.getByLabel('Username');
    await input.fill('mxuser');
    await page.mouse.move(...(await middleOf(input)));
    await page.mouse.down();
    await page.mouse.move(100, 300, { steps: 4 });
    await page.mouse.up();
    expect(await input.inputValue()).toBe('mxuser');
    await page.mouse.click(100, 300);
    await dialog.waitFor({ state: 'detached' });
  });

  it('loads one more page of banks per click', async () => {
    const { page, dialog } = await usePage();
    await page.getByRole('button', { name: 'Add a bank' }).click();
    const more = dialog.getByRole('button', { name: wordsOf('add.more') });
    await more.dblclick();
    const banks = dialog.getByRole('listitem');
    await eventually(() => banks.count()).toBeGreaterThanOrEqual(40);
    const names = await banks.allInnerTexts();
    expect(new Set(names).size).toBe(names.length);
  });
});

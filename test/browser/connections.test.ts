import { afterAll, describe, expect, it } from 'vitest';

import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { TEXTS } from '../../src/messages/texts.js';
import { skipsBrowser } from '../support/chromium.js';
import { aMinuteLater, closeSharedChromium, eventually, visitPage } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { wordsIn, wordsOf } from '../support/page-words.js';
import { memberPage, memberRow, useMemberUpstream } from '../support/member-upstream.js';
import { useStack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

afterAll(closeSharedChromium);

const forced = (sandbox: Sandbox, guid: string, status: string) =>
  sandbox.control.forceMember(guid, { connection_status: status });

describe.skipIf(skipsBrowser)('the list of connections', { timeout: 30_000 }, () => {
  it('shows every connection, without requests to other origins or console errors', async () => {
    const { url } = await useStack();
    const visit = await visitPage(url);
    await eventually(() => visit.page.getByRole('article').count()).toBe(23);
    await visit.isLive();
    expect(visit.strangers).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  it('filters the connections that the API lists as needing attention', async () => {
    const { url, graphql } = await useStack();
    const { body } = await graphql<{ viewer: { members: { guid: string }[] } }>(
      '{ viewer { members(waitingOn: [END_USER, APPLICATION]) { guid } } }',
    );
    const wanted = body.data?.viewer.members.map(({ guid }) => guid) ?? [];
    const { page } = await visitPage(url);
    await page.getByRole('button', { name: /^Needs attention/ }).click();
    await eventually(() => page.getByRole('article').count()).toBe(wanted.length);
    const shown = await page.locator('[data-member]').all();
    expect(await Promise.all(shown.map((one) => one.getAttribute('data-member')))).toEqual(wanted);
  });

  it('shows an external change within 4 s, announces it, and updates the count', async () => {
    const { url, sandbox } = await useStack({ webhooks: true });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const visit = await visitPage(url);
    await visit.isLive();
    const attention = visit.page.getByRole('button', { name: /^Needs attention/ });
    const before = Number(/\d+/.exec(await attention.innerText())?.[0]);
    forced(sandbox, guid, 'LOCKED');
    await visit.cardOf(guid).getByText('Your account is locked.').waitFor({ timeout: 4_000 });
    expect(await visit.page.locator('[data-news]').innerText()).toContain('MX Bank: Action needed.');
    await eventually(() => attention.innerText()).toContain(String(before + 1));
  });

  it('shows the same in two tabs', async () => {
    const { url, sandbox } = await useStack({ webhooks: true });
    const { guid } = demoMember(sandbox, 'DENIED');
    const visit = await visitPage(url);
    const other = await visit.openTab(url);
    await other.isLive();
    await visit.isLive();
    forced(sandbox, guid, 'CONNECTED');
    for (const tab of [visit, other]) {
      await tab.cardOf(guid).locator('.badge[data-tone="CONNECTED"]').waitFor({ timeout: 4_000 });
    }
  });

  it('receives the same events over SSE as over WebSocket', async () => {
    const { url, sandbox } = await useStack({ webhooks: true });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const visit = await visitPage(url);
    await visit.isLive();
    const streamed = visit.page.waitForRequest((request) => request.url().endsWith('/graphql/stream'));
    await visit.page.getByLabel('Live updates').selectOption('sse');
    await (await streamed).response();
    await visit.isLive();
    forced(sandbox, guid, 'LOCKED');
    await visit.cardOf(guid).getByText('Your account is locked').waitFor({ timeout: 4_000 });
  });

  it('misses nothing while its socket is disconnected', async () => {
    const { url, sandbox } = await useStack({ webhooks: true });
    const denied = demoMember(sandbox, 'DENIED').guid;
    const gone = demoMember(sandbox, 'PENDING').guid;
    const visit = await visitPage('about:blank');
    let isCut = false;
    let cut: () => void = () => undefined;
    const afters: unknown[] = [];
    await visit.page.routeWebSocket(/\/graphql$/, (socket) => {
      if (isCut) return void socket.close({ code: 1012 });
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const { type, payload } = JSON.parse(String(message)) as {
          type: string;
          payload?: { variables?: { after?: unknown } };
        };
        if (type === 'subscribe') afters.push(payload?.variables?.after);
        server.send(message);
      });
      cut = () => void socket.close({ code: 1012 });
    });
    await visit.page.goto(url);
    await visit.isLive();
    await visit.cardOf(gone).waitFor();
    isCut = true;
    cut();
    await visit.page.getByText(wordsOf('live.reconnecting')).waitFor();
    forced(sandbox, denied, 'IMPEDED');
    sandbox.control.expirePending(gone);
    isCut = false;
    await visit.isLive();
    await visit.cardOf(denied).getByText('Your attention is needed').waitFor({ timeout: 4_000 });
    await visit.cardOf(gone).waitFor({ state: 'detached', timeout: 4_000 });
    expect(afters[0]).toBeNull();
    expect(afters.at(-1)).toEqual(expect.any(String));
  });

  it('shows the age of its data while MX is down, and that actions fail', async () => {
    const { url, sandbox } = await useStack({ freshnessMs: 0, deadlineMs: 500 });
    const visit = await visitPage(url);
    await visit.cardOf(demoMember(sandbox, 'DENIED').guid).waitFor();
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    // With it goes by the time that what is known may be old.
    await aMinuteLater(visit);
    await visit.page.getByText(wordsOf('list.old')).waitFor();
    expect(await visit.page.getByText(/^As of /).count()).toBe(23);
    await visit
      .cardOf(demoMember(sandbox, 'EXPIRED').guid)
      .getByRole('button', { name: /^Try again/ })
      .click();
    await visit.dialog.getByText(wordsOf('problem.failedText')).waitFor();
  });

  it('reports that loading failed, and retries', async () => {
    const { url, sandbox } = await useStack({ deadlineMs: 500 });
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    const { page } = await visitPage(url);
    await page.getByText(wordsOf('list.failed')).waitFor();
    sandbox.control.clearFaults();
    await page.getByRole('button', { name: 'Try again' }).click();
    await eventually(() => page.getByRole('article').count()).toBe(23);
  });

  it('keeps the list that it shows if the next one cannot be read, and says that it is old', async () => {
    const { url } = await useStack();
    const visit = await visitPage(url);
    await eventually(() => visit.page.getByRole('article').count()).toBe(23);
    const failed = {
      message: 'MX is unavailable.',
      extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
    };
    const errors = ['members', 'needingAttention'].map((field) => ({ ...failed, path: ['viewer', field] }));
    let isFailing = true;
    await visit.page.route('**/graphql', async (route) => {
      if (!isFailing) return route.continue();
      const response = await route.fetch();
      const { data } = (await response.json()) as { data: { viewer?: object } };
      const viewer = { ...data.viewer, members: null, needingAttention: null };
      return route.fulfill({ json: data.viewer ? { data: { ...data, viewer }, errors } : { data } });
    });
    // Again until one counts: a fetch that is in progress is not repeated.
    const noticesAfterRefresh = async () => {
      await visit.page.evaluate("window.dispatchEvent(new Event('online'))");
      return visit.page.getByText(wordsOf('list.old')).count();
    };
    await eventually(noticesAfterRefresh).toBe(1);
    expect(await visit.page.getByRole('article').count()).toBe(23);
    isFailing = false;
    await eventually(noticesAfterRefresh).toBe(0);
  });

  it('shows the other connections if MX sends one that cannot be read', async () => {
    const scene = await useMemberUpstream({ freshnessMs: 3_600_000 });
    scene.answer(memberPage([memberRow('MBR-1'), { name: 'No guid' }, memberRow('MBR-2')]));
    const { page } = await visitPage(scene.url);
    await eventually(() => page.getByRole('article').count()).toBe(2);
    expect(await page.getByText(wordsOf('list.failed')).count()).toBe(0);
    expect(await page.getByText(wordsOf('list.old')).count()).toBe(0);
  });

  it('asks signed-out users to sign in, then shows their connections', async () => {
    const issuer = await issuerOfTest();
    const { url, sandbox } = await useStack({ auth: issuer.auth });
    const visit = await visitPage(url);
    await visit.page.getByText('Please sign in again').waitFor();
    const token = await issuer.mint({ [issuer.auth.userClaim]: sandbox.demoUserGuid });
    await visit.page.addInitScript(`window.mxMemberToken = async () => ${JSON.stringify(token)}`);
    await visit.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await eventually(() => visit.page.getByRole('article').count()).toBe(23);
    await visit.isLive();
  });

  it.each([
    ['es', 'es-MX'],
    ['fr-CA', 'fr-FR'],
  ])('speaks %s to a browser that wants %s, the words of the API too', async (language, locale) => {
    const { url, sandbox, graphql } = await useStack();
    const { guid } = demoMember(sandbox, 'LOCKED');
    const visit = await visitPage(url, { locale });
    const title = wordsIn(language, 'page.title');
    await visit.page.getByRole('heading', { level: 1, name: title }).waitFor();
    const { body } = await graphql<{ member: { userMessage: string } }>(
      'query One($guid: String!, $locale: String) { member(by: { guid: $guid }) { userMessage(locale: $locale) } }',
      { guid, locale: language },
    );
    const sentence = body.data?.member.userMessage ?? '';
    expect(sentence).not.toBe('');
    await visit.cardOf(guid).getByText(sentence).waitFor();
    expect(await visit.page.locator('html').getAttribute('lang')).toBe(language);
  });

  it('changes the badges, buttons and sentences of the API with its language, in the list and in a panel', async () => {
    const { url, sandbox } = await useStack();
    const { guid } = demoMember(sandbox, 'LOCKED');
    const visit = await visitPage(url);
    const card = visit.cardOf(guid);
    await card.getByText(TEXTS['label.ACTION_REQUIRED'], { exact: true }).waitFor();
    await visit.page.getByLabel(wordsOf('settings.language')).selectOption('fr-CA');
    await card.getByText('Action requise', { exact: true }).waitFor();
    await card.getByText('Votre compte est verrouillé.').waitFor();
    await card.getByRole('button', { name: 'Régler auprès de la banque' }).waitFor();
    await card.getByRole('button', { name: wordsIn('fr-CA', 'card.details') }).click();
    await visit.dialog.locator('.badge').first().getByText('Action requise').waitFor();
    await visit.dialog.locator('.timeline .badge').first().getByText('Action requise').waitFor();
    expect(await visit.page.getByText(TEXTS['label.ACTION_REQUIRED'], { exact: true }).count()).toBe(0);
  });
});

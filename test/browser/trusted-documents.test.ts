import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';

import { skipsBrowser } from '../support/chromium.js';
import { sceneOptions } from '../support/connection-scene.js';
import { closeSharedChromium, eventually, visitPage } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { codesOf } from '../support/graphql-client.js';
import { messageFolder } from '../support/message-folder.js';
import { wordsOf } from '../support/page-words.js';
import { useStack } from '../support/start-stack.js';

afterAll(closeSharedChromium);

const OTHER = '{ viewer { guid } }';
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

interface Sent {
  readonly query?: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: string } };
}

/** Keeps what a page sends to the API, by either way. */
function listen(page: Page, operations: Record<'post' | 'socket' | 'stream', Sent[]>): Promise<void> {
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const kept = { '/graphql': operations.post, '/graphql/stream': operations.stream }[pathname];
    if (kept && request.method() === 'POST') kept.push(request.postDataJSON() as Sent);
  });
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { type: string; payload?: Sent };
      if (message.type === 'subscribe' && message.payload) operations.socket.push(message.payload);
    }),
  );
  return Promise.resolve();
}

describe.skipIf(skipsBrowser)('with a server that trusts only other documents', () => {
  it('the page works completely, and sends only hashes of documents', async () => {
    const folder = await messageFolder({ 'manifest.json': { [digest(OTHER)]: OTHER } });
    const trustedDocuments = join(folder, 'manifest.json');
    const { url, sandbox, graphql } = await useStack({ ...sceneOptions(), trustedDocuments });
    const untrusted = await graphql('{ viewer { id } }');
    expect(codesOf(untrusted)).toEqual(['DOCUMENT_NOT_TRUSTED']);

    const sent = { post: [] as Sent[], socket: [] as Sent[], stream: [] as Sent[] };
    const visit = await visitPage(url, { prepare: (page) => listen(page, sent) });
    const { page, dialog, cardOf } = visit;
    await eventually(() => page.getByRole('article').count()).toBe(23);
    await visit.isLive();

    const { guid: denied } = demoMember(sandbox, 'DENIED');
    await cardOf(denied)
      .getByRole('button', { name: /^Sign in again/ })
      .click();
    await dialog.getByRole('region', { name: 'History' }).waitFor();
    await dialog.getByLabel('Username').fill('mxuser');
    await dialog.getByLabel('Password', { exact: true }).fill('swordfish');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.getByText(wordsOf('done.title')).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const { guid } = demoMember(sandbox, 'IMPEDED');
    const force = (status: string) => sandbox.control.forceMember(guid, { connection_status: status });
    force('LOCKED');
    await cardOf(guid).getByText('Your account is locked.').waitFor({ timeout: 4_000 });
    await page.getByLabel('Live updates').selectOption('sse');
    await eventually(() => sent.stream.length).toBe(1);
    await visit.isLive();
    force('IMPEDED');
    await cardOf(guid).getByText('Your attention is needed').waitFor({ timeout: 4_000 });

    for (const way of Object.values(sent)) {
      expect(way).not.toEqual([]);
      for (const { query = '', extensions } of way) {
        expect(query).toBe('');
        expect(extensions?.persistedQuery?.sha256Hash).toMatch(/[0-9a-f]{64}$/);
      }
    }
    expect(visit.complaints).toEqual([]);
  });
});

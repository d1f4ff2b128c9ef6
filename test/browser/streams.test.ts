import { afterAll, describe, expect, it } from 'vitest';

import { skipsBrowser } from '../support/chromium.js';
import { sceneOptions } from '../support/connection-scene.js';
import { closeSharedChromium, visitPage } from '../support/connections-page.js';
import { proxyOfTest } from '../support/cuttable-proxy.js';
import { demoMember } from '../support/demo-members.js';
import { wordsOf } from '../support/page-words.js';
import { useStack } from '../support/start-stack.js';

afterAll(closeSharedChromium);

interface Asked {
  readonly variables: { readonly after: string | null };
}

/** The page with its live updates as server-sent events, which come by a way that can be cut. */
async function streamed() {
  const { url, sandbox } = await useStack(sceneOptions());
  const proxy = await proxyOfTest(url);
  const afters: (string | null)[] = [];
  const visit = await visitPage(proxy.url, {
    prepare(page) {
      page.on('request', (request) => {
        if (!request.url().endsWith('/graphql/stream')) return;
        afters.push((request.postDataJSON() as Asked).variables.after);
      });
      return page.addInitScript(`localStorage.setItem('mx-connections', '{"transport":"sse"}')`);
    },
  });
  await visit.isLive();
  const force = (guid: string, connection_status: string) =>
    sandbox.control.forceMember(guid, { connection_status });
  return { sandbox, proxy, visit, afters, force };
}

describe.skipIf(skipsBrowser)('server-sent events', () => {
  it('that are disconnected are shown as such, resume, and miss nothing', async () => {
    const { sandbox, proxy, visit, afters, force } = await streamed();
    const [locked, gone] = [demoMember(sandbox, 'LOCKED').guid, demoMember(sandbox, 'PENDING').guid];
    force(locked, 'DENIED');
    await visit.cardOf(locked).getByText('do not match your credentials').waitFor({ timeout: 4_000 });
    expect(afters).toEqual([null]);

    proxy.cut();
    await visit.page.getByText(wordsOf('live.reconnecting')).waitFor();
    force(locked, 'IMPEDED');
    sandbox.control.expirePending(gone);
    proxy.restore();

    await visit.isLive();
    await visit.cardOf(locked).getByText('Your attention is needed').waitFor({ timeout: 4_000 });
    await visit.cardOf(gone).waitFor({ state: 'detached', timeout: 4_000 });
    expect(afters.at(-1)).toEqual(expect.stringMatching(/./));
    expect(visit.strangers).toEqual([]);
  });

  it('that are disconnected repeatedly resume each time from the last event', async () => {
    const { sandbox, proxy, visit, afters, force } = await streamed();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    for (const [status, tone] of [
      ['LOCKED', 'ACTION_REQUIRED'],
      ['FAILED', 'UNAVAILABLE'],
      ['CLOSED', 'ENDED'],
    ] as const) {
      proxy.cut();
      await visit.page.getByText(wordsOf('live.reconnecting')).waitFor();
      force(guid, status);
      proxy.restore();
      await visit.cardOf(guid).locator(`.badge[data-tone="${tone}"]`).waitFor();
      await visit.isLive();
    }
    const resumed = afters.filter((after) => after !== null);
    expect(new Set(resumed).size).toBe(3);
  });
});

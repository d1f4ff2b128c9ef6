import { afterAll, describe, expect, it } from 'vitest';

import { skipsBrowser } from '../support/chromium.js';
import { sceneOptions } from '../support/connection-scene.js';
import { closeSharedChromium, visitPage } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { redisOfTest, skipsRedis } from '../support/redis-server.js';
import { useStack } from '../support/start-stack.js';

afterAll(closeSharedChromium);

/** The promise: so soon is a change on every screen. */
const PROMISE = { timeout: 4_000 };

/** Two instances over one Redis and one sandbox, whose webhooks go to the first; one tab upon each. */
async function twoTabs() {
  const { url: redisUrl } = await redisOfTest();
  const options = { ...sceneOptions(), redisUrl };
  const { url, sandbox } = await useStack(options);
  const mx = { baseUrl: sandbox.url, ...sandbox.credentials };
  const userGuid = sandbox.demoUserGuid;
  const other = await useStack({ ...options, webhooks: false, mx, auth: { kind: 'anonymous', userGuid } });
  const first = await visitPage(url);
  const second = await first.openTab(other.url);
  await first.isLive();
  await second.isLive();
  return { sandbox, first, second, callsPastIt: other.calls };
}

describe.skipIf(skipsBrowser || skipsRedis)('two tabs on different instances', () => {
  it('both show an external change within 4 s', async () => {
    const { sandbox, first, second, callsPastIt } = await twoTabs();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    sandbox.control.forceMember(guid, { connection_status: 'LOCKED' });
    const sentence = 'Your account is locked.';
    await Promise.all([first, second].map((tab) => tab.cardOf(guid).getByText(sentence).waitFor(PROMISE)));
    expect(callsPastIt()).toEqual({});
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  it.each([
    ['the first', 'first', 'second'],
    ['the second', 'second', 'first'],
  ] as const)('show on the other within 4 s what is done on %s', async (_, here, there) => {
    const { sandbox, ...tabs } = await twoTabs();
    const { guid } = demoMember(sandbox, 'FAILED');
    const [acting, watching] = [tabs[here], tabs[there]];
    await watching.cardOf(guid).locator('.badge[data-tone="UNAVAILABLE"]').waitFor();
    await acting.page.bringToFront();
    await acting
      .cardOf(guid)
      .getByRole('button', { name: /^Try again/ })
      .click();
    await acting.dialog.getByRole('button', { name: 'Try again', exact: true }).click();
    await watching.cardOf(guid).locator('.badge[data-tone="CONNECTED"]').waitFor(PROMISE);
    await acting.cardOf(guid).locator('.badge[data-tone="CONNECTED"]').waitFor(PROMISE);
  });

  it('both show the removal of a connection within 4 s', async () => {
    const { sandbox, first, second } = await twoTabs();
    const { guid } = demoMember(sandbox, 'CLOSED');
    await second.cardOf(guid).waitFor();
    await first.page.bringToFront();
    await first
      .cardOf(guid)
      .getByRole('button', { name: /^Details/ })
      .click();
    await first.dialog.getByRole('button', { name: 'Remove connection' }).click();
    await first.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await second.cardOf(guid).waitFor({ state: 'detached', ...PROMISE });
  });
});

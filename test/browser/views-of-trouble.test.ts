import { afterAll, describe, expect, it, onTestFinished } from 'vitest';

import { TEXTS } from '../../src/messages/texts.js';
import { skipsBrowser } from '../support/chromium.js';
import { SCENE_SETTINGS, sceneOptions, useSharedPage } from '../support/connection-scene.js';
import type { Scene } from '../support/connection-scene.js';
import { aMinuteLater, closeSharedChromium, visitPage } from '../support/connections-page.js';
import type { Visit } from '../support/connections-page.js';
import { beginningOf, wordsOf } from '../support/page-words.js';
import { useStack } from '../support/start-stack.js';
import type { StackOptions } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';
import { inspectView } from '../support/view-inspection.js';

afterAll(closeSharedChromium);

/** A token is believed for 5 s longer than it says. */
const SHORT_S = 2 - 5;

/** What a page complains of that is not the browser's own word for an answer that says no. */
const faultsOf = ({ complaints }: Visit) =>
  complaints.filter((complaint) => !complaint.startsWith('Failed to load resource'));

/** The views of a panel, each brought about from the list. */
const PANELS: readonly (readonly [name: string, settings: object, bring: (scene: Scene) => Promise<void>])[] =
  [
    [
      'try-again',
      {},
      async ({ act, dialog }) => {
        await act('FAILED', /^Try again/);
        await dialog.getByRole('button', { name: 'Try again', exact: true }).waitFor();
      },
    ],
    [
      'try-again-too-soon',
      { throttleMs: 10_800_000 },
      async ({ act, dialog, memberIn, sandbox }) => {
        const { guid } = memberIn('FAILED');
        const successfully_aggregated_at = new Date().toISOString();
        sandbox.control.forceMember(guid, { successfully_aggregated_at });
        await act('FAILED', /^Try again/);
        await dialog.getByText(beginningOf('again.from')).waitFor();
      },
    ],
    [
      'visit-institution',
      {},
      async ({ act, dialog }) => {
        await act('LOCKED', TEXTS['action.VISIT_INSTITUTION']);
        await dialog.getByRole('link', { name: /^Go to/ }).waitFor();
      },
    ],
    [
      'contact-support',
      {},
      async ({ act, dialog }) => {
        await act('DISABLED', /^Contact us/);
        await dialog.getByRole('link', { name: 'Contact us' }).waitFor();
      },
    ],
    [
      'progress',
      { jobMs: 600_000 },
      async ({ act, dialog }) => {
        await act('CREATED', /^Continue/);
        await dialog.getByRole('list', { name: 'Progress' }).waitFor();
      },
    ],
    [
      'done',
      {},
      async ({ act, isConnected }) => {
        await act('UPDATED', /^Continue/);
        await isConnected('Lantern Savings');
      },
    ],
    [
      'refused',
      {},
      async ({ act, dialog, visitBank }) => {
        await act('PENDING', /^Continue at bank/);
        await visitBank('Continue at Bluebell Mutual', 'Cancel');
        await dialog.getByText(TEXTS['userError.OAUTH_CANCELLED']).waitFor();
      },
    ],
    [
      'action-failed',
      {},
      async ({ act, dialog, sandbox }) => {
        await act('DEGRADED', /^Try again/);
        sandbox.control.setFaults([{ kind: 'status', status: 503, method: 'POST' }]);
        await dialog.getByRole('button', { name: 'Try again', exact: true }).click();
        await dialog.getByText(wordsOf('problem.failed')).waitFor();
      },
    ],
  ];

/** The page of a user over a server with these settings. */
async function visitStack(options: StackOptions) {
  const stack = await useStack({ ...sceneOptions(), ...options });
  return { ...stack, visit: await visitPage(stack.url) };
}

describe.skipIf(skipsBrowser)('a rare view is accessible and fits', () => {
  const opened = useSharedPage();

  it.each(PANELS)('%s', { timeout: 60_000 }, async (name, settings, bring) => {
    const scene = opened();
    const { control } = scene.sandbox;
    onTestFinished(() => {
      control.setFaults([]);
      control.setSettings(SCENE_SETTINGS);
    });
    control.setSettings(settings);
    await bring(scene);
    await inspectView(scene, name);
    expect(faultsOf(scene)).toEqual([]);
  });

  it('history', { timeout: 60_000 }, async () => {
    const scene = opened();
    const { guid } = scene.memberIn('CONNECTED');
    await scene.details(guid);
    const history = scene.dialog.getByRole('region', { name: 'History' });
    const moments = history.getByRole('listitem');
    for (const connection_status of ['DELAYED', 'DENIED', 'CHALLENGED', 'FAILED', 'CLOSED']) {
      scene.sandbox.control.forceMember(guid, { connection_status });
      await history.getByText(`(${connection_status})`).waitFor();
    }
    expect(await moments.count()).toBe(6);
    await inspectView(scene, 'history', moments.last());
  });

  it('empty', { timeout: 60_000 }, async () => {
    const userOf: StackOptions['auth'] = ({ control }) => {
      const [user] = control.createUsers({ count: 1, membersPerUser: 0 });
      return { kind: 'anonymous', userGuid: user?.guid ?? '' };
    };
    const { visit } = await visitStack({ auth: userOf });
    await visit.isLive();
    await visit.page.getByText(wordsOf('list.empty')).waitFor();
    await inspectView(visit, 'empty');
    expect(visit.complaints).toEqual([]);
  });

  it('reconnecting', { timeout: 60_000 }, async () => {
    const { url } = await useStack();
    const visit = await visitPage(url, {
      prepare: (page) => page.routeWebSocket(/\/graphql$/, (socket) => void socket.close({ code: 1012 })),
    });
    await visit.page.getByRole('article').last().waitFor();
    await visit.page.getByText(wordsOf('live.reconnecting')).waitFor();
    await inspectView(visit, 'reconnecting');
    expect(visit.complaints).toEqual([]);
  });

  it('signed-out', { timeout: 60_000 }, async () => {
    const issuer = await issuerOfTest();
    const { url, sandbox } = await useStack({ auth: issuer.auth });
    const claims = { [issuer.auth.userClaim]: sandbox.demoUserGuid };
    const token = await issuer.mint({ ...claims, exp: Math.ceil(Date.now() / 1_000) + SHORT_S });
    const visit = await visitPage(url, {
      prepare: (page) => page.exposeFunction('mxMemberToken', () => token),
    });
    await visit.page.getByText(wordsOf('session.expired')).waitFor();
    await visit.page.getByRole('article').last().waitFor();
    await inspectView(visit, 'signed-out');
    expect(faultsOf(visit)).toEqual([]);
  });

  it('mx-down', { timeout: 60_000 }, async () => {
    const { url, sandbox } = await useStack({ deadlineMs: 500 });
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    const visit = await visitPage(url);
    await visit.page.getByText(wordsOf('list.failed')).waitFor();
    await inspectView(visit, 'mx-down');
    expect(faultsOf(visit)).toEqual([]);
  });

  it('mx-down-since', { timeout: 60_000 }, async () => {
    const { visit, sandbox } = await visitStack({ freshnessMs: 0, deadlineMs: 500 });
    await visit.page.getByRole('article').last().waitFor();
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    await aMinuteLater(visit);
    await visit.page.getByText(wordsOf('list.old')).waitFor();
    await inspectView(visit, 'mx-down-since');
    expect(faultsOf(visit)).toEqual([]);
  });
});

import { afterAll, describe, expect, it } from 'vitest';

import { TEXTS } from '../../src/messages/texts.js';
import type { ConnectionPhase, RequiredAction } from '../../src/status/status.js';
import { skipsBrowser } from '../support/chromium.js';
import { usePage } from '../support/connection-scene.js';
import type { Scene } from '../support/connection-scene.js';
import { closeSharedChromium, eventually } from '../support/connections-page.js';
import { demoMember } from '../support/demo-members.js';
import { dataOf } from '../support/graphql-client.js';
import { wordsOf } from '../support/page-words.js';

afterAll(closeSharedChromium);

/** How the graph says that a member stands. */
interface Standing {
  readonly guid: string;
  readonly name: string;
  readonly connectionStatus: string | null;
  readonly phase: ConnectionPhase;
  readonly userMessage: string | null;
  readonly requiredAction: RequiredAction;
  readonly waitingOn: string;
}

interface Answer {
  readonly viewer: { readonly members: readonly Standing[] };
  readonly connectionStatuses: readonly { readonly status: string | null }[];
}

const QUERY = `{
  viewer { members { guid name connectionStatus phase userMessage requiredAction waitingOn } }
  connectionStatuses { status }
}`;

async function ask({ stack }: Scene): Promise<{ members: readonly Standing[]; rows: (string | null)[] }> {
  const { viewer, connectionStatuses } = dataOf(await stack.graphql<Answer>(QUERY));
  return { members: viewer.members, rows: connectionStatuses.map(({ status }) => status) };
}

/** The one button for the next action, if there is any. */
function buttonOf({ phase, requiredAction, waitingOn }: Standing): string[] {
  if (requiredAction === 'NONE' || requiredAction === 'WAIT') return [];
  const isOwnTurn = requiredAction === 'AGGREGATE' && waitingOn === 'APPLICATION';
  const own = phase === 'OUT_OF_DATE' ? 'UPDATE' : 'CONTINUE';
  return [TEXTS[`action.${isOwnTurn ? own : requiredAction}`]];
}

/** What a card has to show of a standing; the page has words of its own where the graph has no sentence. */
function expectedOf(standing: Standing) {
  const { name, phase, requiredAction, userMessage } = standing;
  const own = requiredAction === 'COMPLETE_OAUTH' ? requiredAction : phase;
  return {
    tone: phase,
    badge: TEXTS[`label.${phase}`],
    sentence: userMessage ?? wordsOf(`sentence.${own}`, { name }),
    buttons: [...buttonOf(standing), wordsOf('card.details')],
  };
}

/** What a card shows. */
async function shownOf({ cardOf }: Scene, { guid, name }: Standing) {
  const card = cardOf(guid);
  const badge = card.locator('.badge');
  const labels = await card.getByRole('button').allTextContents();
  return {
    tone: await badge.getAttribute('data-tone'),
    badge: (await badge.innerText()).trim(),
    sentence: await card.locator('.card-sentence').innerText(),
    buttons: labels.map((label) => label.replace(`: ${name}`, '').trim()),
  };
}

describe.skipIf(skipsBrowser)('every row of the status table', () => {
  it('is shown as a card with its message, phase and action', async () => {
    const scene = await usePage();
    const { guid } = demoMember(scene.sandbox, 'CONNECTED');
    const { members, rows } = await ask(scene);
    for (const standing of members) expect(await shownOf(scene, standing)).toEqual(expectedOf(standing));

    // No member has a status that the table does not list: one is forced into it, and comes back from it.
    scene.sandbox.control.forceMember(guid, { connection_status: 'MOONLIT' });
    await eventually(() => scene.cardOf(guid).locator('.badge').getAttribute('data-tone')).toBe('UNKNOWN');
    const unlisted = (await ask(scene)).members.find((one) => one.guid === guid);
    if (!unlisted) throw new Error('The member is gone.');
    expect(await shownOf(scene, unlisted)).toEqual(expectedOf(unlisted));

    const seen = [...members, unlisted].map(({ connectionStatus }) => connectionStatus);
    expect(new Set(seen)).toEqual(new Set(rows));
    expect(rows).toHaveLength(24);
    expect(scene.complaints).toEqual([]);
  });

  it('is shown live on the same card, one after the other', { timeout: 60_000 }, async () => {
    const scene = await usePage();
    const { guid } = demoMember(scene.sandbox, 'CONNECTED');
    const { rows } = await ask(scene);
    for (const row of rows) {
      scene.sandbox.control.forceMember(guid, { connection_status: row === 'UNKNOWN' ? 'MOONLIT' : row });
      const now = async () => (await ask(scene)).members.find((one) => one.guid === guid);
      await eventually(async () => (await now())?.connectionStatus).toBe(row);
      const standing = await now();
      if (!standing) throw new Error('The member is gone.');
      await expect.poll(() => shownOf(scene, standing), { timeout: 4_000 }).toEqual(expectedOf(standing));
    }
    expect(scene.complaints).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { transformWithOxc } from 'vite';

import type { MemberPatch } from '../../../src/sandbox/control/schemas.js';
import { readDocBlocks } from '../../support/doc-blocks.js';
import { membersOf } from '../../support/demo-members.js';
import { dataOf } from '../../support/graphql-client.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { STATUS_COLUMNS } from '../../support/status-fixtures.js';

interface Member {
  readonly isInProgress: boolean;
  readonly waitingOn: string;
  readonly requiredAction: string;
}

type Follow = (
  guid: string,
  draw: (member: Member) => void,
  options?: { everyMs?: number; forMs?: number },
) => Promise<Member | null>;

const ONE = `query One($guid: String!) { viewer { member(guid: $guid) { isInProgress waitingOn requiredAction } } }`;

/** Takes `follow` out of the guide, with the query that it declares. */
async function readFollow(nextStep: (guid: string) => Promise<Member>): Promise<Follow> {
  const block = readDocBlocks('docs/guide.md').find(({ text }) => text.includes('function follow('));
  const { code } = await transformWithOxc(block?.text ?? '', 'follow.ts');
  vi.stubGlobal('nextStep', nextStep);
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  const { follow } = (await import(/* @vite-ignore */ url)) as { follow: Follow };
  return follow;
}

let stack: Stack;
let followMember: Follow;
/** Called with each member before it is read. */
let onRead: (guid: string) => void = () => undefined;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 0 });
  followMember = await readFollow(async (guid) => {
    onRead(guid);
    const answer = await stack.graphql<{ viewer: { member: Member } }>(ONE, { guid });
    return dataOf(answer).viewer.member;
  });
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await stack.dispose();
});

const SETTLED: MemberPatch = {
  connection_status: 'CONNECTED',
  is_being_aggregated: false,
  needs_updated_credentials: false,
  error: null,
};
const wordOf = (status: string | null) => (status === 'UNKNOWN' ? 'QUARANTINED' : status);

/** Each status with a job, and without one in combination with all evidence that decides. */
function* combinations(): Iterable<MemberPatch> {
  for (const { status } of STATUS_COLUMNS) {
    const connection_status = wordOf(status);
    yield { ...SETTLED, connection_status, is_being_aggregated: true };
    for (const needs_updated_credentials of [false, true])
      for (const code of [null, 2002, 2005, 3000])
        for (const hours of [1, 100])
          yield {
            ...SETTLED,
            connection_status,
            needs_updated_credentials,
            error: code === null ? null : { error_code: code },
            successfully_aggregated_at: new Date(Date.now() - hours * 3_600_000).toISOString(),
          };
  }
}

describe('follow() of the guide', () => {
  it('reads a member once in every state in which MX is not at work, else until it settles', async () => {
    const guids = membersOf(stack.sandbox, stack.sandbox.demoUserGuid).map(({ guid }) => guid);
    const patches = [...combinations()];
    const reads = new Map<string, number>();
    onRead = (guid) => {
      const count = (reads.get(guid) ?? 0) + 1;
      reads.set(guid, count);
      if (count === 2) stack.sandbox.control.forceMember(guid, SETTLED);
    };
    const continued = new Set<string>();
    const followAll = async (guid: string, index: number) => {
      for (const patch of patches.filter((_, at) => at % guids.length === index)) {
        stack.sandbox.control.forceMember(guid, patch);
        reads.set(guid, 0);
        const drawn: Member[] = [];
        const last = await followMember(guid, (member) => drawn.push(member), { everyMs: 1 });
        expect(last).toEqual(drawn.at(-1));
        if (drawn.length > 1) continued.add(`${patch.connection_status} ${patch.is_being_aggregated}`);
      }
    };
    await Promise.all(guids.map(followAll));
    const working = STATUS_COLUMNS.map(({ status }) => wordOf(status)).filter(
      (status) => status !== 'CHALLENGED' && status !== 'PENDING',
    );
    expect(continued).toEqual(new Set([...working.map((status) => `${status} true`), 'RESUMED false']));
  });

  it('ends after its time limit if MX does not finish, or the member cannot be read', async () => {
    onRead = () => undefined;
    const [{ guid } = { guid: '' }] = membersOf(stack.sandbox, stack.sandbox.demoUserGuid);
    stack.sandbox.control.forceMember(guid, { ...SETTLED, connection_status: 'RESUMED' });
    const limits = { everyMs: 10, forMs: 50 };
    expect(await followMember(guid, () => undefined, limits)).toMatchObject({ requiredAction: 'WAIT' });
    expect(await followMember('MBR-none', () => undefined, limits)).toBeNull();
  });
});

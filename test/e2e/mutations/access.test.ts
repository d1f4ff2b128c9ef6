import { describe, expect, it } from 'vitest';

import { codesOf } from '../../support/graphql-client.js';
import { createMutationClient } from '../../support/mutations.js';
import type { Input, MutationAnswer, MutationClient, MutationName } from '../../support/mutations.js';
import { createSandboxSwitches } from '../../support/sandbox-switches.js';
import type { SandboxSwitches } from '../../support/sandbox-switches.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import type { TokenIssuer } from '../../support/token-issuer.js';

const ABSENT = 'MBR-00000000-0000-4000-8000-000000000000';
const VALUES = [{ guid: 'CRD-1', value: 'correct' }];

/** Every mutation that names a member, and how. */
const ON_A_MEMBER: readonly (readonly [MutationName, (memberGuid: string, own: string) => Input])[] = [
  ['updateMemberCredentials', (memberGuid) => ({ member: { guid: memberGuid }, credentials: VALUES })],
  ['aggregateMember', (memberGuid) => ({ member: { guid: memberGuid } })],
  ['answerChallenges', (memberGuid) => ({ member: { guid: memberGuid }, answers: VALUES })],
  ['createOauthWindowUrl', (memberGuid) => ({ member: { guid: memberGuid } })],
  [
    'createOauthWindowUrl',
    (memberGuid) => ({ member: { guid: memberGuid }, oauth: { referralSource: 'APP' } }),
  ],
  ['completeOauth', (memberGuid) => ({ member: { guid: memberGuid }, status: 'SUCCESS' })],
  [
    'completeOauth',
    (memberGuid) => ({ member: { guid: memberGuid }, status: 'ERROR', errorReason: 'CANCELLED' }),
  ],
  [
    'completeOauth',
    (memberGuid, own) => ({ member: { guid: own }, returnedMemberGuid: memberGuid, status: 'SUCCESS' }),
  ],
  ['deleteMember', (memberGuid) => ({ member: { guid: memberGuid } })],
];

const CREATES: readonly (readonly [MutationName, Input])[] = [
  ['createMember', { institutionCode: 'mxbank', access: { credentials: VALUES } }],
  ['createMember', { institutionCode: 'mx_bank_oauth', access: { oauth: {} } }],
  ['createManualMember', { institutionCode: 'shoebox_ledger' }],
];

interface Guarded {
  readonly client: MutationClient;
  readonly sandbox: SandboxSwitches;
  readonly issuer: TokenIssuer;
  readonly demoUserGuid: string;
  /** One member of each status, and one of somebody else's. */
  readonly ownGuids: readonly string[];
  readonly foreignGuid: string;
}

async function guarded(): Promise<Guarded> {
  const issuer = await issuerOfTest();
  const stack = await useStack({ auth: issuer.auth });
  const sandbox = createSandboxSwitches(stack.sandbox);
  const guidsOf = async (user: string) => (await sandbox.members(user)).map(({ guid }) => guid);
  const { demoUserGuid, otherUserGuid } = stack.sandbox;
  const [foreignGuid = ''] = await guidsOf(otherUserGuid);
  return {
    client: createMutationClient(stack.graphql),
    sandbox,
    issuer,
    demoUserGuid,
    ownGuids: await guidsOf(demoUserGuid),
    foreignGuid,
  };
}

const said = ({ status, body }: MutationAnswer) => [status, body.data, body.errors];
const titled = ON_A_MEMBER.map(([name, toInput], index) => ({ title: `${name} (${index})`, name, toInput }));

describe('a mutation of somebody else’s member', () => {
  it.each(titled)(
    'is the same as of none at all, and MX is sent nothing: $title',
    async ({ name, toInput }) => {
      const { client, sandbox, issuer, demoUserGuid, ownGuids, foreignGuid } = await guarded();
      const token = await issuer.mint({ mx_user_guid: demoUserGuid });
      const before = await sandbox.members(demoUserGuid);
      const send = (guid: string) => client.send(name, toInput(guid, ownGuids.at(-2) ?? ''), { token });
      const [foreign, absent] = [await send(foreignGuid), await send(ABSENT)];
      expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
      expect(said(foreign)).toEqual(said(absent));
      expect(foreign.text).not.toContain(foreignGuid);

      const calls = await sandbox.calls();
      expect(Object.keys(calls)).toEqual(['GET /users/:user/members']);
      expect(await sandbox.members(demoUserGuid)).toEqual(before);
    },
  );
});

describe('the support scope', () => {
  it.each(titled)('lets nobody act for another: $title', async ({ name, toInput }) => {
    const { client, sandbox, issuer, demoUserGuid, foreignGuid, ownGuids } = await guarded();
    const input = toInput(foreignGuid, ownGuids.at(-2) ?? '');
    const scope = 'mx:support';
    const alsoUser = await client.send(name, input, {
      token: await issuer.mint({ mx_user_guid: demoUserGuid, scope }),
    });
    expect(codesOf(alsoUser)).toEqual(['NOT_FOUND']);
    const noUser = await client.send(name, input, { token: await issuer.mint({ scope }) });
    expect(codesOf(noUser)).toEqual(['FORBIDDEN']);
    expect(noUser.body.data).toEqual({ payload: null });
    expect(await sandbox.writes()).toEqual({});
  });

  it.each(CREATES)('makes nothing for nobody: %s %j', async (name, input) => {
    const { client, sandbox, issuer } = await guarded();
    const answer = await client.send(name, input, { token: await issuer.mint({ scope: 'mx:support' }) });
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(await sandbox.writes()).toEqual({});
  });
});

describe('without a token', () => {
  const all = [...ON_A_MEMBER.map(([name, toInput]) => [name, toInput(ABSENT, ABSENT)] as const), ...CREATES];

  it.each(all)('nothing is done, and MX is not asked: %s %j', async (name, input) => {
    const { client, sandbox } = await guarded();
    const answer = await client.send(name, input);
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(await sandbox.calls()).toEqual({});
  });
});

describe('what names no member or institution', () => {
  it.each(['', 'USR-1', 'MBR-', 'MBR-1/../../users', 'MBR-ü', `MBR-${'1'.repeat(61)}`, ' MBR-1'])(
    'is told from one that is not there: %j',
    async (guid) => {
      const { client, sandbox, issuer, demoUserGuid, ownGuids } = await guarded();
      const token = await issuer.mint({ mx_user_guid: demoUserGuid, scope: 'mx:support' });
      for (const { name, toInput } of titled) {
        const answer = await client.send(name, toInput(guid, ownGuids[0] ?? ''), { token });
        expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
      }
      for (const [name, input] of CREATES) {
        const answer = await client.send(name, { ...input, institutionCode: `${guid}/..` }, { token });
        expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
      }
      expect(await sandbox.calls()).toEqual({});
    },
  );
});

import { describe, expect, it } from 'vitest';

import { encodeNodeId } from '../../../src/graphql/node-id.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { useFrontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import { createMutationClient } from '../../support/mutations.js';
import type { Input, MutationName } from '../../support/mutations.js';
import { useStack } from '../../support/start-stack.js';

/** Every mutation of a member, with the rest of its input. */
const MUTATIONS: readonly (readonly [name: MutationName, rest: Input])[] = [
  ['updateMemberCredentials', { credentials: [] }],
  ['aggregateMember', {}],
  ['answerChallenges', { answers: [] }],
  ['createOauthWindowUrl', {}],
  ['completeOauth', { status: 'SUCCESS' }],
  ['deleteMember', {}],
];

const ABSENT = 'MBR-00000000-0000-4000-8000-000000000000';

const idOf = (userGuid: string, memberGuid: string) => encodeNodeId({ type: 'Member', userGuid, memberGuid });

describe('a mutation', () => {
  it.each(MUTATIONS)('finds the member by its id as by its guid: %s', async (name, rest) => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    const byGuid =
      name === 'deleteMember' ? null : await frontend.perform(name, { member: { guid }, ...rest });
    const { id } = (await frontend.read(guid)) as { readonly id: string };
    const byId = await frontend.perform(name, { member: { id }, ...rest });
    if (byGuid) expect(byId).toMatchObject({ member: { guid }, userErrors: byGuid.userErrors });
    else expect(byId).toMatchObject({ deletedMemberId: id, userErrors: [] });
  });

  it.each(MUTATIONS)(
    'does not tell an id of another user’s member from one of none: %s',
    async (name, rest) => {
      const stack = await useStack();
      const client = createMutationClient(stack.graphql);
      const { demoUserGuid, otherUserGuid } = stack.sandbox;
      const foreign = membersOf(stack.sandbox, otherUserGuid)[0]?.guid ?? '';
      const own = demoMember(stack.sandbox, 'CONNECTED').guid;
      const before = membersOf(stack.sandbox, otherUserGuid);
      stack.forgetCalls();
      const ids = [
        ...[foreign, ABSENT, own].map((guid) => idOf(otherUserGuid, guid)),
        idOf('USR-nobody', foreign),
      ];
      const answers = [];
      for (const id of ids) answers.push(await client.send(name, { member: { id }, ...rest }));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers.flatMap(codesOf)).toEqual(ids.map(() => 'NOT_FOUND'));
      expect(stack.calls()).toEqual({});
      // With the viewer in its place, it is one that does not exist.
      const moved = await client.send(name, { member: { id: idOf(demoUserGuid, foreign) }, ...rest });
      expect(moved.text).toBe(answers[0]?.text);
      expect(membersOf(stack.sandbox, otherUserGuid)).toEqual(before);
    },
  );

  it.each(MUTATIONS)('refuses what is no id of a member before MX is asked: %s', async (name, rest) => {
    const frontend = await useFrontend();
    await frontend.sandbox.forgetCalls();
    const ids = [
      '',
      'nonsense',
      ABSENT,
      encodeNodeId({ type: 'User', userGuid: frontend.userGuid }),
      encodeNodeId({ type: 'Institution', code: 'mxbank' }),
    ];
    for (const id of ids) {
      const answer = await frontend.send(name, { member: { id }, ...rest });
      expect([answer.status, codesOf(answer)]).toEqual([200, ['BAD_USER_INPUT']]);
    }
    expect(await frontend.sandbox.calls()).toEqual({});
  });
});

describe('the type of a user error', () => {
  const query = `mutation ($input: CreateMemberInput!) { createMember(input: $input) { userErrors {
    __typename code ... on MemberExistsError { existingMemberGuid existingMember { guid connectionStatus } } } } }`;
  type Answer = Readonly<Record<'createMember', { readonly userErrors: readonly unknown[] }>>;

  it('is MemberExistsError for a duplicate, with the member', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    const access = { credentials: await frontend.login('mxbank', 'swordfish') };
    const input = { institutionCode: 'mxbank', access };
    expect(dataOf(await frontend.graphql<Answer>(query, { input })).createMember.userErrors).toEqual([
      {
        __typename: 'MemberExistsError',
        code: 'MEMBER_EXISTS',
        existingMemberGuid: guid,
        existingMember: { guid, connectionStatus: 'CONNECTED' },
      },
    ]);
  });

  it('is PlainUserError for a code without more fields', async () => {
    const frontend = await useFrontend();
    const input = { institutionCode: 'mx_bank_oauth', access: { credentials: [] } };
    expect(dataOf(await frontend.graphql<Answer>(query, { input })).createMember.userErrors).toEqual([
      { __typename: 'PlainUserError', code: 'OAUTH_REQUIRED' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';

import { encodeNodeId } from '../../../src/graphql/node-id.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';

const NODE = `query ($id: ID!) { node(id: $id) { __typename id ... on Account { guid name member { guid } } } }`;

interface Account {
  readonly id: string;
  readonly guid: string;
  readonly name: string;
}

async function accountOf(graphql: GraphqlClient, memberGuid: string, token: string): Promise<Account> {
  const query = `{ member(by: { guid: "${memberGuid}" }) { accounts { id guid name } } }`;
  type Data = { readonly member: { readonly accounts: readonly Account[] } };
  const [account] = dataOf(await graphql<Data>(query, {}, { token })).member.accounts;
  if (account) return account;
  throw new Error('The member has no account.');
}

describe('the node of an account', () => {
  it('is read by its owner and by support; for others it does not exist', async () => {
    const issuer = await issuerOfTest();
    const { graphql, sandbox } = await useStack({ auth: issuer.auth });
    const owner = await issuer.mint({ mx_user_guid: sandbox.demoUserGuid });
    const other = await issuer.mint({ mx_user_guid: sandbox.otherUserGuid });
    const support = await issuer.mint({ scope: 'mx:support' });
    const { guid: memberGuid } = demoMember(sandbox, 'CONNECTED');
    const { id, guid, name } = await accountOf(graphql, memberGuid, owner);

    const node = { __typename: 'Account', id, guid, name, member: { guid: memberGuid } };
    for (const token of [owner, support]) {
      expect(dataOf(await graphql(NODE, { id }, { token }))).toEqual({ node });
    }
    const foreign = await graphql(NODE, { id }, { token: other });
    const absentId = encodeNodeId({ type: 'Account', userGuid: sandbox.demoUserGuid, accountGuid: 'ACT-0' });
    const absent = await graphql(NODE, { id: absentId }, { token: other });
    expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
    expect(foreign.text).toBe(absent.text);
    // With the viewer's own guid before it, it is another user's all the same.
    const claimed = encodeNodeId({ type: 'Account', userGuid: sandbox.otherUserGuid, accountGuid: guid });
    expect(codesOf(await graphql(NODE, { id: claimed }, { token: other }))).toEqual(['NOT_FOUND']);
    const [own] = membersOf(sandbox, sandbox.otherUserGuid);
    const theirs = await accountOf(graphql, own?.guid ?? '', other);
    expect(codesOf(await graphql(NODE, { id: theirs.id }, { token: owner }))).toEqual(['NOT_FOUND']);
  });

  it('is an entity of the subgraph', async () => {
    const { graphql, sandbox } = await useStack({ federation: true });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const query = `{ member(by: { guid: "${guid}" }) { accounts { id guid } } }`;
    const { member } = dataOf(await graphql<{ member: { accounts: Account[] } }>(query));
    const [account] = member.accounts;
    const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Account { id guid } } }`;
    const representations = [{ __typename: 'Account', id: account?.id }];
    expect(dataOf(await graphql(entities, { representations }))).toEqual({ _entities: [account] });
  });
});

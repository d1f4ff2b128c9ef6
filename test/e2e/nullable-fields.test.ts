import { describe, expect, it } from 'vitest';

import { demoMember } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

const LIST = 'GET /users/:user/members';
const INSTITUTION = 'GET /institutions/:institution';
const BANKS = 'institutions(search: "") { totalCount }';

/** An operation is compiled when it comes for the third time. */
const RUNS = 4;

interface Row {
  readonly name: string;
  readonly endpoint: string;
  readonly query: string;
  readonly data: unknown;
  readonly paths: readonly (readonly string[])[];
}

const ROWS: readonly Row[] = [
  {
    name: 'the list of members',
    endpoint: LIST,
    query: '{ viewer { guid members { guid } again: members { name } } locales }',
    data: { viewer: { guid: expect.stringMatching(/^USR-/) as unknown, members: null, again: null } },
    paths: [
      ['viewer', 'members'],
      ['viewer', 'again'],
    ],
  },
  {
    name: 'one member',
    endpoint: LIST,
    query: '{ member(by: { guid: "MBR-1" }) { guid } viewer { member(guid: "MBR-1") { guid } } locales }',
    data: { member: null, viewer: { member: null } },
    paths: [['member'], ['viewer', 'member']],
  },
  {
    name: 'an institution',
    endpoint: INSTITUTION,
    query: '{ viewer { guid } institution(code: "mxbank") { code } locales }',
    data: { viewer: { guid: expect.stringMatching(/^USR-/) as unknown }, institution: null },
    paths: [['institution']],
  },
  {
    name: 'the search of institutions',
    endpoint: 'GET /institutions',
    query: `{ viewer { guid } ${BANKS} locales }`,
    data: { institutions: null },
    paths: [['institutions']],
  },
  {
    name: 'the credential fields of an institution',
    endpoint: 'GET /institutions/:institution/credentials',
    query: '{ institution(code: "mxbank") { name credentialFields { guid } } locales }',
    data: { institution: { name: 'MX Bank', credentialFields: null } },
    paths: [['institution', 'credentialFields']],
  },
];

describe('what cannot be read of MX', () => {
  it.each(ROWS)('nulls its own field and nothing else: $name', async ({ endpoint, query, data, paths }) => {
    const { graphql, sandbox } = await useStack({ freshnessMs: 0 });
    sandbox.control.setFaults([{ endpoint, kind: 'status', status: 403 }]);
    const texts = new Set<string>();
    for (let run = 0; run < RUNS; run += 1) {
      const { status, body, text } = await graphql(query);
      texts.add(text);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({ ...(data as object), locales: ['en', 'es', 'fr-CA'] });
      expect(body.errors?.map(({ path }) => path)).toEqual(paths);
    }
    expect(texts.size).toBe(1);
  });

  it('leaves the required action of a member that depends on its institution', async () => {
    const { graphql, sandbox } = await useStack({ freshnessMs: 0 });
    sandbox.control.setFaults([{ endpoint: INSTITUTION, kind: 'status', status: 403 }]);
    const { guid } = demoMember(sandbox, 'DENIED');
    const query = `{ member(by: { guid: "${guid}" }) { requiredAction actionSteps userMessage institution { name } } }`;
    const { body } = await graphql(query);
    expect(body.data).toMatchObject({
      member: { requiredAction: 'UPDATE_CREDENTIALS', institution: null },
    });
    expect(body.errors?.map(({ path }) => path)).toEqual([['member', 'institution']]);
  });
});

it('a viewer who is no end user nulls `viewer` and nothing else', async () => {
  const issuer = await issuerOfTest();
  const { graphql } = await useStack({ auth: issuer.auth });
  const token = await issuer.mint({ [issuer.auth.userClaim]: undefined, scope: 'mx:support' });
  const answer = await graphql('{ viewer { guid } locales }', {}, { token });
  expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  expect(answer.body.data).toEqual({ viewer: null, locales: ['en', 'es', 'fr-CA'] });
  expect(dataOf(await graphql('{ locales }', {}, { token }))).toEqual({ locales: ['en', 'es', 'fr-CA'] });
});

import { describe, expect, it } from 'vitest';

import { demoMember } from '../support/demo-members.js';
import { dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';

interface Part {
  readonly id: string;
  readonly guid: string;
}
interface Parts {
  readonly member: {
    readonly challenges: readonly Part[] | null;
    readonly credentialFields: readonly Part[] | null;
  };
}

const PARTS = `query Parts($guid: String!) {
  member(by: { guid: $guid }) { challenges { id guid } credentialFields { id guid } }
}`;

describe('the objects of a form', () => {
  it('have an id for the cache of a client, the same in each answer', async () => {
    const { graphql, sandbox } = await useStack({ freshnessMs: 0 });
    for (const status of ['CHALLENGED', 'DENIED']) {
      const { guid } = demoMember(sandbox, status);
      const read = async () => dataOf(await graphql<Parts>(PARTS, { guid })).member;
      const { challenges, credentialFields } = await read();
      const parts = [...(challenges ?? []), ...(credentialFields ?? [])];
      expect(parts.length).toBeGreaterThan(0);
      for (const { id, guid: part } of parts) {
        expect(Buffer.from(id, 'base64url').toString().split(':')).toEqual([
          status === 'DENIED' ? 'CredentialField' : 'Challenge',
          part,
        ]);
      }
      expect(await read()).toEqual({ challenges, credentialFields });
    }
  });

  it('have an id for each kind of challenge', async () => {
    const { graphql, sandbox } = await useStack({ freshnessMs: 0 });
    const { guid } = demoMember(sandbox, 'CHALLENGED');
    for (const kind of ['TEXT', 'OPTIONS', 'IMAGE_DATA', 'IMAGE_OPTIONS', 'TOKEN', 'SEVERAL'] as const) {
      sandbox.control.forceMember(guid, { challenges: kind });
      const { challenges } = dataOf(await graphql<Parts>(PARTS, { guid })).member;
      const ids = (challenges ?? []).map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('the scalars of the graph', () => {
  it('name their specification', async () => {
    const { graphql } = await useStack();
    const query =
      '{ date: __type(name: "DateTime") { specifiedByURL } url: __type(name: "URL") { specifiedByURL } }';
    expect(dataOf(await graphql(query))).toEqual({
      date: { specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339' },
      url: { specifiedByURL: 'https://url.spec.whatwg.org/' },
    });
  });
});

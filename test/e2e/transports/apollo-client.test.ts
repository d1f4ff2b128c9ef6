import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { HttpLink } from '@apollo/client/link/http';
import { RetryLink } from '@apollo/client/link/retry';
import { describe, expect, it, onTestFinished } from 'vitest';

import { membersOf } from '../../support/demo-members.js';
import { freePort } from '../../support/free-port.js';
import { startStack, useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const CHANGES = gql`
  subscription Changes($after: String) {
    memberStatusChanged(after: $after) {
      cursor
      memberGuid
      connectionStatus
      cause
    }
  }
`;

interface Change {
  readonly cursor: string;
  readonly memberGuid: string;
  readonly connectionStatus: string | null;
  readonly cause: string;
}

const clientOf = (url: string, headers: Record<string, string> = {}) => {
  const retry = new RetryLink({ delay: { initial: 50, max: 200 }, attempts: { max: 100 } });
  const link = ApolloLink.from([retry, new HttpLink({ uri: `${url}/graphql`, headers })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  onTestFinished(() => client.stop());
  return client;
};

describe('Apollo Client with its HttpLink alone', () => {
  it('subscribes, and resumes after a restart of the server', async () => {
    const port = await freePort();
    const stack = await useStack({ config: { port } });
    const guids = membersOf(stack.sandbox, stack.sandbox.demoUserGuid).map(({ guid }) => guid);
    const client = clientOf(stack.url);
    const changes: Change[] = [];
    const failures: unknown[] = [];
    const subscription = client.subscribe<{ memberStatusChanged: Change }>({ query: CHANGES }).subscribe({
      next: ({ data, error }) => {
        if (data) changes.push(data.memberStatusChanged);
        if (error) failures.push(error);
      },
      error: (error: unknown) => failures.push(error),
      complete: () => failures.push('complete'),
    });
    onTestFinished(() => subscription.unsubscribe());
    await waitFor(() => changes.length === guids.length);
    await stack.server.stop();
    const mx = { baseUrl: stack.sandbox.url, ...stack.sandbox.credentials };
    const auth = { kind: 'anonymous', userGuid: stack.sandbox.demoUserGuid } as const;
    const next = await startStack({ config: { port }, mx, auth });
    onTestFinished(() => next.dispose());
    await waitFor(() => changes.length === 2 * guids.length);
    for (const part of [changes.slice(0, guids.length), changes.slice(guids.length)])
      expect(part.map(({ memberGuid }) => memberGuid)).toEqual(guids);
    expect(failures).toEqual([]);
  });

  it('sends queries by GET with a token', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth });
    const token = await issuer.mint({ mx_user_guid: stack.sandbox.demoUserGuid });
    const methods: unknown[] = [];
    const link = new HttpLink({
      uri: `${stack.url}/graphql`,
      useGETForQueries: true,
      headers: { authorization: `Bearer ${token}` },
      fetch: (input, init) => {
        methods.push(init?.method);
        return fetch(input, init);
      },
    });
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    onTestFinished(() => client.stop());
    const { data } = await client.query<{ viewer: { guid: string } }>({
      query: gql`
        {
          viewer {
            guid
          }
        }
      `,
    });
    expect(data?.viewer.guid).toBe(stack.sandbox.demoUserGuid);
    expect(methods).toEqual(['GET']);
  });

  it('reports a token that is rejected', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth });
    const link = new HttpLink({ uri: `${stack.url}/graphql`, headers: { authorization: 'Bearer x' } });
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    onTestFinished(() => client.stop());
    const failure = await new Promise<unknown>((resolve) => {
      client.subscribe({ query: CHANGES }).subscribe({
        next: ({ error }) => error && resolve(error),
        error: resolve,
      });
    });
    expect(String((failure as Error).message)).toMatch(/401|not valid/);
  });
});

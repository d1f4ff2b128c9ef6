import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { SetContextLink } from '@apollo/client/link/context';
import { OperationTypeNode } from 'graphql';

import { documentIdLink } from './document-id.js';
import { createLiveLink } from './live-link.js';
import { authorization } from './page-settings.js';
import { noteServerTime } from './server-clock.js';
import { isSignedOut, session } from './session.js';

async function timedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  noteServerTime(response);
  return response;
}

interface Page {
  readonly nodes: readonly unknown[];
}

function addPage(
  known: Page | undefined,
  page: Page,
  { args }: { args: Record<string, unknown> | null },
): Page {
  return args?.['after'] && known ? { ...page, nodes: [...known.nodes, ...page.nodes] } : page;
}

/** Every object has an `id`, so a member that any operation brings is at once the member of every part of the page. */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      // The pages of one search are one list.
      Query: { fields: { institutions: { keyArgs: ['search'], merge: addPage } } },
      // Lists are replaced, not merged: the newest answer is the truth.
      User: { fields: { members: { merge: false } } },
      Member: { fields: { challenges: { merge: false }, credentialFields: { merge: false } } },
      Institution: { fields: { credentialFields: { merge: false } } },
    },
    possibleTypes: {
      Challenge: [
        'TextChallenge',
        'OptionsChallenge',
        'ImageChallenge',
        'ImageOptionsChallenge',
        'TokenChallenge',
      ],
    },
  });
}

/** The client of the page: queries and mutations by POST, subscriptions live, a lost session told to the session. */
export function createApiClient(): ApolloClient {
  const http = ApolloLink.from([
    new ErrorLink(({ error }) => {
      if (isSignedOut(error)) session.set('expired');
    }),
    new SetContextLink(async ({ headers }) => ({
      headers: { ...(headers as Record<string, string> | undefined), ...(await authorization()) },
    })),
    documentIdLink,
    new HttpLink({ uri: '/graphql', fetch: timedFetch }),
  ]);
  const isLive = ({ operationType }: ApolloLink.Operation) =>
    operationType === OperationTypeNode.SUBSCRIPTION;
  return new ApolloClient({ cache: createCache(), link: ApolloLink.split(isLive, createLiveLink(), http) });
}

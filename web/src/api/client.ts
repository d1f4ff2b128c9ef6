import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { SetContextLink } from '@apollo/client/link/context';
import { OperationTypeNode } from 'graphql';

import { createDocumentIdLink } from './document-id.js';
import { createLiveLink } from './live-link.js';
import { authorization } from './page-settings.js';
import { noteServerTime } from './server-clock.js';
import { isSignedOut, session } from './session.js';

/**
 * A bank that cannot be read is no reason to show none: what came is shown, and what failed is told by its absence.
 * (Declared to the library's types, it would make those of generic mutations unusable.)
 */
const SHOW_WHAT_CAME: object = { watchQuery: { errorPolicy: 'all' } };

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

/** A token may have expired on its way: it is asked for once more before the session is taken for over. */
function createSessionLink(): ApolloLink {
  return new ErrorLink(({ error, operation, forward }) => {
    if (!isSignedOut(error)) return undefined;
    const { isSecondTry = false } = operation.getContext() as { isSecondTry?: boolean };
    if (!isSecondTry) {
      operation.setContext({ isSecondTry: true });
      return forward(operation);
    }
    session.set('expired');
    return undefined;
  });
}

/** The client of the page: queries and mutations by POST, subscriptions live, a lost session told to the session. */
export function createApiClient(): ApolloClient {
  const http = ApolloLink.from([
    createSessionLink(),
    new SetContextLink(async ({ headers }) => ({
      headers: { ...(headers as Record<string, string> | undefined), ...(await authorization()) },
    })),
    ...(import.meta.env.DEV ? [] : [createDocumentIdLink()]),
    new HttpLink({ uri: '/graphql', fetch: timedFetch }),
  ]);
  const isLive = ({ operationType }: ApolloLink.Operation) =>
    operationType === OperationTypeNode.SUBSCRIPTION;
  const link = ApolloLink.split(isLive, createLiveLink(), http);
  return new ApolloClient({ cache: createCache(), link, defaultOptions: SHOW_WHAT_CAME });
}

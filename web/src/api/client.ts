import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { SetContextLink } from '@apollo/client/link/context';
import { OperationTypeNode } from 'graphql';

import { createDocumentIdLink } from './document-id.js';
import { createLiveLink } from './live-link.js';
import { authorization } from './page-settings.js';
import { syncServerClock } from './server-clock.js';
import { isSignedOut, session } from './session.js';

/**
 * Partial results: if a field fails, the rest of the data is shown. Untyped, because declared with the types of Apollo
 * Client it makes the types of generic mutations unusable.
 */
const PARTIAL_RESULTS: object = { watchQuery: { errorPolicy: 'all' } };

async function fetchAndSyncClock(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  syncServerClock(response);
  return response;
}

interface Page {
  readonly nodes: readonly unknown[];
}

function appendPage(
  known: Page | undefined,
  page: Page,
  { args }: { args: Record<string, unknown> | null },
): Page {
  return args?.['after'] && known ? { ...page, nodes: [...known.nodes, ...page.nodes] } : page;
}

/**
 * The normalised cache. All objects have an `id`, so the result of any operation updates the member everywhere on the
 * page.
 */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      // Pages of the same search are appended to one list.
      Query: { fields: { institutions: { keyArgs: ['search'], merge: appendPage } } },
      // Lists are replaced, not merged: the last result is the current one. One that could not be read replaces none.
      User: { fields: { members: { merge: (known: unknown, list: unknown) => list ?? known ?? null } } },
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
      UserError: ['MemberExistsError', 'AggregationThrottledError', 'PlainUserError'],
    },
  });
}

/**
 * Retries once with a new token, since the old one may have expired in transit. If that is rejected too, the session is
 * over.
 */
function createSessionLink(): ApolloLink {
  return new ErrorLink(({ error, operation, forward }) => {
    if (!isSignedOut(error)) return undefined;
    const { isRetry = false } = operation.getContext() as { isRetry?: boolean };
    if (!isRetry) {
      operation.setContext({ isSecondTry: true });
      return forward(operation);
    }
    session.set('expired');
    return undefined;
  });
}

/**
 * The page's Apollo Client: queries and mutations by POST, subscriptions over WebSocket or SSE. Sets `session` to
 * expired when the API no longer accepts the token.
 */
export function createApiClient(): ApolloClient {
  const http = ApolloLink.from([
    createSessionLink(),
    new SetContextLink(async ({ headers }) => ({
      headers: { ...(headers as Record<string, string> | undefined), ...(await authorization()) },
    })),
    ...(import.meta.env.DEV ? [] : [createDocumentIdLink()]),
    new HttpLink({ uri: '/graphql', fetch: fetchAndSyncClock }),
  ]);
  const isLive = ({ operationType }: ApolloLink.Operation) =>
    operationType === OperationTypeNode.SUBSCRIPTION;
  const link = ApolloLink.split(isLive, createLiveLink(), http);
  return new ApolloClient({ cache: createCache(), link, defaultOptions: PARTIAL_RESULTS });
}

import { ApolloLink, Observable } from '@apollo/client';
import { print } from 'graphql';

import { hashOf } from './document-id.js';
import { createSocketTransport, createStreamTransport, liveState, waitToRetry } from './live-transport.js';
import type { LiveRequest, LiveTransport, TransportKind } from './live-transport.js';
import { session } from './session.js';

type Variables = Record<string, unknown>;

/** The cursor of an event, by which the server knows what was missed after it. */
function cursorOf(result: object): string | null {
  const { data } = result as { data?: { memberStatusChanged?: { cursor?: string } } | null };
  return data?.memberStatusChanged?.cursor ?? null;
}

/**
 * Variables whose `after` is read each time they are sent. The same object is sent again when a lost connection is
 * back: with the cursor of the last event in it, the server tells what was missed in between.
 */
function resumable(variables: Variables): { variables: Variables; readonly note: (result: object) => void } {
  let after: unknown = variables['after'] ?? null;
  const note = (result: object) => {
    after = cursorOf(result) ?? after;
  };
  return {
    note,
    variables: Object.defineProperty({ ...variables }, 'after', { enumerable: true, get: () => after }),
  };
}

/** Names the document by its hash; where that led to nothing, by its text. */
function createRequestOf({ query, operationName = '' }: ApolloLink.Operation, variables: Variables) {
  return (hasFailed: boolean): LiveRequest => {
    const sha256Hash = hasFailed ? null : hashOf(query);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const document = sha256Hash === null ? { query: print(query) } : { query: '', extensions };
    return { ...document, operationName, variables };
  };
}

/**
 * What the page follows has no end of its own. Where the server ends it all the same, because a token has expired or
 * it has too much to do, it is begun again, with the token of that moment; unless the user has to sign in first.
 */
function followWithoutEnd(
  transport: LiveTransport,
  requestOf: (hasFailed: boolean) => LiveRequest,
  { next, complete }: { readonly next: (result: object) => void; readonly complete: () => void },
): () => void {
  let stop = () => undefined as void;
  let isOver = false;
  let tries = 0;
  function again(): void {
    if (isOver) return;
    if (session.get() === 'expired') return complete();
    liveState.set('reconnecting');
    void waitToRetry(tries++).then(() => !isOver && begin());
  }
  function begin(): void {
    const onNext = (result: object) => {
      if (cursorOf(result) !== null) tries = 0;
      next(result);
    };
    stop = transport.subscribe(requestOf(tries > 0), { next: onNext, error: again, complete: again });
  }
  begin();
  return () => {
    isOver = true;
    stop();
  };
}

/** Runs subscriptions over the transport that `context.transport` names, and resumes them where they broke off. */
export function createLiveLink(): ApolloLink {
  const made: Partial<Record<TransportKind, LiveTransport>> = {};
  const transportOf = (kind: TransportKind): LiveTransport =>
    (made[kind] ??= kind === 'sse' ? createStreamTransport() : createSocketTransport());

  return new ApolloLink((operation) => {
    const { transport = 'websocket' } = operation.getContext() as { transport?: TransportKind };
    const { variables, note } = resumable(operation.variables);
    return new Observable((observer) =>
      followWithoutEnd(transportOf(transport), createRequestOf(operation, variables), {
        next(result) {
          note(result);
          observer.next(result);
        },
        complete: () => observer.complete(),
      }),
    );
  });
}

import { ApolloLink, Observable } from '@apollo/client';
import { print } from 'graphql';

import { hashOf } from './document-id.js';
import { createSocketTransport, createStreamTransport, liveState, waitToRetry } from './live-transport.js';
import type { LiveRequest, LiveTransport, TransportKind } from './live-transport.js';
import { session } from './session.js';

type Variables = Record<string, unknown>;

/** The cursor of an event, from which the server can resume. */
function cursorOf(result: object): string | null {
  const { data } = result as { data?: { memberStatusChanged?: { cursor?: string } } | null };
  return data?.memberStatusChanged?.cursor ?? null;
}

/**
 * Variables whose `after` is read on each send. After a reconnect graphql-ws sends the same object again: with the
 * cursor of the last event in it, the server delivers what was missed.
 */
function resumable(variables: Variables): {
  variables: Variables;
  readonly recordCursor: (result: object) => void;
} {
  let after: unknown = variables['after'] ?? null;
  const recordCursor = (result: object) => {
    after = cursorOf(result) ?? after;
  };
  return {
    recordCursor,
    variables: Object.defineProperty({ ...variables }, 'after', { enumerable: true, get: () => after }),
  };
}

/** Identifies the document by its hash; after a failure, sends it in full. */
function createRequestFactory({ query, operationName = '' }: ApolloLink.Operation, variables: Variables) {
  return (hasFailed: boolean): LiveRequest => {
    const sha256Hash = hasFailed ? null : hashOf(query);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const document = sha256Hash === null ? { query: print(query) } : { query: '', extensions };
    return { ...document, operationName, variables };
  };
}

/**
 * The page's subscription should never end. If the server ends it, because the token expired or the server is
 * overloaded, it is started again with a new token, unless the user must sign in first.
 */
function subscribeForever(
  transport: LiveTransport,
  requestOf: (hasFailed: boolean) => LiveRequest,
  { next, complete }: { readonly next: (result: object) => void; readonly complete: () => void },
): () => void {
  let stop = () => undefined as void;
  let isStopped = false;
  let attempts = 0;
  function restart(): void {
    if (isStopped) return;
    if (session.get() === 'expired') return complete();
    liveState.set('reconnecting');
    void waitToRetry(attempts++).then(() => !isStopped && start());
  }
  function start(): void {
    const onNext = (result: object) => {
      if (cursorOf(result) !== null) attempts = 0;
      next(result);
    };
    stop = transport.subscribe(requestOf(attempts > 0), { next: onNext, error: restart, complete: restart });
  }
  start();
  return () => {
    isStopped = true;
    stop();
  };
}

/** Runs subscriptions over the transport in `context.transport`, and resumes them after a disconnect. */
export function createLiveLink(): ApolloLink {
  const transports: Partial<Record<TransportKind, LiveTransport>> = {};
  const transportOf = (kind: TransportKind): LiveTransport =>
    (transports[kind] ??= kind === 'sse' ? createStreamTransport() : createSocketTransport());

  return new ApolloLink((operation) => {
    const { transport = 'websocket' } = operation.getContext() as { transport?: TransportKind };
    const { variables, recordCursor } = resumable(operation.variables);
    return new Observable((observer) =>
      subscribeForever(transportOf(transport), createRequestFactory(operation, variables), {
        next(result) {
          recordCursor(result);
          observer.next(result);
        },
        complete: () => observer.complete(),
      }),
    );
  });
}

import { ApolloLink, Observable } from '@apollo/client';
import { print } from 'graphql';

import { documentIdOf } from './document-id.js';
import { createSocketTransport, createStreamTransport } from './live-transport.js';
import type { LiveTransport, TransportKind } from './live-transport.js';

type Variables = Record<string, unknown>;

/** The cursor of an event, by which the server knows what was missed after it. */
function cursorOf(result: object): string | null {
  const { data } = result as { data?: { memberStatusChanged?: { cursor?: string } } | null };
  return data?.memberStatusChanged?.cursor ?? null;
}

/**
 * Variables whose `after` is read each time they are sent. The transports send the same object again when a lost
 * connection is back: with the cursor of the last event in it, the server tells what was missed in between.
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

/** Runs subscriptions over the transport that `context.transport` names, and resumes them where they broke off. */
export function createLiveLink(): ApolloLink {
  const made: Partial<Record<TransportKind, LiveTransport>> = {};
  const transportOf = (kind: TransportKind): LiveTransport =>
    (made[kind] ??= kind === 'sse' ? createStreamTransport() : createSocketTransport());

  return new ApolloLink((operation) => {
    const { transport = 'websocket' } = operation.getContext() as { transport?: TransportKind };
    const { variables, note } = resumable(operation.variables);
    const id = documentIdOf(operation.query);
    const request = {
      ...(id ? { query: '', extensions: { ...id } } : { query: print(operation.query) }),
      operationName: operation.operationName ?? '',
      variables,
    };
    return new Observable((observer) =>
      transportOf(transport).subscribe(request, {
        next(result) {
          note(result);
          observer.next(result);
        },
        error: (error) => observer.error(error),
        complete: () => observer.complete(),
      }),
    );
  });
}

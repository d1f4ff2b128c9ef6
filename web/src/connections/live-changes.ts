import type { ApolloClient } from '@apollo/client';

import { ChangesDocument } from '../../generated/graphql.js';
import type { ChangesSubscription } from '../../generated/graphql.js';
import type { Locale } from '../api/preferences.js';
import type { TransportKind } from '../api/live-transport.js';

/** What the API tells about one connection. */
export type Change = ChangesSubscription['memberStatusChanged'];

export interface FollowOptions {
  readonly locale: Locale;
  readonly transport: TransportKind;
  readonly onChange: (change: Change) => void;
  /** Whether MX can be read, as far as the stream tells. */
  readonly onReadable: (isReadable: boolean) => void;
}

const listeners = new Set<(change: Change) => void>();

/** Calls the listener with every change until the function returned is called. */
export function onEveryChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A member that is gone leaves the cache, and with it every list. */
function forget(client: ApolloClient, change: Change): void {
  for (const id of idsOf(client, change.memberGuid)) client.cache.evict({ id });
  client.cache.gc();
}

function idsOf(client: ApolloClient, guid: string | null): string[] {
  const objects = client.cache.extract() as Record<
    string,
    { __typename?: string; guid?: string } | undefined
  >;
  return Object.keys(objects).filter((id) => {
    const object = objects[id];
    return object?.__typename === 'Member' && object.guid === guid;
  });
}

/** Follows all of the viewer's connections. What comes is in the cache, and so on the screen, before it is told on. */
export function followChanges(client: ApolloClient, options: FollowOptions): () => void {
  const { locale, transport, onChange, onReadable } = options;
  const events = client.subscribe({
    query: ChangesDocument,
    variables: { locale },
    context: { transport },
    errorPolicy: 'all',
  });
  const subscription = events.subscribe(({ data }) => {
    onReadable(Boolean(data));
    if (!data) return;
    const { memberStatusChanged: change } = data;
    if (change.isDeleted) forget(client, change);
    onChange(change);
    for (const listener of listeners) listener(change);
  });
  return () => subscription.unsubscribe();
}

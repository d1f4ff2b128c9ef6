import type { ApolloClient } from '@apollo/client';

import { ChangesDocument } from '../../generated/graphql.js';
import type { ChangesSubscription } from '../../generated/graphql.js';
import type { Locale } from '../api/preferences.js';
import type { TransportKind } from '../api/live-transport.js';

/** An event of the subscription. */
export type Change = ChangesSubscription['memberStatusChanged'];

export interface SubscribeOptions {
  readonly locale: Locale;
  readonly transport: TransportKind;
  readonly onChange: (change: Change) => void;
  /** Called with each event: false if the event has no data because MX is unavailable. */
  readonly onMxAvailable: (isAvailable: boolean) => void;
}

const listeners = new Set<(change: Change) => void>();

/** Calls the listener with every change. Returns a function that unsubscribes. */
export function onAnyChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Evicts a deleted member from the cache, and with it from all lists. */
function evictMember(client: ApolloClient, change: Change): void {
  for (const id of memberIds(client, change.memberGuid)) client.cache.evict({ id });
  client.cache.gc();
}

function memberIds(client: ApolloClient, guid: string | null): string[] {
  const objects = client.cache.extract() as Record<
    string,
    { __typename?: string; guid?: string } | undefined
  >;
  return Object.keys(objects).filter((id) => {
    const object = objects[id];
    return object?.__typename === 'Member' && object.guid === guid;
  });
}

/**
 * Subscribes to changes of all of the viewer's connections. Apollo writes each event to the cache before `onChange` is
 * called.
 */
export function subscribeToChanges(client: ApolloClient, options: SubscribeOptions): () => void {
  const { locale, transport, onChange, onMxAvailable } = options;
  const events = client.subscribe({
    query: ChangesDocument,
    variables: { locale },
    context: { transport },
    errorPolicy: 'all',
  });
  const subscription = events.subscribe(({ data }) => {
    onMxAvailable(Boolean(data));
    if (!data) return;
    const { memberStatusChanged: change } = data;
    if (change.isDeleted) evictMember(client, change);
    onChange(change);
    for (const listener of listeners) listener(change);
  });
  return () => subscription.unsubscribe();
}

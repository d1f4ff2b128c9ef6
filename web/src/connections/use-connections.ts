import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import { ConnectionCardFragmentDoc, ConnectionsDocument } from '../../generated/graphql.js';
import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { useStore } from '../api/external-store.js';
import { preferences } from '../api/preferences.js';
import { session } from '../api/session.js';
import { serverNow } from '../api/server-clock.js';
import { followChanges } from './live-changes.js';
import type { Change } from './live-changes.js';

export interface Connections {
  readonly all: readonly ConnectionCardFragment[] | null;
  /** The ids of those that the API says need attention. */
  readonly needingAttention: ReadonlySet<string>;
  /** When the list was last answered, by the server's clock. */
  readonly answeredAt: number;
  readonly error: Error | null;
  /** False while MX cannot be read, as far as the stream of changes tells. */
  readonly isReadable: boolean;
  readonly refresh: () => void;
}

/** So often the list is asked for by itself, so that an outage shows also where nothing changes. */
const REFRESH_EVERY_MS = 60_000;
/** Changes come in bursts: one question for all of them, and one in a while where they do not end. */
const SETTLE_MS = 250;
const UNSETTLED_MS = 2_000;

/** Asks for the list once things have calmed down. */
function useSettled(action: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const since = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    since.current ??= Date.now();
    clearTimeout(timer.current);
    const wait = Math.min(SETTLE_MS, since.current + UNSETTLED_MS - Date.now());
    timer.current = setTimeout(() => {
      since.current = undefined;
      action();
    }, wait);
  }, [action]);
}

/** Back from another tab or from being offline, the list is asked for at once. */
function useRefreshOnReturn(refresh: () => void): void {
  useEffect(() => {
    const onReturn = () => document.visibilityState === 'visible' && refresh();
    const timer = setInterval(onReturn, REFRESH_EVERY_MS);
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', refresh);
    };
  }, [refresh]);
}

/** The list as the API answers it, and when it last did. */
function useList(locale: string) {
  const [answeredAt, setAnsweredAt] = useState(0);
  const { data, previousData, error, refetch } = useQuery(ConnectionsDocument, {
    variables: { locale },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const ask = useCallback(async () => {
    const answer = await refetch();
    if (!answer.data) throw new Error('There was no answer.', { cause: answer.error });
    setAnsweredAt(serverNow());
  }, [refetch]);
  useEffect(() => {
    if (data) setAnsweredAt((known) => known || serverNow());
  }, [data]);
  return { viewer: (data ?? previousData)?.viewer, error: data ? null : (error ?? null), answeredAt, ask };
}

/**
 * The viewer's connections, live. A change is in the cache as soon as it is told; which connections there are, and
 * which of them need attention, is then asked of the API, because that is not for the page to decide.
 */
export function useConnections(onNews: (change: Change) => void): Connections {
  const client = useApolloClient();
  const { locale, transport } = useStore(preferences);
  const [isReadable, setReadable] = useState(true);
  const { viewer, error, answeredAt, ask } = useList(locale);
  const refresh = useCallback(() => {
    // Where it fails the list itself says so.
    ask().then(
      () => setReadable(true),
      () => undefined,
    );
  }, [ask]);
  const refreshSettled = useSettled(refresh);
  useRefreshOnReturn(refresh);
  const isSignedOut = useStore(session) === 'expired';
  const wasSignedOut = useRef(isSignedOut);
  useEffect(() => {
    if (wasSignedOut.current && !isSignedOut) refresh();
    wasSignedOut.current = isSignedOut;
  }, [isSignedOut, refresh]);
  useEffect(() => {
    if (isSignedOut) return undefined;
    const onChange = (change: Change) => {
      if (change.cause !== 'SNAPSHOT') onNews(change);
      // After a snapshot, too: connections may have been added or removed since the list was read.
      if (change.isSnapshotComplete) refreshSettled();
    };
    return followChanges(client, { locale, transport, onChange, onReadable: setReadable });
  }, [client, locale, transport, isSignedOut, onNews, refreshSettled]);

  return {
    all: viewer ? unmask(ConnectionCardFragmentDoc, viewer.members) : null,
    needingAttention: new Set(viewer?.needingAttention.map(({ id }) => id)),
    answeredAt,
    error,
    isReadable,
    refresh,
  };
}

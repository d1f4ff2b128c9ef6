import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import { ConnectionCardFragmentDoc, ConnectionsDocument } from '../../generated/graphql.js';
import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { useStore } from '../api/external-store.js';
import { failsAtDepth } from '../api/failure.js';
import { preferences } from '../api/preferences.js';
import { session } from '../api/session.js';
import { serverNow } from '../api/server-clock.js';
import { subscribeToChanges } from './live-changes.js';
import type { Change } from './live-changes.js';

export interface Connections {
  readonly all: readonly ConnectionCardFragment[] | null;
  /** Ids of the connections that the API lists as requiring action. */
  readonly needingAttention: ReadonlySet<string>;
  /** When the list was last fetched, by the server's clock. */
  readonly fetchedAt: number;
  readonly error: Error | null;
  /** False while MX is unavailable, according to the subscription. */
  readonly isMxAvailable: boolean;
  readonly refresh: () => void;
}

/** The list is refetched at this interval, so that an outage shows even if nothing changes. */
const REFRESH_INTERVAL_MS = 60_000;
/** Changes come in bursts: the list is refetched once they pause, or at the latest after the maximum wait. */
const DEBOUNCE_MS = 250;
const MAX_WAIT_MS = 2_000;

/** The lists are fields of the viewer. */
const LIST_DEPTH = 2;

/** Debounces an action by `DEBOUNCE_MS`, but delays it by `MAX_WAIT_MS` at most. */
function useDebounced(action: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const since = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    since.current ??= Date.now();
    clearTimeout(timer.current);
    const wait = Math.min(DEBOUNCE_MS, since.current + MAX_WAIT_MS - Date.now());
    timer.current = setTimeout(() => {
      since.current = undefined;
      action();
    }, wait);
  }, [action]);
}

/** Refetches the list when the tab becomes visible or the browser is online again. */
function useRefreshOnReturn(refresh: () => void): void {
  useEffect(() => {
    const onReturn = () => document.visibilityState === 'visible' && refresh();
    const timer = setInterval(onReturn, REFRESH_INTERVAL_MS);
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', refresh);
    };
  }, [refresh]);
}

/** The list from the API, and the time of the last fetch. */
function useList(locale: string) {
  const [fetchedAt, setFetchedAt] = useState(0);
  /** Of the last fetch. The query forgets its error as soon as something else updates the cache. */
  const [failure, setFailure] = useState<Error | null>(null);
  const { data, previousData, error, refetch } = useQuery(ConnectionsDocument, {
    variables: { locale },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    // So that a list that could not be read does not replace the one before.
    refetchWritePolicy: 'merge',
  });
  const reload = useCallback(async () => {
    const cause = await refetch().then(
      (result) => result.error,
      (thrown: unknown) => thrown,
    );
    const failed = failsAtDepth(cause, LIST_DEPTH) ? new Error('The list was not fetched.', { cause }) : null;
    setFailure(failed);
    if (failed) throw failed;
    setFetchedAt(serverNow());
  }, [refetch]);
  const viewer = (data ?? previousData)?.viewer;
  const isLoaded = Boolean(viewer?.members);
  useEffect(() => {
    if (isLoaded) setFetchedAt((known) => known || serverNow());
  }, [isLoaded]);
  const hasFailed = failsAtDepth(error, LIST_DEPTH);
  return { viewer, error: failure ?? (hasFailed ? (error ?? null) : null), fetchedAt, reload };
}

/**
 * The viewer's connections with live updates. An event updates the cache at once. Which connections exist and which
 * need attention is then refetched, because the API decides that.
 */
export function useConnections(onStatusChange: (change: Change) => void): Connections {
  const client = useApolloClient();
  const { locale, transport } = useStore(preferences);
  const [isMxAvailable, setMxAvailable] = useState(true);
  const { viewer, error, fetchedAt, reload } = useList(locale);
  const refresh = useCallback(() => {
    // The list shows the error.
    reload().then(
      () => setMxAvailable(true),
      () => undefined,
    );
  }, [reload]);
  const refreshDebounced = useDebounced(refresh);
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
      if (change.kind !== 'SNAPSHOT') onStatusChange(change);
      // Also after a snapshot: connections may have been added or removed since the list was read.
      if (change.kind !== 'SNAPSHOT' || change.isSnapshotEnd) refreshDebounced();
    };
    return subscribeToChanges(client, { locale, transport, onChange, onMxAvailable: setMxAvailable });
  }, [client, locale, transport, isSignedOut, onStatusChange, refreshDebounced]);

  return {
    all: unmask(ConnectionCardFragmentDoc, viewer?.members) ?? null,
    needingAttention: new Set(viewer?.needingAttention?.map(({ id }) => id)),
    fetchedAt,
    error,
    isMxAvailable,
    refresh,
  };
}

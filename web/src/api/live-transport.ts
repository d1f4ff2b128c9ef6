import { createClient } from 'graphql-ws';

import { createStore } from './external-store.js';
import { authorization } from './page-settings.js';
import { session } from './session.js';
import { fetchWatched } from './watched-fetch.js';

/** How the live updates come: over a WebSocket, or as server-sent events where proxies let no socket through. */
export type TransportKind = 'websocket' | 'sse';

/** How the live updates stand. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'off';
export const liveState = createStore<LiveState>('connecting');

export interface LiveRequest {
  readonly query: string;
  readonly extensions?: Record<string, unknown>;
  readonly operationName: string;
  readonly variables: Record<string, unknown>;
}

export interface LiveSink {
  readonly next: (result: object) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

/** Runs a subscription until it is told to stop; lost connections are opened again without end. */
export interface LiveTransport {
  readonly subscribe: (request: LiveRequest, sink: LiveSink) => () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
/** The server's word for "I do not know you". */
const FORBIDDEN = 4403;
const DONE = 1000;

/** Waits longer each time, and never as long as all the others: after an outage not everybody comes back at once. */
export function waitToRetry(retries: number): Promise<void> {
  const ms = Math.min(FIRST_WAIT_MS * 2 ** retries, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const codeOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'code' in event ? event.code : null;
const isForbidden = (event: unknown): boolean => codeOf(event) === FORBIDDEN;
/** The page itself closes a socket that it needs no longer. */
const isOver = (event: unknown): boolean => codeOf(event) === DONE;

/** The user has to sign in before anything more can come. */
function endSession(): void {
  session.set('expired');
  liveState.set('off');
}

/**
 * Live updates over graphql-transport-ws. A socket that answers no ping is taken for dead and opened again. One that
 * was let in and then closed for its token has outlived it: the token of the next one may be good.
 */
export function createSocketTransport(): LiveTransport {
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let wasLetIn = false;
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => authorization(),
    retryAttempts: Infinity,
    retryWait: waitToRetry,
    shouldRetry: () => session.get() === 'open',
    keepAlive: PING_EVERY_MS,
    on: {
      connected: () => {
        wasLetIn = true;
        liveState.set('live');
      },
      ping: (isReceived) => {
        if (!isReceived) overdue = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: () => clearTimeout(overdue),
      closed: (event) => {
        clearTimeout(overdue);
        if (isForbidden(event) && !wasLetIn) endSession();
        else if (!isOver(event)) liveState.set('reconnecting');
        wasLetIn = false;
      },
    },
  });
  return { subscribe: (request, sink) => client.subscribe(request, sink) };
}

/** The token, as long as there is a session: to ask again without one would be to ask for ever. */
async function authorizationOfSession(): Promise<Record<string, string>> {
  if (session.get() === 'expired') throw new Error('The session is over.');
  return { ...(await authorization()) };
}

async function fetchStream(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetchWatched(input, init);
  if (response.status === 401) endSession();
  return response;
}

/** Live updates as server-sent events, each subscription a request of its own. Its code is only fetched when wanted. */
export function createStreamTransport(): LiveTransport {
  const client = import('graphql-sse').then((sse) =>
    sse.createClient({
      url: '/graphql/stream',
      headers: authorizationOfSession,
      fetchFn: fetchStream,
      retryAttempts: Infinity,
      retry: waitToRetry,
      on: {
        connecting: (isAgain) => liveState.set(isAgain ? 'reconnecting' : 'connecting'),
        connected: () => liveState.set('live'),
      },
    }),
  );
  return {
    subscribe(request, sink) {
      let isOver = false;
      let stop = () => {
        isOver = true;
      };
      client.then((ready) => {
        if (!isOver) stop = ready.subscribe(request, sink);
      }, sink.error);
      return () => stop();
    },
  };
}

import { createClient } from 'graphql-ws';

import { createStore } from './external-store.js';
import { authorization } from './page-settings.js';
import { session } from './session.js';
import { fetchWithIdleTimeout } from './idle-timeout.js';

/** Transport of live updates: WebSocket, or server-sent events for networks whose proxies block WebSockets. */
export type TransportKind = 'websocket' | 'sse';

/** State of the live updates. */
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

/** Runs a subscription until it is stopped. Lost connections are reopened without limit. */
export interface LiveTransport {
  readonly subscribe: (request: LiveRequest, sink: LiveSink) => () => void;
}

const MIN_RETRY_MS = 500;
const MAX_RETRY_MS = 10_000;
const PING_INTERVAL_MS = 10_000;
const PONG_TIMEOUT_MS = 5_000;
/** Close code of the server for a missing or invalid token. */
const FORBIDDEN = 4403;
const NORMAL_CLOSURE = 1000;

/** Exponential back-off with jitter, so that not all clients reconnect at once after an outage. */
export function waitToRetry(retries: number): Promise<void> {
  const ms = Math.min(MIN_RETRY_MS * 2 ** retries, MAX_RETRY_MS) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const codeOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'code' in event ? event.code : null;
const isForbidden = (event: unknown): boolean => codeOf(event) === FORBIDDEN;
/** The page closes sockets that it no longer needs with this code. */
const isNormalClosure = (event: unknown): boolean => codeOf(event) === NORMAL_CLOSURE;

/** No more updates until the user has signed in again. */
function endSession(): void {
  session.set('expired');
  liveState.set('off');
}

/**
 * Live updates over graphql-transport-ws. A socket that does not answer a ping in time is closed and reopened. If a
 * socket was accepted and later closed as forbidden, its token has expired, and the next one may be valid.
 */
export function createSocketTransport(): LiveTransport {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let wasAccepted = false;
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => authorization(),
    retryAttempts: Infinity,
    retryWait: waitToRetry,
    shouldRetry: () => session.get() === 'open',
    keepAlive: PING_INTERVAL_MS,
    on: {
      connected: () => {
        wasAccepted = true;
        liveState.set('live');
      },
      ping: (isReceived) => {
        if (!isReceived) pongTimer = setTimeout(() => client.terminate(), PONG_TIMEOUT_MS);
      },
      pong: () => clearTimeout(pongTimer),
      closed: (event) => {
        clearTimeout(pongTimer);
        if (isForbidden(event) && !wasAccepted) endSession();
        else if (!isNormalClosure(event)) liveState.set('reconnecting');
        wasAccepted = false;
      },
    },
  });
  return { subscribe: (request, sink) => client.subscribe(request, sink) };
}

/** The authorization header. Throws if the session has expired, so that no request is retried without a token. */
async function requireAuthorization(): Promise<Record<string, string>> {
  if (session.get() === 'expired') throw new Error('The session has expired.');
  return { ...(await authorization()) };
}

async function fetchStream(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetchWithIdleTimeout(input, init);
  if (response.status === 401) endSession();
  return response;
}

/**
 * Live updates over server-sent events, one request per subscription. The code of graphql-sse is loaded on first use.
 */
export function createStreamTransport(): LiveTransport {
  const client = import('graphql-sse').then((sse) =>
    sse.createClient({
      url: '/graphql/stream',
      headers: requireAuthorization,
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

import { createClient } from 'graphql-ws';

import { createStore } from './external-store.js';
import { authorization } from './page-settings.js';
import { session } from './session.js';

/** How the live updates come: over a WebSocket, or as server-sent events where proxies let no socket through. */
export type TransportKind = 'websocket' | 'sse';

/** How the live updates stand. */
export type LiveState = 'connecting' | 'live' | 'reconnecting';
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
function waitToRetry(retries: number): Promise<void> {
  const ms = Math.min(FIRST_WAIT_MS * 2 ** retries, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const codeOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'code' in event ? event.code : null;
const isForbidden = (event: unknown): boolean => codeOf(event) === FORBIDDEN;
/** The page itself closes a socket that it needs no longer. */
const isOver = (event: unknown): boolean => codeOf(event) === DONE;

/** Live updates over graphql-transport-ws. A socket that answers no ping is taken for dead and opened again. */
export function createSocketTransport(): LiveTransport {
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => authorization(),
    retryAttempts: Infinity,
    retryWait: waitToRetry,
    shouldRetry: (event) => !isForbidden(event),
    keepAlive: PING_EVERY_MS,
    on: {
      connected: () => liveState.set('live'),
      ping: (isReceived) => {
        if (!isReceived) overdue = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: () => clearTimeout(overdue),
      closed: (event) => {
        clearTimeout(overdue);
        if (isForbidden(event)) session.set('expired');
        if (!isOver(event)) liveState.set('reconnecting');
      },
    },
  });
  return { subscribe: (request, sink) => client.subscribe(request, sink) };
}

/** Live updates as server-sent events, each subscription a request of its own. Its code is only fetched when wanted. */
export function createStreamTransport(): LiveTransport {
  const client = import('graphql-sse').then((sse) =>
    sse.createClient({
      url: '/graphql/stream',
      headers: () => authorization(),
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

import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

import type { GraphqlBody, GraphqlFault } from './graphql-client.js';
import { Inbox } from './inbox.js';

/** A message of graphql-transport-ws, as far as tests read it. */
export interface LiveMessage<T = Record<string, unknown>> {
  readonly type: string;
  readonly id?: string;
  readonly payload?: GraphqlBody<T> & readonly GraphqlFault[];
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A socket that speaks the raw protocol. */
export interface LiveSocket {
  readonly socket: WebSocket;
  /** Sends an object as JSON, or a text as it is. */
  send(message: object | string): void;
  subscribe(id: string, query: string, variables?: Record<string, unknown>): void;
  next<T = Record<string, unknown>>(deadlineMs?: number): Promise<LiveMessage<T>>;
  /** How many messages have come and not been read. */
  readonly unread: number;
  readonly closed: Promise<Closing>;
}

export interface SocketOptions extends ClientOptions {
  /** None where it is an empty list. */
  readonly protocols?: readonly string[];
  readonly path?: string;
}

/** Opens a socket that lives as long as the test; rejects with the HTTP status where the upgrade is refused. */
export async function openSocket(serverUrl: string, options: SocketOptions = {}): Promise<LiveSocket> {
  const { protocols = ['graphql-transport-ws'], path = '/graphql', ...more } = options;
  const socket = new WebSocket(`${serverUrl.replace(/^http/, 'ws')}${path}`, [...protocols], more);
  onTestFinished(() => socket.terminate());
  const inbox = new Inbox<LiveMessage>();
  socket.on('message', (data: Buffer) => inbox.push(JSON.parse(data.toString()) as LiveMessage));
  const closed = new Promise<Closing>((resolve) => {
    socket.once('close', (code, reason) => {
      inbox.end(`The socket was closed with ${code}: ${reason.toString()}.`);
      resolve({ code, reason: reason.toString() });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return {
    socket,
    closed,
    send,
    subscribe: (id, query, variables) =>
      send({ type: 'subscribe', id, payload: { query, ...(variables && { variables }) } }),
    next: <T>(deadlineMs?: number) => inbox.next(deadlineMs) as Promise<LiveMessage<T>>,
    get unread() {
      return inbox.size;
    },
  };
}

/** Opens a socket and has it acknowledged. */
export async function connectSocket(
  serverUrl: string,
  options: SocketOptions & { readonly token?: string } = {},
): Promise<LiveSocket> {
  const { token, ...rest } = options;
  const live = await openSocket(serverUrl, rest);
  const payload = token === undefined ? {} : { payload: { authorization: `Bearer ${token}` } };
  live.send({ type: 'connection_init', ...payload });
  const { type } = await live.next();
  if (type !== 'connection_ack') throw new Error(`Expected an acknowledgement; got ${type}.`);
  return live;
}

/** The HTTP status that an upgrade is refused with; null for a failure of another kind. */
export async function refusedUpgrade(serverUrl: string, options: SocketOptions = {}): Promise<number | null> {
  const refusal = await openSocket(serverUrl, options).then(
    () => new Error('The socket was opened.'),
    (error: unknown) => error as Error,
  );
  const status = /Unexpected server response: (\d+)/.exec(refusal.message)?.[1];
  return status === undefined ? null : Number(status);
}

export interface StreamEvent<T = Record<string, unknown>> {
  readonly event: string;
  readonly data: GraphqlBody<T> | null;
}

/** A stream of events that is being read; comments are counted. */
export interface LiveStream {
  readonly response: Response;
  next<T = Record<string, unknown>>(deadlineMs?: number): Promise<StreamEvent<T>>;
  readonly comments: number;
  /** Resolves when the server has ended the stream, or the connection is gone. */
  readonly ended: Promise<void>;
  leave(): void;
}

export interface StreamOptions {
  readonly method?: 'GET' | 'POST';
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  readonly operationName?: string;
}

function parseEvent(block: string): StreamEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name, value.join(':').trim()] as const;
    }),
  );
  const event = fields.get('event');
  if (event === undefined) return null;
  const data = fields.get('data');
  return { event, data: data ? (JSON.parse(data) as GraphqlBody<Record<string, unknown>>) : null };
}

/** Sends a request for a stream, which may also be refused. */
export function requestStream(
  serverUrl: string,
  query: string,
  options: StreamOptions & { readonly signal?: AbortSignal } = {},
): Promise<Response> {
  const { method = 'POST', variables, headers = {}, operationName, signal = null } = options;
  const accept = { accept: 'text/event-stream' };
  const url = `${serverUrl}/graphql/stream`;
  if (method === 'POST') {
    const body = JSON.stringify({ query, variables, operationName });
    const sent = { ...accept, 'content-type': 'application/json', ...headers };
    return fetch(url, { method, body, signal, headers: sent });
  }
  const search = new URLSearchParams({
    query,
    ...(variables && { variables: JSON.stringify(variables) }),
    ...(operationName !== undefined && { operationName }),
  });
  return fetch(`${url}?${search.toString()}`, { headers: { ...accept, ...headers }, signal });
}

/** Opens a stream that lives as long as the test. */
export async function openStream(
  serverUrl: string,
  query: string,
  options: StreamOptions = {},
): Promise<LiveStream> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await requestStream(serverUrl, query, { ...options, signal: leaving.signal });
  if (response.status !== 200) throw new Error(`Got ${response.status}: ${await response.text()}`);
  const inbox = new Inbox<StreamEvent>();
  let comments = 0;
  async function read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) inbox.push(event);
        else comments += 1;
      }
    }
  }
  const ended = read()
    .catch(() => undefined)
    .then(() => inbox.end('The stream has ended.'));
  return {
    response,
    ended,
    next: <T>(deadlineMs?: number) => inbox.next(deadlineMs) as Promise<StreamEvent<T>>,
    get comments() {
      return comments;
    },
    leave: () => leaving.abort(),
  };
}

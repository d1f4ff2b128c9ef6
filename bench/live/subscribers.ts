import { WebSocket } from 'ws';

import { monotonicMs } from './clock.js';
import { serve } from './remote.js';

/** A process of many subscribers, each a user with a socket of its own. */
export interface Subscribers {
  /** Opens sockets for users `from` and on; resolves once each has had its first event. */
  open(order: OpenOrder): Promise<void>;
  /** Begins to note what comes. */
  record(): void;
  /** Resolves to what has come, once there is that much of it or the time is over. */
  collect(order: { readonly expected: number; readonly timeoutMs: number }): Promise<Arrival[]>;
  close(): Promise<void>;
}

export interface OpenOrder {
  readonly url: string;
  /** The stub that issues tokens. */
  readonly upstream: string;
  readonly from: number;
  readonly count: number;
  readonly query: string;
}

export interface Arrival {
  readonly user: number;
  readonly at: number;
  readonly text: string;
}

/** A server that is to take thousands is not to be asked for all of them in one moment. */
const OPENING_AT_ONCE = 64;

const sockets = new Set<WebSocket>();
let arrivals: { user: number; at: number; data: Buffer }[] = [];
let isRecording = false;

interface Opening extends OpenOrder {
  readonly user: number;
  readonly token: string;
}

function open({ url, user, token, query }: Opening): Promise<void> {
  const headers = { 'x-bench-user': String(user) };
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false, headers });
  sockets.add(socket);
  let heard = 0;
  return new Promise((resolve, reject) => {
    socket.on('open', () =>
      socket.send(`{"type":"connection_init","payload":{"authorization":"Bearer ${token}"}}`),
    );
    socket.on('message', (data: Buffer) => {
      const at = monotonicMs();
      heard += 1;
      if (heard > 2) {
        if (isRecording) arrivals.push({ user, at, data });
      } else if (heard === 1) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      } else if (data.includes('"errors"')) {
        reject(new Error(`user ${user} got ${data.toString()}`));
      } else resolve();
    });
    socket.on('error', reject);
    socket.on('close', (code) => {
      sockets.delete(socket);
      reject(new Error(`the socket of user ${user} was closed with ${code}`));
    });
  });
}

async function openAll(order: OpenOrder): Promise<void> {
  const { upstream, from, count } = order;
  const answer = await fetch(`${upstream}/bench/tokens?from=${from}&count=${count}`);
  const tokens = (await answer.json()) as string[];
  let next = 0;
  const openSome = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      await open({ ...order, user: from + index, token: tokens[index] ?? '' });
    }
  };
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openSome));
}

async function collect({ expected, timeoutMs }: { expected: number; timeoutMs: number }): Promise<Arrival[]> {
  const deadline = monotonicMs() + timeoutMs;
  while (arrivals.length < expected && monotonicMs() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  isRecording = false;
  return arrivals.map(({ user, at, data }) => ({ user, at, text: data.toString() }));
}

async function closeAll(): Promise<void> {
  for (const socket of sockets) socket.close();
  while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

serve<Subscribers>({
  open: openAll,
  record: () => {
    arrivals = [];
    isRecording = true;
  },
  collect,
  close: closeAll,
});
process.once('disconnect', () => process.exit(0));

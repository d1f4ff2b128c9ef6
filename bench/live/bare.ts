import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import { monotonicMs, runSchedule } from './clock.js';
import { held } from './memory.js';
import type { Held } from './memory.js';
import { serve } from './remote.js';

/**
 * The least that a server of WebSockets can do: it knows which socket is whose, answers the two messages by which a
 * subscription begins with as many bytes as the product, and sends what it is told when it is told. Setting: PORT.
 */
export interface Bare {
  /** Sends each text to its user at its offset; resolves to when each was sent. */
  replay(sendings: readonly Sending[]): Promise<number[]>;
  held(): Promise<Held>;
}

export interface Sending {
  readonly user: number;
  readonly offset: number;
  readonly text: string;
}

const ACK = '{"type":"connection_ack"}';
const SNAPSHOT =
  '{"id":"1","type":"next","payload":{"data":{"memberStatusChanged":{"cursor":"bm93aGVyZS4wLjA",' +
  '"memberGuid":"MBR-00000000-0000-4000-8000-000000000000","previousStatus":null,"connectionStatus":"CONNECTED",' +
  '"isTerminal":true,"cause":"SNAPSHOT","observedAt":"2026-01-12T18:07:57.000Z"}}}}';

const sockets = new Map<number, WebSocket>();
const server = new WebSocketServer({
  port: Number(process.env['PORT']),
  host: '127.0.0.1',
  perMessageDeflate: false,
});

server.on('connection', (socket, request) => {
  const user = Number(request.headers['x-bench-user']);
  sockets.set(user, socket);
  let heard = 0;
  socket.on('message', () => {
    heard += 1;
    socket.send(heard === 1 ? ACK : SNAPSHOT);
  });
  socket.on('close', () => sockets.delete(user));
});

async function replay(sendings: readonly Sending[]): Promise<number[]> {
  const sentAt: number[] = [];
  const offsets = sendings.map(({ offset }) => offset);
  await runSchedule(offsets, (index) => {
    const { user, text } = sendings[index] ?? { user: -1, text: '' };
    sentAt.push(monotonicMs());
    sockets.get(user)?.send(text);
  });
  return sentAt;
}

serve<Bare>({ replay, held });
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));

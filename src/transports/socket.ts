import { CloseCode, MessageType, parseMessage } from 'graphql-ws';
import type { Message, WebSocket as Wire } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A peer that has let so many pings pass is gone: at one in 12 s, that is noticed after 24 to 36 s. */
const MAX_MISSED_PONGS = 2;
/** A peer that leaves more than this unread is not heard until it has read: it could only ask for more. */
const MAX_UNREAD_BYTES = 1_000_000;

const OF_CLIENTS: ReadonlySet<string> = new Set([
  MessageType.ConnectionInit,
  MessageType.Ping,
  MessageType.Pong,
  MessageType.Subscribe,
  MessageType.Complete,
]);

/** The other end of a socket. */
export class ClientSocket extends WebSocket {
  /** Until when the one who opened it is believed, in milliseconds since 1970. */
  expiresAt = Infinity;
  #missedPongs = 0;

  /** Asks whether the peer is still there; cuts it off once it has not said so for too long. */
  check(): void {
    if (this.readyState !== WebSocket.OPEN) return;
    if (this.#missedPongs >= MAX_MISSED_PONGS) this.terminate();
    else {
      this.#missedPongs += 1;
      this.ping();
    }
  }

  /** Closes the socket of one who is no longer believed. */
  endIfExpired(now: number): void {
    if (this.expiresAt > now || this.readyState !== WebSocket.OPEN) return;
    this.close(CloseCode.Forbidden, 'Token expired');
  }

  recordPong(): void {
    this.#missedPongs = 0;
  }
}

/** What a wire needs to know of the server. */
export interface SocketAdapterOptions {
  /** Told of each message that is being sent. */
  readonly track: (sending: Promise<void>) => void;
  /** Handling a message failed: closes the socket. */
  readonly onFailure: (peer: ClientSocket, error: unknown) => void;
}

/** A document may be named by its hash alone; graphql-ws wants a text in its place. */
function withQuery(message: unknown): unknown {
  const { type, payload } = (message ?? {}) as { type?: unknown; payload?: unknown };
  if (type !== MessageType.Subscribe || typeof payload !== 'object' || payload === null) return message;
  return 'query' in payload ? message : { ...(message as object), payload: { ...payload, query: '' } };
}

/** A message that clients send; null for anything else. */
function readMessage(text: string): Message | null {
  try {
    const message = parseMessage(withQuery(JSON.parse(text)));
    return OF_CLIENTS.has(message.type) ? message : null;
  } catch {
    return null;
  }
}

/** A peer as graphql-ws talks to it. There are thousands: methods serve them all, where closures would be copies. */
export class SocketAdapter implements Wire {
  readonly #peer: ClientSocket;
  readonly #options: SocketAdapterOptions;

  constructor(peer: ClientSocket, options: SocketAdapterOptions) {
    this.#peer = peer;
    this.#options = options;
  }

  get protocol(): string {
    return this.#peer.protocol;
  }

  /** Resolves when the message has left: until then nothing more is pulled from the source that it came from. */
  send(text: string): Promise<void> {
    const peer = this.#peer;
    if (peer.readyState !== WebSocket.OPEN) return Promise.resolve();
    const sending = new Promise<void>((resolve) => {
      peer.send(text, () => {
        if (peer.isPaused && peer.bufferedAmount < MAX_UNREAD_BYTES) peer.resume();
        resolve();
      });
    });
    if (peer.bufferedAmount > MAX_UNREAD_BYTES) peer.pause();
    this.#options.track(sending);
    return sending;
  }

  close(code: number, reason: string): void {
    this.#peer.close(code, reason);
  }

  onMessage(handle: (text: string) => Promise<void>): void {
    const peer = this.#peer;
    peer.on('message', (data: Buffer) => {
      const message = readMessage(data.toString());
      if (!message) {
        this.close(CloseCode.BadRequest, 'Invalid message received');
        return;
      }
      // graphql-ws takes messages that have been parsed as well; a text it would keep as long as its subscription.
      handle(message as unknown as string).catch((error: unknown) => this.#options.onFailure(peer, error));
    });
  }
}

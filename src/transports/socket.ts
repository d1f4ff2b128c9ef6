import { CloseCode, MessageType, parseMessage } from 'graphql-ws';
import type { Message, WebSocket as Wire } from 'graphql-ws';
import { WebSocket } from 'ws';

/** After so many unanswered pings a socket is closed: with one ping every 12 s, after 24 to 36 s. */
const MAX_MISSED_PONGS = 2;
/** Messages of a client with more unread bytes are not read, because they could only request more. */
const MAX_UNREAD_BYTES = 1_000_000;

const OF_CLIENTS: ReadonlySet<string> = new Set([
  MessageType.ConnectionInit,
  MessageType.Ping,
  MessageType.Pong,
  MessageType.Subscribe,
  MessageType.Complete,
]);

/** A client's socket. */
export class ClientSocket extends WebSocket {
  /** When the viewer's token expires, in milliseconds since 1970. */
  expiresAt = Infinity;
  #missedPongs = 0;

  /** Sends a ping, or closes the socket of a client that has not answered the last ones. */
  check(): void {
    if (this.readyState !== WebSocket.OPEN) return;
    if (this.#missedPongs >= MAX_MISSED_PONGS) this.terminate();
    else {
      this.#missedPongs += 1;
      this.ping();
    }
  }

  /** Closes the socket if the viewer's token has expired. */
  endIfExpired(now: number): void {
    if (this.expiresAt > now || this.readyState !== WebSocket.OPEN) return;
    this.close(CloseCode.Forbidden, 'Token expired');
  }

  recordPong(): void {
    this.#missedPongs = 0;
  }
}

/** What a socket adapter needs from the server. */
export interface SocketAdapterOptions {
  /** Called for each message that is being sent. */
  readonly track: (sending: Promise<void>) => void;
  /** Called when handling a message failed. Closes the socket. */
  readonly onFailure: (peer: ClientSocket, error: unknown) => void;
}

/** A request may have only the hash of its document, but graphql-ws requires a string as the query. */
function withQuery(message: unknown): unknown {
  const { type, payload } = (message ?? {}) as { type?: unknown; payload?: unknown };
  if (type !== MessageType.Subscribe || typeof payload !== 'object' || payload === null) return message;
  return 'query' in payload ? message : { ...(message as object), payload: { ...payload, query: '' } };
}

/** Parses a message of a client. Null if it is not one. */
function readMessage(text: string): Message | null {
  try {
    const message = parseMessage(withQuery(JSON.parse(text)));
    return OF_CLIENTS.has(message.type) ? message : null;
  } catch {
    return null;
  }
}

/** A client's socket as graphql-ws uses it. A class, because closures would be copied for each of many sockets. */
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

  /** Resolves when the message has left: until then, no next result is requested. */
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
      // graphql-ws also accepts parsed messages. It would hold the text of a message as long as its subscription.
      handle(message as unknown as string).catch((error: unknown) => this.#options.onFailure(peer, error));
    });
  }
}

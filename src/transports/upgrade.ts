import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { writeErrorToSocket } from '../http/error-response.js';
import type { Refusal } from '../http/error-response.js';

/** A connection whose client asks for another protocol on it. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came after the request. */
  readonly head: Buffer;
}

export interface UpgradeOptions {
  readonly path: string;
  /** Origins, besides the server's own, whose pages may open sockets, in the form that browsers send. */
  readonly origins: readonly string[];
  /** The reason why new sockets are currently rejected, or null if they are accepted. */
  readonly whyNot: () => string | null;
  /** Takes over a connection that is to become a WebSocket. */
  readonly accept: (upgrade: Upgrade) => void;
}

/** Headers of a request that go with an upgrade, by themselves and among the words of `Connection`. */
const OF_UPGRADE: ReadonlySet<string> = new Set(['upgrade', 'http2-settings']);

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

/** Browsers let any page open a socket to anywhere, and say only which page it is. */
function mayOpen({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origins.includes(origin)) return true;
  const [scheme = ''] = origin.split('//');
  // A page of an app in a shell, such as capacitor://localhost, is of another origin than the server at localhost.
  if (scheme !== 'http:' && scheme !== 'https:') return false;
  const page = hostOf(origin);
  return page !== null && page !== '' && page === hostOf(`${scheme}//${host}`);
}

function refusalOf(request: IncomingMessage, { path, origins, whyNot }: UpgradeOptions): Refusal | null {
  if (request.url?.split('?')[0] !== path) {
    return { status: 404, code: 'NOT_FOUND', message: `Not found. WebSockets are served at ${path}.` };
  }
  if (!mayOpen(request, origins)) {
    return {
      status: 403,
      code: 'FORBIDDEN',
      message: 'Pages of this origin are not allowed to open WebSockets.',
    };
  }
  const message = whyNot();
  return message === null ? null : { status: 503, code: 'OVERLOADED', message };
}

function withoutUpgrade(connection: string): string {
  const words = connection.split(',').map((word) => word.trim());
  return words.filter((word) => !OF_UPGRADE.has(word.toLowerCase())).join(', ');
}

/**
 * Gives a connection back to the server as it would be had nothing been asked of it but HTTP. Once a server listens to
 * upgrades at all, Node hands it every request that offers one, and some clients offer HTTP/2 in this way with each
 * first request (Java's own client, `curl --http2`): they expect to be answered in HTTP/1.1 if it is not taken.
 */
function serveAsHttp(server: Server, { request, socket, head }: Upgrade): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const isConnection = name.toLowerCase() === 'connection';
    if (!OF_UPGRADE.has(name.toLowerCase()))
      lines.push(`${name}: ${isConnection ? withoutUpgrade(value) : value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/** Lets WebSockets be opened at one path by pages that may. */
export function listenToUpgrades(server: Server, options: UpgradeOptions): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const upgrade = { request, socket, head };
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      serveAsHttp(server, upgrade);
      return;
    }
    const refusal = refusalOf(request, options);
    if (refusal) writeErrorToSocket(socket, refusal);
    else options.accept(upgrade);
  });
}

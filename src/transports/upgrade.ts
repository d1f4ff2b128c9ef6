import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { writeErrorToSocket } from '../http/error-response.js';
import type { Refusal } from '../http/error-response.js';
import { tryParseUrl } from '../url.js';

/** A connection whose client requests an upgrade to another protocol. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** The bytes that followed the request. */
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

/** The headers of an upgrade, which are also listed in `Connection`. */
const OF_UPGRADE: ReadonlySet<string> = new Set(['upgrade', 'http2-settings']);

function hostOf(address: string): string | null {
  return tryParseUrl(address)?.host ?? null;
}

/** Browsers let any page open a socket to any server, and only send the page's origin. */
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
 * Returns a connection to the HTTP server as if the request had not offered an upgrade. A server with an upgrade
 * listener receives every request that offers one, and some clients offer HTTP/2 in their first request (Java's own
 * client, `curl --http2`): they expect a response in HTTP/1.1 if the offer is declined.
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

/** Accepts WebSockets at one path, from pages of allowed origins. */
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

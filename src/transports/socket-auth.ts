import { CloseCode } from 'graphql-ws';
import type { Context } from 'graphql-ws';

import { isSameViewer } from '../auth.js';
import type { Authenticator, Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import type { Catalogue, Messages } from '../messages/messages.js';
import type { RejectedTokens } from './rejected-tokens.js';
import type { ClientSocket } from './socket.js';

/** What is known of a socket beside what graphql-ws knows. */
export interface SocketState {
  readonly socket: ClientSocket;
  /** Of the upgrade, and so of all that is asked over the socket. */
  readonly requestId: string;
  /** The client's IP address. */
  readonly address: string;
  /** From the upgrade. */
  authorization: string | undefined;
  viewer: Viewer | null;
  /** All sockets of a language share one. */
  catalogue: Catalogue;
}

export type ConnectionParams = Record<string, unknown>;
export type SocketContext = Context<ConnectionParams, SocketState>;

export const isApiError = (error: unknown, code: 'UNAUTHENTICATED' | 'AUTH_UNAVAILABLE'): boolean =>
  error instanceof ApiError && error.extensions['code'] === code;

const authorizationIn = (params: Record<string, unknown> = {}): unknown =>
  params['authorization'] ?? params['Authorization'];

/** Browsers cannot set headers on a socket, so its first message comes before them. */
function authorizationOf({ connectionParams, extra }: SocketContext): string | undefined {
  const given = authorizationIn(connectionParams);
  if (given === undefined || given === null) return extra.authorization;
  return typeof given === 'string' ? given : '';
}

function setViewer(extra: SocketState, viewer: Viewer): void {
  extra.viewer = viewer;
  extra.socket.expiresAt = viewer.expiresAt;
}

/** A page in a language of its own says so in the first message; else the browser's is in the upgrade. */
function chooseLanguage({ connectionParams = {}, extra }: SocketContext, messages: Messages): void {
  const wanted = connectionParams['acceptLanguage'];
  if (typeof wanted === 'string') extra.catalogue = messages.forAcceptLanguage(wanted);
}

const originOf = ({ address, requestId }: SocketState) =>
  ({ transport: 'websocket', address, requestId }) as const;

/** How viewers of sockets are let in. */
export interface SocketAuth {
  readonly authenticate: Authenticator;
  readonly messages: Messages;
  readonly rejectedTokens: RejectedTokens;
}

/** False closes the socket with 4403. */
export async function authenticateSocket(
  context: SocketContext,
  { authenticate, messages, rejectedTokens }: SocketAuth,
): Promise<boolean> {
  const authorization = authorizationOf(context);
  chooseLanguage(context, messages);
  // Nothing that could be used again stays in memory as long as the socket.
  context.extra.authorization = undefined;
  Object.assign(context, { connectionParams: undefined });
  try {
    setViewer(context.extra, await authenticate(authorization));
    return true;
  } catch (error) {
    rejectedTokens.log(error, originOf(context.extra));
    if (isApiError(error, 'UNAUTHENTICATED')) return false;
    throw error;
  }
}

/**
 * A `ping` whose payload has an `authorization` brings the token that the viewer goes on with: the protocol has no
 * message of its own for it. It must be of the same viewer, for what is subscribed to goes on as it is.
 */
export function createOnPing({ authenticate, rejectedTokens }: SocketAuth) {
  return async ({ extra }: SocketContext, payload: Record<string, unknown> | undefined): Promise<void> => {
    const given = authorizationIn(payload);
    if (given === undefined || given === null) return;
    // The payload is what the pong will have.
    Object.assign(payload ?? {}, { authorization: undefined, Authorization: undefined });
    const { socket, viewer } = extra;
    if (!viewer) {
      socket.close(CloseCode.Unauthorized, 'Unauthorized');
      return;
    }
    try {
      const renewed = await authenticate(typeof given === 'string' ? given : '');
      if (isSameViewer(viewer, renewed)) setViewer(extra, renewed);
      else socket.close(CloseCode.Forbidden, 'Forbidden');
    } catch (error) {
      rejectedTokens.log(error, originOf(extra));
      if (!isApiError(error, 'UNAUTHENTICATED')) throw error;
      socket.close(CloseCode.Forbidden, 'Forbidden');
    }
  };
}

import { CloseCode } from 'graphql-ws';
import type { Context } from 'graphql-ws';

import { isSameViewer } from '../auth.js';
import type { Authenticator, Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import type { Catalogue, Messages } from '../messages/messages.js';
import type { RejectedTokens } from './rejected-tokens.js';
import type { ClientSocket } from './socket.js';

/** The state of a socket, in addition to that of graphql-ws. */
export interface SocketState {
  readonly socket: ClientSocket;
  /** The id of the upgrade request, for all operations of the socket. */
  readonly requestId: string;
  /** The client's IP address. */
  readonly address: string;
  /** The header of the upgrade request. */
  authorization: string | undefined;
  viewer: Viewer | null;
  /** Shared by all sockets of a language. */
  catalogue: Catalogue;
}

export type ConnectionParams = Record<string, unknown>;
export type SocketContext = Context<ConnectionParams, SocketState>;

export const isApiError = (error: unknown, code: 'UNAUTHENTICATED' | 'AUTH_UNAVAILABLE'): boolean =>
  error instanceof ApiError && error.extensions['code'] === code;

const authorizationIn = (params: Record<string, unknown> = {}): unknown =>
  params['authorization'] ?? params['Authorization'];

/** Browsers cannot set headers of an upgrade, so the first message takes precedence over them. */
function authorizationOf({ connectionParams, extra }: SocketContext): string | undefined {
  const given = authorizationIn(connectionParams);
  if (given === undefined || given === null) return extra.authorization;
  return typeof given === 'string' ? given : '';
}

function setViewer(extra: SocketState, viewer: Viewer): void {
  extra.viewer = viewer;
  extra.socket.expiresAt = viewer.expiresAt;
}

/** A page can set its language in the first message. Defaults to the header of the upgrade request. */
function chooseLanguage({ connectionParams = {}, extra }: SocketContext, messages: Messages): void {
  const wanted = connectionParams['acceptLanguage'];
  if (typeof wanted === 'string') extra.catalogue = messages.forAcceptLanguage(wanted);
}

const originOf = ({ address, requestId }: SocketState) =>
  ({ transport: 'websocket', address, requestId }) as const;

/** How viewers of sockets are authenticated. */
export interface SocketAuth {
  readonly authenticate: Authenticator;
  readonly messages: Messages;
  readonly rejectedTokens: RejectedTokens;
}

/** Authenticates `connection_init`. Resolves to false, which closes the socket with 4403, for a rejected token. */
export async function authenticateSocket(
  context: SocketContext,
  { authenticate, messages, rejectedTokens }: SocketAuth,
): Promise<boolean> {
  const authorization = authorizationOf(context);
  chooseLanguage(context, messages);
  // Tokens must not stay in memory for the life of the socket.
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
 * A `ping` whose payload has an `authorization` renews the viewer's token, because the protocol has no message for it.
 * The token must be of the same viewer, because the subscriptions continue unchanged.
 */
export function createOnPing({ authenticate, rejectedTokens }: SocketAuth) {
  return async ({ extra }: SocketContext, payload: Record<string, unknown> | undefined): Promise<void> => {
    const given = authorizationIn(payload);
    if (given === undefined || given === null) return;
    // graphql-ws sends the payload back in the pong.
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

import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ExecutionArgs, FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { Context, OperationResult, Server, SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';

import type { Authenticate, Viewer } from '../auth.js';
import { ApiError, formatError } from '../errors.js';
import { tellError } from '../graphql/result.js';
import type { Report } from '../graphql/result.js';
import type { Catalogue } from '../messages/messages.js';
import { every } from './clock.js';
import type { Ask, Operations } from './operations.js';
import { Peer, PeerWire } from './peer.js';
import { listenToUpgrades } from './upgrade.js';

export interface WebsocketOptions {
  readonly schema: GraphQLSchema;
  readonly operations: Operations;
  readonly authenticate: Authenticate;
  readonly corsOrigins: readonly string[];
  /** How long a socket may stay open without `connection_init`; 10 s where it is left out. */
  readonly initWaitMs?: number;
  /** How often each peer is asked whether it is still there; every 12 s where it is left out. */
  readonly pingEveryMs?: number;
}

const PATH = '/graphql';
const MAX_MESSAGE_BYTES = 128_000;
const MAX_SUBSCRIPTIONS = 100;
const INIT_WAIT_MS = 10_000;
const PING_EVERY_MS = 12_000;
/** Pings go out in so many parts: ten thousand at once would be a pause for all else. */
const TURNS = 12;
/** A peer that does not answer a close is cut off. */
const CLOSE_WITHIN_MS = 2_000;
const SOCKETS = {
  noServer: true,
  WebSocket: Peer,
  maxPayload: MAX_MESSAGE_BYTES,
  // The types do not know it yet.
  closeTimeout: CLOSE_WITHIN_MS,
  // It costs each socket more memory than all the rest together.
  perMessageDeflate: false,
  handleProtocols,
};
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** What is known of a socket beside what graphql-ws knows. */
interface Extra {
  /** From the upgrade. */
  authorization: string | undefined;
  viewer: Viewer | null;
  /** All sockets of a language share one. */
  catalogue: Catalogue;
}
type ConnectionParams = Record<string, unknown>;
type SocketContext = Context<ConnectionParams, Extra>;
type GraphqlServer = Server<Extra>;

/** An error that is in the words for the client already. */
class ToldError extends GraphQLError {
  readonly #told: GraphQLFormattedError;

  constructor(told: GraphQLFormattedError) {
    super(told.message);
    this.#told = told;
  }

  override toJSON(): GraphQLFormattedError {
    return this.#told;
  }
}

const toldOf = (error: GraphQLError, report: Report): GraphQLFormattedError =>
  error instanceof ToldError ? error.toJSON() : tellError(error, report);

const isApiError = (error: unknown, code: 'UNAUTHENTICATED' | 'AUTH_UNAVAILABLE'): boolean =>
  error instanceof ApiError && error.extensions['code'] === code;

/** Browsers cannot set headers on a socket, so its first message comes before them. */
function authorizationOf({ connectionParams = {}, extra }: SocketContext): string | undefined {
  const given = connectionParams['authorization'] ?? connectionParams['Authorization'];
  if (given === undefined || given === null) return extra.authorization;
  return typeof given === 'string' ? given : '';
}

/** A page in a language of its own says so in the first message; else the browser's is in the upgrade. */
function chooseLanguage({ connectionParams = {}, extra }: SocketContext, { messages }: Operations): void {
  const wanted = connectionParams['acceptLanguage'];
  if (typeof wanted === 'string') extra.catalogue = messages.accepted(wanted);
}

/** False closes the socket with 4403. */
async function admit(
  context: SocketContext,
  { authenticate, operations }: WebsocketOptions,
): Promise<boolean> {
  const authorization = authorizationOf(context);
  chooseLanguage(context, operations);
  // Nothing that could be used again stays in memory as long as the socket.
  context.extra.authorization = undefined;
  Object.assign(context, { connectionParams: undefined });
  try {
    context.extra.viewer = await authenticate(authorization);
    return true;
  } catch (error) {
    if (isApiError(error, 'UNAUTHENTICATED')) return false;
    throw error;
  }
}

function tooMany(): readonly ToldError[] {
  const error = new ApiError('OVERLOADED', `A socket has at most ${MAX_SUBSCRIPTIONS} operations at once.`);
  return [new ToldError(formatError({ message: '' }, error))];
}

/** Prepares an operation; what cannot be run is answered under its id, and the socket stays open. */
function createOnSubscribe({ operations, schema }: WebsocketOptions) {
  return ({ extra, subscriptions }: SocketContext, _: string, payload: SubscribePayload) => {
    if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS) return tooMany();
    const prepared = operations.prepare(payload.query, payload.operationName);
    if ('errors' in prepared) return prepared.errors.map((told) => new ToldError(told));
    if (!extra.viewer) throw new Error('An operation came from a socket that was not let in.');
    // graphql-ws keeps the message as long as the subscription: its text is in the prepared document, once for all.
    Object.assign(payload, { query: '', extensions: undefined });
    const { viewer, catalogue } = extra;
    const ask: Ask = { prepared, variables: payload.variables ?? undefined, viewer, catalogue };
    const { document, operation } = prepared;
    return { schema, document, operationName: operation.name?.value ?? null, contextValue: ask };
  };
}

function createGraphqlServer(options: WebsocketOptions): GraphqlServer {
  const { operations, initWaitMs = INIT_WAIT_MS } = options;
  const run = ({ contextValue }: ExecutionArgs) => operations.run(contextValue as Ask) as OperationResult;
  return makeServer<ConnectionParams, Extra>({
    connectionInitWaitTimeout: initWaitMs,
    onConnect: (context) => admit(context, options),
    onSubscribe: createOnSubscribe(options),
    execute: run,
    subscribe: run,
    // Answers come formatted from where they are made.
    onNext: (...[, , , , result]) => result as FormattedExecutionResult,
    onError: (...[, , , errors]) => errors.map((error) => toldOf(error, operations.report)),
  });
}

function closeFor(peer: Peer, error: unknown, { report }: Operations): void {
  report(error);
  if (isApiError(error, 'AUTH_UNAVAILABLE')) peer.close(TRY_AGAIN_LATER, 'Try again later');
  else peer.close(CloseCode.InternalServerError, 'Internal server error');
}

/** Makes what is to be done with each new peer. */
function createOpen(options: WebsocketOptions): (peer: Peer, headers: IncomingHttpHeaders) => void {
  const { operations } = options;
  const server = createGraphqlServer(options);
  const { track } = operations;
  const wire = { track, onFailure: (peer: Peer, error: unknown) => closeFor(peer, error, operations) };
  // Without a listener, one bad frame would end the process; `ws` itself closes the socket.
  const ignore = () => undefined;
  let opened = 0;

  return (peer, { authorization, 'accept-language': language }) => {
    peer.turn = opened++ % TURNS;
    peer.on('error', ignore);
    peer.on('pong', () => peer.hearPong());
    const catalogue = operations.messages.accepted(language);
    const closed = server.opened(new PeerWire(peer, wire), { authorization, viewer: null, catalogue });
    peer.once('close', (code, reason) => {
      closed(code, reason.toString()).catch(operations.report);
    });
  };
}

/** Serves graphql-transport-ws at `/graphql`. When the app closes, what is under way is finished first. */
export function registerWebsocket(app: FastifyInstance, options: WebsocketOptions): void {
  const { operations, corsOrigins, pingEveryMs = PING_EVERY_MS } = options;
  const open = createOpen(options);
  const sockets = new WebSocketServer(SOCKETS);
  let isClosing = false;
  let gone: Promise<unknown> = Promise.resolve();
  let turn = 0;
  const stopPings = every(pingEveryMs / TURNS, () => {
    turn = (turn + 1) % TURNS;
    for (const peer of sockets.clients) if (peer.turn === turn) peer.check();
  });

  listenToUpgrades(app.server, {
    path: PATH,
    origins: corsOrigins,
    isClosing: () => isClosing,
    accept: ({ request, socket, head }) =>
      sockets.handleUpgrade(request, socket, head, (peer) => open(peer, request.headers)),
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    await operations.settle();
    stopPings();
    for (const peer of sockets.clients) peer.close(GOING_AWAY, 'Going away');
    gone = new Promise((resolve) => sockets.close(resolve));
  });
  app.addHook('onClose', () => gone);
}

import type { IncomingMessage } from 'node:http';

import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ExecutionArgs, FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { OperationResult, Server, SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';

import type { Authenticator } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';
import { reportAndFormatError } from '../graphql/result.js';
import type { ErrorReporter } from '../graphql/result.js';
import { REQUEST_ID_HEADER, requestIdOf } from '../http/request-id.js';
import { Heartbeat } from './heartbeat.js';
import type { Ask, Operations } from './operations.js';
import { ClientSocket, SocketAdapter } from './socket.js';
import type { LoadShedder } from '../http/load-shedding.js';
import { authenticateSocket, createOnPing, isApiError } from './socket-auth.js';
import type { ConnectionParams, SocketState, SocketContext } from './socket-auth.js';
import { listenToUpgrades } from './upgrade.js';

export interface WebsocketOptions {
  readonly schema: GraphQLSchema;
  readonly operations: Operations;
  readonly authenticate: Authenticator;
  readonly corsOrigins: readonly string[];
  readonly loadShedder: LoadShedder;
  /** How long a socket may stay open without `connection_init`, in milliseconds. Defaults to 10,000. */
  readonly initWaitMs?: number;
  /** Interval of the pings to each client, in milliseconds. Defaults to 12,000. */
  readonly pingEveryMs?: number;
  /** Called with 1 when a socket opens, and with -1 when it has closed. */
  readonly onConnection?: (change: 1 | -1) => void;
}

const PATH = '/graphql';
const MAX_MESSAGE_BYTES = 128_000;
const MAX_SUBSCRIPTIONS = 100;
/** As many sockets, with a subscription each, as fit into a process of 1 GB. */
const MAX_SOCKETS = 20_000;
const INIT_WAIT_MS = 10_000;
const PING_EVERY_MS = 12_000;
/** How long a client has to answer a close frame before its connection is destroyed. */
const CLOSE_WITHIN_MS = 2_000;
const SOCKETS = {
  noServer: true,
  WebSocket: ClientSocket,
  maxPayload: MAX_MESSAGE_BYTES,
  // The types do not declare it yet.
  closeTimeout: CLOSE_WITHIN_MS,
  // It would cost each socket more memory than everything else together.
  perMessageDeflate: false,
  handleProtocols,
};
/** A socket may stay open for days: its operations are not part of the trace in which it was opened. */
const NO_TRACE = {};
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

type GraphqlServer = Server<SocketState>;

/** An error that has already been formatted for the client. */
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

const toldOf = (error: GraphQLError, report: ErrorReporter): GraphQLFormattedError =>
  error instanceof ToldError ? error.toJSON() : reportAndFormatError(error, report);

const told = (error: ApiError): readonly ToldError[] => [new ToldError(formatError({ message: '' }, error))];

/** Prepares an operation. An error before validation is reported like a validation error. */
function prepare(
  { operations }: WebsocketOptions,
  { viewer, trace }: Pick<Ask, 'viewer' | 'trace'>,
  payload: SubscribePayload,
) {
  try {
    const prepared = operations.prepare(viewer, payload, trace);
    return 'errors' in prepared ? prepared.errors.map((one) => new ToldError(one)) : prepared;
  } catch (error) {
    if (error instanceof ApiError) return told(error);
    throw error;
  }
}

/** Handles `subscribe` messages. What cannot be executed is answered with an `error` message, and the socket stays open. */
function createOnSubscribe(options: WebsocketOptions) {
  const { schema } = options;
  return ({ extra, subscriptions }: SocketContext, _: string, payload: SubscribePayload) => {
    if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS) {
      return told(
        new ApiError(
          'OVERLOADED',
          `The limit of ${MAX_SUBSCRIPTIONS} concurrent operations per socket is reached.`,
        ),
      );
    }
    if (!extra.viewer) throw new Error('Received an operation on an unauthenticated socket.');
    const { viewer, catalogue, requestId } = extra;
    const trace = options.operations.begin({ transport: 'websocket', requestId, headers: NO_TRACE }, viewer);
    const prepared = prepare(options, { viewer, trace }, payload);
    if (!('document' in prepared)) return prepared;
    // graphql-ws holds the message as long as the subscription, but the prepared document has its text already.
    Object.assign(payload, { query: '', extensions: undefined, documentId: undefined });
    const ask: Ask = { prepared, variables: payload.variables ?? undefined, viewer, catalogue, trace };
    const { document, operation } = prepared;
    return { schema, document, operationName: operation.name?.value ?? null, contextValue: ask };
  };
}

function createGraphqlServer(options: WebsocketOptions): GraphqlServer {
  const { operations, authenticate, initWaitMs = INIT_WAIT_MS } = options;
  const { messages, rejectedTokens } = operations;
  const auth = { authenticate, messages, rejectedTokens };
  const run = ({ contextValue }: ExecutionArgs) => operations.run(contextValue as Ask) as OperationResult;
  return makeServer<ConnectionParams, SocketState>({
    connectionInitWaitTimeout: initWaitMs,
    onConnect: (context) => authenticateSocket(context, auth),
    onPing: createOnPing(auth),
    onSubscribe: createOnSubscribe(options),
    execute: run,
    subscribe: run,
    // Results are already formatted.
    onNext: (...[, , , , result]) => result as FormattedExecutionResult,
    onError: (...[, , , errors]) => errors.map((error) => toldOf(error, operations.report)),
  });
}

function closeFor(peer: ClientSocket, error: unknown, { report }: Operations): void {
  report(error);
  if (isApiError(error, 'AUTH_UNAVAILABLE')) peer.close(TRY_AGAIN_LATER, 'Try again later');
  else peer.close(CloseCode.InternalServerError, 'Internal server error');
}

/** Creates the function that handles each new socket. */
function createOpen(
  options: WebsocketOptions,
  heartbeat: Heartbeat<ClientSocket>,
): (peer: ClientSocket, request: IncomingMessage) => void {
  const { operations, onConnection } = options;
  const server = createGraphqlServer(options);
  const { track } = operations;
  const wire = {
    track,
    onFailure: (peer: ClientSocket, error: unknown) => closeFor(peer, error, operations),
  };
  // Without a listener, one bad frame would end the process; `ws` itself closes the socket.
  const ignore = () => undefined;

  return (peer, { headers, socket }) => {
    const { authorization, 'accept-language': language } = headers;
    const requestId = requestIdOf(headers[REQUEST_ID_HEADER]);
    const address = socket.remoteAddress ?? '';
    peer.on('error', ignore);
    peer.on('pong', () => peer.recordPong());
    const catalogue = operations.messages.forAcceptLanguage(language);
    const extra: SocketState = { socket: peer, requestId, address, authorization, viewer: null, catalogue };
    const closed = server.opened(new SocketAdapter(peer, wire), extra);
    heartbeat.add(peer);
    onConnection?.(1);
    peer.once('close', (code, reason) => {
      heartbeat.delete(peer);
      onConnection?.(-1);
      closed(code, reason.toString()).catch(operations.report);
    });
  };
}

/** Serves graphql-transport-ws at `/graphql`. When the app closes, operations in progress are finished first. */
export function registerWebsocket(app: FastifyInstance, options: WebsocketOptions): void {
  const { operations, corsOrigins, loadShedder, pingEveryMs = PING_EVERY_MS } = options;
  const heartbeat = new Heartbeat<ClientSocket>({
    everyMs: pingEveryMs,
    beat: (peer) => peer.check(),
    endIfExpired: (peer, now) => peer.endIfExpired(now),
  });
  const open = createOpen(options, heartbeat);
  const sockets = new WebSocketServer(SOCKETS);
  sockets.on('headers', (lines, { headers }) => {
    headers[REQUEST_ID_HEADER] = requestIdOf(headers[REQUEST_ID_HEADER]);
    lines.push(`${REQUEST_ID_HEADER}: ${headers[REQUEST_ID_HEADER]}`);
  });
  let isClosing = false;
  let gone: Promise<unknown> = Promise.resolve();
  const stopHeartbeat = heartbeat.start();

  listenToUpgrades(app.server, {
    path: PATH,
    origins: corsOrigins,
    whyNot: () => {
      if (isClosing) return 'The service is shutting down.';
      const isFull = sockets.clients.size >= MAX_SOCKETS || loadShedder.isShedding();
      return isFull ? 'The service is overloaded.' : null;
    },
    accept: ({ request, socket, head }) =>
      sockets.handleUpgrade(request, socket, head, (peer) => open(peer, request)),
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    await operations.settle();
    stopHeartbeat();
    for (const peer of sockets.clients) peer.close(GOING_AWAY, 'Going away');
    gone = new Promise((resolve) => sockets.close(resolve));
  });
  app.addHook('onClose', () => gone);
}

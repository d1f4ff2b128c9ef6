import { ApolloServer } from '@apollo/server';
import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { GraphQLError, GraphQLSchema, ValidationRule } from 'graphql';

import type { Authenticator } from '../auth.js';
import { createContext } from '../graphql/context.js';
import type { Context, Services } from '../graphql/context.js';
import { ApiError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';
import type { PrepareDocument } from '../graphql/document.js';
import type { Execute } from '../graphql/execute.js';
import { createErrorReporter } from '../graphql/result.js';
import { MAX_TOKENS, MAX_VALIDATION_ERRORS } from '../graphql/validation-rules.js';
import type { OperationTrace, Origin } from '../telemetry/operation.js';
import type { Admission } from './admission.js';
import { chooseEncoding, registerCompression } from './compression.js';
import { Streams } from './event-stream.js';
import type { StreamsOptions } from './event-stream.js';
import { createMultipart } from './multipart.js';
import type { Operations } from './operations.js';
import { createPersistedDocuments } from './persisted-documents.js';
import { retryAfterHeader } from './retry-after-header.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The trace of the request's operation. Null once the operation has taken it over. */
    trace: OperationTrace | null;
  }
}

/** How subscriptions in multipart responses are served. */
export type MultipartSettings = Omit<StreamsOptions, 'operations'>;

export interface GraphqlOptions {
  readonly multipart?: MultipartSettings;
  readonly prepare: PrepareDocument;
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  /** Validation rules in addition to those of GraphQL itself. */
  readonly rules: ValidationRule[];
  readonly admission: Admission;
  readonly services: Services;
  readonly authenticate: Authenticator;
  readonly operations: Operations;
  readonly log: FastifyBaseLogger;
  /** Starts the trace of an operation. */
  readonly begin: (origin: Origin) => OperationTrace;
}

/**
 * A request with one of these headers cannot come from a page of an origin that CORS does not allow: a browser sends
 * them only after a preflight. `Authorization` is one too. A browser adds it by itself only for schemes such as Basic,
 * which do not authenticate here: only a bearer token does, and there are no cookies.
 */
const PREFLIGHTED_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight', 'authorization'];

/** In lower case, because @fastify/compress looks for its own name in this form. */
const VARY = 'authorization, accept, accept-encoding, accept-language';

/** Responses are not to be stored at all; a cache that does store one must not serve it to another viewer. */
function setVary(_: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const ofCors = reply.getHeader('vary');
  void reply.header('vary', typeof ofCors === 'string' ? `${ofCors}, ${VARY}` : VARY);
  done();
}

const notHere = () =>
  new ApiError(
    'BAD_REQUEST',
    'Subscriptions are served over WebSocket or SSE (/graphql/stream), or by POST to clients that accept multipart/mixed;subscriptionSpec=1.0.',
  );

/** The error code that a client receives for what was thrown. */
function codeOf(error: unknown): unknown {
  const { extensions = {} } = error as Partial<GraphQLError>;
  return formatError({ message: '', extensions }, error).extensions?.['code'];
}

/** Makes Apollo Server execute operations with our executor, which compiles repeated ones. */
function createGateway({ schema, execute }: GraphqlOptions): GatewayInterface {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async ({ queryHash, document, request, context: given }) => {
          const context = given as Context;
          const operation = getOperationAST(document, request.operationName);
          if (operation) context.trace?.setOperation(operation, queryHash);
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) return { errors: [notHere()] };
          const { operationName, variables } = request;
          const run = () => execute({ queryHash, document, operationName, variables, context });
          return context.trace ? context.trace.run(run) : run();
        },
      }),
    stop: () => Promise.resolve(),
  };
}

/** Logs the cause of each error that the client did not cause: responses do not contain it. */
function logErrors(log: FastifyBaseLogger): ApolloServerPlugin {
  const tell = createErrorReporter(log);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors, contextValue }) {
          const { trace } = contextValue as Context;
          errors.forEach(trace ? createErrorReporter(trace) : tell);
          trace?.setError(codeOf(errors[0]));
          return Promise.resolve();
        },
      }),
    contextCreationDidFail: ({ error }) => {
      tell(error);
      return Promise.resolve();
    },
  };
}

function createApollo(options: GraphqlOptions): ApolloServer<Context> {
  const { log, rules } = options;
  return new ApolloServer<Context>({
    gateway: createGateway(options),
    formatError,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: rules,
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    // Our own validation rule decides about introspection, for all transports alike.
    introspection: true,
    // Clients that can register queries by their hashes can fill the memory.
    persistedQueries: false,
    csrfPrevention: { requestHeaders: PREFLIGHTED_HEADERS },
    logger: log,
    includeStacktraceInErrorResponses: false,
    // Only `main.ts` handles signals. A second stop of Apollo Server would never return.
    stopOnTerminationSignals: false,
    plugins: [
      // It instruments every field, which costs more processor time than our resolvers.
      ApolloServerPluginCacheControlDisabled(),
      // In a subgraph, one header of any client would enable the same instrumentation permanently.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      logErrors(log),
      retryAfterHeader(),
    ],
  });
}

/** Traces the operation of a request until its response is sent or the client disconnects. */
function createFollow({ begin }: GraphqlOptions) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const trace = begin({ transport: 'http', requestId: request.id, headers: request.headers });
    request.trace = trace;
    reply.raw.once('close', () => {
      if (request.trace === null) return;
      if (!reply.raw.writableFinished) trace.setError('CLIENT_LEFT');
      trace.end(reply.statusCode);
    });
    done();
  };
}

function createContextOf({ services, authenticate, admission, operations }: GraphqlOptions) {
  return async ({ headers, trace, ip }: FastifyRequest): Promise<Context> => {
    try {
      const viewer = await authenticate(headers.authorization);
      if (trace) trace.viewer = viewer;
      admission.admit(viewer);
      const catalogue = services.messages.forAcceptLanguage(headers['accept-language']);
      return createContext(services, { viewer, catalogue, trace });
    } catch (error) {
      trace?.setError(codeOf(error));
      operations.rejectedTokens.describe(error, trace, ip);
      throw error;
    }
  };
}

/** Subscriptions to clients that accept multipart responses; everything else is Apollo's. */
function createHandler(apollo: ApolloServer<Context>, options: GraphqlOptions, streams: Streams) {
  const handleMultipart = createMultipart({ ...options, streams });
  const handleApollo = fastifyApolloHandler(apollo, { context: createContextOf(options) });
  return async function handle(this: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
    return (await handleMultipart(request, reply)) ?? handleApollo.call(this, request, reply);
  };
}

/** Serves GraphQL at `/graphql` by POST, and queries by GET too. */
export async function registerGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<void> {
  const { operations, admission, multipart = {} } = options;
  const apollo = createApollo(options);
  await apollo.start();
  await registerCompression(app);
  const streams = new Streams({ operations, ...multipart });
  app.addHook('preClose', async () => {
    await operations.settle();
    streams.close();
  });
  app.addHook('onClose', () => apollo.stop());
  app.decorateRequest('trace', null);
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    compress: {},
    onRequest: [setVary, chooseEncoding, createFollow(options)],
    preHandler: createPersistedDocuments(admission.resolveDocument),
    handler: createHandler(apollo, options, streams),
  });
}

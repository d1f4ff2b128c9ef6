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
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

import type { Authenticate } from '../auth.js';
import { createContext } from '../context.js';
import type { Context, Services } from '../context.js';
import { ApiError, formatError } from '../errors.js';
import type { Execute } from '../graphql/execute.js';
import { createReport } from '../graphql/result.js';
import { limitsRule, MAX_TOKENS, MAX_VALIDATION_ERRORS } from '../graphql/limits.js';

export interface GraphqlOptions {
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly log: FastifyBaseLogger;
}

function isSubscription(document: DocumentNode, operationName: string | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}

/** Apollo's seam for another executor: ours runs operations that come back in a compiled form. */
function createGateway({ schema, execute }: GraphqlOptions): GatewayInterface {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async ({ queryHash, document, request, context }) =>
          isSubscription(document, request.operationName)
            ? {
                errors: [
                  new ApiError('BAD_REQUEST', 'A subscription needs WebSocket, or SSE at /graphql/stream.'),
                ],
              }
            : execute({
                queryHash,
                document,
                operationName: request.operationName,
                variables: request.variables,
                context: context as Context,
              }),
      }),
    stop: () => Promise.resolve(),
  };
}

/** Tells the log what a client is not told: the cause of each error that is not the client's own. */
function logErrors(log: FastifyBaseLogger): ApolloServerPlugin {
  const tell = createReport(log);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors({ errors }) {
          errors.forEach(tell);
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
  const { log } = options;
  return new ApolloServer<Context>({
    gateway: createGateway(options),
    formatError,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [limitsRule],
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    introspection: true,
    // Whoever can register a query by its hash can fill the memory of all.
    persistedQueries: false,
    logger: log,
    includeStacktraceInErrorResponses: false,
    // The process has one owner of its signals: `main.ts`. Stopping Apollo twice never returns.
    stopOnTerminationSignals: false,
    plugins: [
      // It instruments every field, which costs more than all of ours.
      ApolloServerPluginCacheControlDisabled(),
      // In a subgraph, one header of any client's would switch the same instruments on for good.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      logErrors(log),
    ],
  });
}

/** Serves GraphQL at `/graphql`, by POST and, for queries, GET. */
export async function registerGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<void> {
  const { services, authenticate } = options;
  const apollo = createApollo(options);
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler(apollo, {
      context: async ({ headers }) => {
        const viewer = await authenticate(headers.authorization);
        return createContext(services, viewer, services.messages.accepted(headers['accept-language']));
      },
    }),
  });
}

import { makeExecutableSchema } from '@graphql-tools/schema';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';

import type { Authenticator } from '../../src/auth.js';
import type { Services } from '../../src/graphql/context.js';
import { createPrepareDocument } from '../../src/graphql/document.js';
import { createExecute } from '../../src/graphql/execute.js';
import { allowAllDocuments } from '../../src/graphql/trusted-documents.js';
import { createAdmit } from '../../src/transports/admission.js';
import { createApp } from '../../src/http/app.js';
import { Streams } from '../../src/transports/event-stream.js';
import { createMultipart } from '../../src/transports/multipart.js';
import { createOperations } from '../../src/transports/operations.js';
import type { LoadShedder } from '../../src/http/load-shedding.js';
import { registerSse } from '../../src/transports/sse.js';
import { registerWebsocket } from '../../src/transports/websocket.js';
import { RateLimiter } from '../../src/backplane/rate-limit.js';
import { Messages } from '../../src/messages/messages.js';

/** Nothing of the toy schemas asks for anything of MX. */
export const NO_SERVICES = { reads: {}, messages: new Messages(new Map()) } as unknown as Services;

/** A source of events that a test feeds, and that tells what becomes of it. */
export class ToySource implements AsyncIterableIterator<unknown> {
  readonly #waiting: ((result: IteratorResult<unknown>) => void)[] = [];
  readonly #events: unknown[] = [];
  pulls = 0;
  isReturned = false;

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(event: unknown): void {
    const wake = this.#waiting.shift();
    if (wake) wake({ done: false, value: event });
    else this.#events.push(event);
  }

  next(): Promise<IteratorResult<unknown>> {
    this.pulls += 1;
    if (this.#events.length > 0) return Promise.resolve({ done: false, value: this.#events.shift() });
    if (this.isReturned) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Leaves a `next` that is pending as it is, as a source may. */
  return(): Promise<IteratorResult<unknown>> {
    this.isReturned = true;
    return Promise.resolve({ done: true, value: undefined });
  }
}

const SDL = `
  type Query { word: String, slow: String }
  type Mutation { say(word: String!): String }
  type Subscription { ticks(limit: Int): Tick, sure: Tick!, refused: Tick, broken: Tick }
  type Tick { count: Int, text: String, slow: String, failing: String, certain: String! }
`;

export interface ToyOptions {
  readonly source?: ToySource;
  /** What the fields named `slow` wait for. */
  readonly slow?: () => Promise<string>;
}

/** A schema whose subscription tells what a test feeds it; an event that is an error fails as one. */
export function toySchema({
  source = new ToySource(),
  slow = () => Promise.resolve('slow'),
}: ToyOptions = {}): GraphQLSchema {
  const fed = {
    subscribe: () => source,
    resolve: (event: unknown) => {
      if (event instanceof Error) throw event;
      return event;
    },
  };
  return makeExecutableSchema({
    typeDefs: SDL,
    resolvers: {
      Query: { word: () => 'word', slow: () => slow() },
      Mutation: { say: (_: unknown, { word }: { word: string }) => word },
      Subscription: {
        ticks: fed,
        sure: fed,
        refused: {
          subscribe: () => {
            throw new Error('secret of the inside');
          },
        },
        broken: { subscribe: () => 5 },
      },
      Tick: {
        slow: () => slow(),
        failing: () => {
          throw new Error('secret of the inside');
        },
      },
    },
  });
}

export interface LiveAppOptions extends ToyOptions {
  readonly authenticate?: Authenticator;
  readonly corsOrigins?: readonly string[];
  readonly initWaitMs?: number;
  readonly pingEveryMs?: number;
  readonly loadShedder?: LoadShedder;
  readonly operationsPerMinute?: number;
}

const CALM: LoadShedder = { isShedding: () => false, stop: () => undefined };

/** A server of the toy schema over WebSocket, SSE and multipart responses, with times that suit a test. */
export async function liveAppOfTest(
  options: LiveAppOptions = {},
): Promise<{ app: FastifyInstance; url: string }> {
  const { corsOrigins = [], initWaitMs, pingEveryMs } = options;
  const {
    authenticate = () =>
      Promise.resolve({ id: 'USR-1', userGuid: 'USR-1', isSupport: false, expiresAt: Infinity }),
  } = options;
  const schema = toySchema(options);
  const log = pino({ level: 'silent' });
  const { loadShedder = CALM, operationsPerMinute: perMinute = 0 } = options;
  const app = await createApp(log, { corsOrigins, loadShedder });
  const execute = createExecute(schema);
  const budget = perMinute > 0 ? new RateLimiter({ perMinute, shared: null }) : null;
  const admission = { admit: createAdmit(budget), resolveDocument: allowAllDocuments(new Map()) };
  const prepare = createPrepareDocument(schema);
  const services = NO_SERVICES;
  const operations = createOperations({ schema, prepare, admission, execute, services, log });
  const ping = pingEveryMs === undefined ? {} : { pingEveryMs };
  const wait = initWaitMs === undefined ? {} : { initWaitMs };
  registerWebsocket(app, { schema, operations, authenticate, corsOrigins, loadShedder, ...wait, ...ping });
  registerSse(app, { operations, authenticate, ...ping });
  const streams = new Streams({ operations, heartbeatIntervalMs: pingEveryMs });
  app.addHook('preClose', async () => {
    await operations.settle();
    streams.close();
  });
  app.decorateRequest('trace', null);
  const multipart = createMultipart({ operations, authenticate, prepare, streams });
  app.post(
    '/graphql',
    async (request, reply) => (await multipart(request, reply)) ?? { posted: request.body },
  );
  onTestFinished(() => app.close());
  return { app, url: await app.listen({ host: '127.0.0.1', port: 0 }) };
}

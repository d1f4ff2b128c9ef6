import { createSourceEventStream } from 'graphql';
import type { DocumentNode, FormattedExecutionResult, GraphQLSchema } from 'graphql';

import type { Viewer } from '../auth.js';
import { createContext } from './context.js';
import type { RequestContext, Services } from './context.js';
import type { Execute } from './execute.js';
import { nullVariableErrors } from './null-variables.js';
import { formatResult, reportAndFormatError } from './result.js';
import type { ErrorReporter } from './result.js';

/** A validated subscription of somebody. */
export interface Subscription extends RequestContext {
  readonly document: DocumentNode;
  /** Names the document: equal documents have equal hashes. */
  readonly queryHash: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

export interface SubscribeOptions {
  readonly services: Services;
  /** Runs the operation once for each event. */
  readonly execute: Execute;
  readonly report: ErrorReporter;
  /** Told of the work on each event, so that a stop can let it finish. */
  readonly track?: (work: Promise<unknown>) => void;
  /** Told once of each subscription whose answers have come to an end, by whichever side. */
  readonly onEnd?: (viewer: Viewer) => void;
}

/** The answers to the events of a subscription. `next` is called again only after it has resolved. */
export type ResultStream = AsyncIterableIterator<FormattedExecutionResult, undefined>;

/** Resolves to the answers, or to the one answer of a subscription that could not begin. */
export type Subscribe = (subscription: Subscription) => Promise<ResultStream | FormattedExecutionResult>;

/** What all subscriptions share. */
interface Shared extends SubscribeOptions {
  readonly schema: GraphQLSchema;
}

type Answer = IteratorResult<FormattedExecutionResult, undefined>;
const DONE: Answer = { done: true, value: undefined };

/**
 * Each event is executed with a context of its own: over another's, it would be served from the loaders of the event
 * before. And it is no async generator, because those keep a `return` waiting until the next event has come: a client
 * that has left would be served from its source until then, which may be for ever.
 */
class SubscriptionResults implements ResultStream {
  readonly #source: AsyncIterator<unknown>;
  readonly #subscription: Subscription;
  readonly #shared: Shared;
  #settle: ((answer: Answer) => void) | null = null;
  #isOver = false;

  constructor(source: AsyncIterable<unknown>, subscription: Subscription, shared: Shared) {
    this.#source = source[Symbol.asyncIterator]();
    this.#subscription = subscription;
    this.#shared = shared;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Answer> {
    if (this.#isOver) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#answerNext().then(resolve, reject);
    });
  }

  async return(): Promise<Answer> {
    const isFirst = this.#end();
    this.#settle?.(DONE);
    if (isFirst) await this.#source.return?.();
    return DONE;
  }

  async throw(error: unknown): Promise<Answer> {
    await this.return();
    throw error;
  }

  async #answerNext(): Promise<Answer> {
    try {
      const event = await this.#source.next();
      if (event.done !== true && !this.#isOver)
        return { done: false, value: await this.#answer(event.value) };
    } catch (error) {
      // Why it failed is told: not that it is over, and not that the source could not be closed after it.
      this.#settle = null;
      await this.return().catch(() => undefined);
      throw error;
    }
    this.#end();
    return DONE;
  }

  /** False where it was over before. */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#shared.onEnd?.(this.#subscription.viewer);
    return true;
  }

  #answer(event: unknown): Promise<FormattedExecutionResult> {
    const answer = this.#execute(event);
    this.#shared.track?.(answer);
    return answer;
  }

  /** The root field's resolver gets the event as its parent, and throws it when it is an error: the stream goes on. */
  async #execute(event: unknown): Promise<FormattedExecutionResult> {
    const { execute, services, report } = this.#shared;
    const { document, queryHash, operationName, variables } = this.#subscription;
    const context = createContext(services, this.#subscription);
    const result = await execute({ document, queryHash, operationName, variables, context, event });
    return formatResult(result, report);
  }
}

async function openSource(subscription: Subscription, { schema, services }: Shared) {
  const { document, operationName, variables } = subscription;
  const errors = nullVariableErrors(schema, subscription);
  if (errors.length > 0) return { errors };
  return createSourceEventStream({
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: createContext(services, subscription),
  });
}

/** Runs subscriptions. */
export function createSubscribe(schema: GraphQLSchema, options: SubscribeOptions): Subscribe {
  const shared: Shared = { schema, ...options };
  return async (subscription) => {
    try {
      const source = await openSource(subscription, shared);
      return Symbol.asyncIterator in source
        ? new SubscriptionResults(source, subscription, shared)
        : formatResult(source, options.report);
    } catch (error) {
      return { errors: [reportAndFormatError(error, options.report)] };
    }
  };
}

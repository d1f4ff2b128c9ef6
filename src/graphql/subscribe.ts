import { createSourceEventStream } from 'graphql';
import type { DocumentNode, FormattedExecutionResult, GraphQLSchema } from 'graphql';

import type { Viewer } from '../auth.js';
import { createContext } from './context.js';
import type { RequestContext, Services } from './context.js';
import type { Execute } from './execute.js';
import { nullVariableErrors } from './null-variables.js';
import { formatResult, reportAndFormatError } from './result.js';
import type { ErrorReporter } from './result.js';

/** A validated subscription of a viewer. */
export interface Subscription extends RequestContext {
  readonly document: DocumentNode;
  /** Identifies the document: equal documents have equal hashes. */
  readonly queryHash: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

export interface SubscribeOptions {
  readonly services: Services;
  /** Runs the operation once for each event. */
  readonly execute: Execute;
  readonly report: ErrorReporter;
  /** Called with the promise of each event's execution, so that a shutdown can wait for it. */
  readonly track?: (work: Promise<unknown>) => void;
  /** Called once when a subscription's results have ended, on either side. */
  readonly onEnd?: (viewer: Viewer) => void;
}

/** The results of a subscription's events. `next` must not be called again before it has resolved. */
export type ResultStream = AsyncIterableIterator<FormattedExecutionResult, undefined>;

/** Resolves to the results, or to a single error result if the subscription could not start. */
export type Subscribe = (subscription: Subscription) => Promise<ResultStream | FormattedExecutionResult>;

/** The services that all subscriptions share. */
interface Shared extends SubscribeOptions {
  readonly schema: GraphQLSchema;
}

type Answer = IteratorResult<FormattedExecutionResult, undefined>;
const DONE: Answer = { done: true, value: undefined };

/**
 * Executes each event with its own context: loaders must not return data of an earlier event. Not an async generator: a
 * generator's `return()` waits for the pending `next()`, so a client that disconnected would keep its source open until
 * the next event, possibly for ever.
 */
class SubscriptionResults implements ResultStream {
  readonly #source: AsyncIterator<unknown>;
  readonly #subscription: Subscription;
  readonly #shared: Shared;
  #settle: ((answer: Answer) => void) | null = null;
  #hasEnded = false;

  constructor(source: AsyncIterable<unknown>, subscription: Subscription, shared: Shared) {
    this.#source = source[Symbol.asyncIterator]();
    this.#subscription = subscription;
    this.#shared = shared;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Answer> {
    if (this.#hasEnded) return Promise.resolve(DONE);
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
      if (event.done !== true && !this.#hasEnded)
        return { done: false, value: await this.#answer(event.value) };
    } catch (error) {
      // The original error is reported, and an error while closing the source is ignored.
      this.#settle = null;
      await this.return().catch(() => undefined);
      throw error;
    }
    this.#end();
    return DONE;
  }

  /** Returns false if it had already ended. */
  #end(): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    this.#shared.onEnd?.(this.#subscription.viewer);
    return true;
  }

  #answer(event: unknown): Promise<FormattedExecutionResult> {
    const answer = this.#execute(event);
    this.#shared.track?.(answer);
    return answer;
  }

  /**
   * The root resolver receives the event as its parent and throws it if it is an error, so that the stream continues.
   */
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

/** Creates the function that runs subscriptions. */
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

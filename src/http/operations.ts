import { OperationTypeNode } from 'graphql';
import type { FormattedExecutionResult, GraphQLSchema } from 'graphql';

import type { Viewer } from '../auth.js';
import { createContext } from '../context.js';
import type { Services } from '../context.js';
import { createPrepareDocument } from '../graphql/document.js';
import type { PreparedOperation, PrepareDocument } from '../graphql/document.js';
import type { Execute } from '../graphql/execute.js';
import { createReport, formatResult, tellError } from '../graphql/result.js';
import type { Report } from '../graphql/result.js';
import { createSubscribe } from '../graphql/subscribe.js';
import type { Answers } from '../graphql/subscribe.js';
import type { Catalogue, Messages } from '../messages/messages.js';
import { within } from './clock.js';

/** A prepared operation of somebody. */
export interface Ask {
  readonly prepared: PreparedOperation;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly viewer: Viewer;
  readonly catalogue: Catalogue;
}

/** Operations as the transports that stay open run them: WebSocket and SSE. */
export interface Operations {
  readonly prepare: PrepareDocument;
  /** Resolves to one answer, or to the answers of a subscription. */
  run(ask: Ask): Promise<Answers | FormattedExecutionResult>;
  readonly report: Report;
  readonly messages: Messages;
  /** Counts work, such as the sending of an answer, among what a stop lets finish. */
  readonly track: (work: Promise<unknown>) => void;
  /** Resolves once nothing is under way, or when it has taken too long: for all who wait at the same moment. */
  settle(): Promise<void>;
}

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  readonly services: Services;
  readonly log: Parameters<typeof createReport>[0];
}

/** Clients must hear of a stop within two seconds. */
const SETTLE_WITHIN_MS = 1_500;

/** Counts what is under way. */
class InFlight {
  #count = 0;
  #onIdle: (() => void) | null = null;

  track(work: Promise<unknown>): void {
    this.#count += 1;
    const finish = () => {
      this.#count -= 1;
      this.#lookIfIdle();
    };
    work.then(finish, finish);
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#lookIfIdle();
    });
  }

  /** Looks a little later: between its execution and its sending, an answer is not counted. */
  #lookIfIdle(): void {
    if (!this.#onIdle) return;
    setImmediate(() => {
      if (this.#count === 0) this.#onIdle?.();
    });
  }
}

/** Builds what the transports that stay open share. */
export function createOperations({ schema, execute, services, log }: OperationsOptions): Operations {
  const inFlight = new InFlight();
  const report = createReport(log);
  const track = (work: Promise<unknown>) => inFlight.track(work);
  const subscribe = createSubscribe(schema, { services, report, track });
  let settled: Promise<void> | undefined;

  async function runOnce({ prepared, variables, viewer, catalogue }: Ask): Promise<FormattedExecutionResult> {
    const { document, queryHash, operation } = prepared;
    const context = createContext(services, viewer, catalogue);
    const named = { operationName: operation.name?.value, variables: variables && { ...variables } };
    try {
      return formatResult(await execute({ document, queryHash, context, ...named }), report);
    } catch (error) {
      return { errors: [tellError(error, report)] };
    }
  }

  return {
    prepare: createPrepareDocument(schema),
    report,
    messages: services.messages,
    track,
    run(ask) {
      const { prepared, ...rest } = ask;
      const { document, operation } = prepared;
      const isSubscription = operation.operation === OperationTypeNode.SUBSCRIPTION;
      const running = isSubscription
        ? subscribe({ document, operationName: operation.name?.value, ...rest })
        : runOnce(ask);
      track(running);
      return running;
    },
    settle: () => (settled ??= within(SETTLE_WITHIN_MS, inFlight.idle(), undefined)),
  };
}

import { OperationTypeNode } from 'graphql';
import type { FormattedExecutionResult, GraphQLSchema } from 'graphql';

import type { Viewer } from '../auth.js';
import { createContext } from '../graphql/context.js';
import type { RequestContext, Services } from '../graphql/context.js';
import { ApiError } from '../errors/api-error.js';
import { toApiError } from '../errors/format-error.js';
import type { PreparedOperation, PrepareDocument, InvalidDocument } from '../graphql/document.js';
import type { Execute } from '../graphql/execute.js';
import { createErrorReporter, formatResult, reportAndFormatError } from '../graphql/result.js';
import type { ErrorReporter } from '../graphql/result.js';
import type { ResultStream } from '../graphql/subscribe.js';
import type { DocumentFields } from '../graphql/trusted-documents.js';
import type { Messages } from '../messages/messages.js';
import { TracedResults } from '../telemetry/traced-results.js';
import type { OperationTrace, Origin } from '../telemetry/operation.js';
import type { Admission } from './admission.js';
import { withTimeout } from '../http/timers.js';
import { RejectedTokens } from './rejected-tokens.js';
import { createLimitedSubscribe } from './subscription-limit.js';

/** How a request names its operation. */
export interface OperationFields extends DocumentFields {
  readonly operationName?: string | null | undefined;
}

/** A prepared operation with its variables and its viewer. */
export interface Ask extends RequestContext {
  readonly prepared: PreparedOperation;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Operations as WebSocket, SSE and multipart responses execute them. */
export interface Operations {
  /** Admits the operation and validates its document. Throws an `ApiError` if it is not admitted or has no document. */
  prepare(
    viewer: Viewer,
    fields: OperationFields,
    trace?: OperationTrace | null,
  ): PreparedOperation | InvalidDocument;
  /** Starts the trace of an operation. Null if operations are not traced. */
  begin(origin: Origin, viewer: Viewer | null): OperationTrace | null;
  /** Resolves to one result, or to the results of a subscription. */
  run(ask: Ask): Promise<ResultStream | FormattedExecutionResult>;
  readonly report: ErrorReporter;
  readonly messages: Messages;
  readonly rejectedTokens: RejectedTokens;
  /** Counts work, such as the sending of a result, that a shutdown waits for. */
  readonly track: (work: Promise<unknown>) => void;
  /** Resolves when no work is in progress, or after 1.5 s; at the same time for all callers. */
  settle(): Promise<void>;
}

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly prepare: PrepareDocument;
  readonly admission: Admission;
  readonly execute: Execute;
  readonly services: Services;
  readonly log: Parameters<typeof createErrorReporter>[0] & ConstructorParameters<typeof RejectedTokens>[0];
  readonly begin?: (origin: Origin) => OperationTrace;
}

/** Clients must be notified of a shutdown within two seconds. */
const SETTLE_WITHIN_MS = 1_500;

/** Counts the work in progress. */
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

  /** Checks a little later, because a result is not counted between its execution and its sending. */
  #lookIfIdle(): void {
    if (!this.#onIdle) return;
    setImmediate(() => {
      if (this.#count === 0) this.#onIdle?.();
    });
  }
}

/** Ends the trace of an operation with one result, or continues it with the results of a subscription. */
function endTrace<T extends ResultStream | FormattedExecutionResult>(result: T, trace: OperationTrace) {
  if (Symbol.asyncIterator in result) return new TracedResults(result, trace);
  if (result.errors) trace.setError(result.errors[0]?.extensions?.['code']);
  trace.end();
  return result;
}

/** Admits an operation, and validates its document. */
function createPrepare({ prepare, admission }: OperationsOptions): Operations['prepare'] {
  function read(viewer: Viewer, fields: OperationFields) {
    admission.admit(viewer);
    const text = admission.resolveDocument(fields);
    if (typeof text === 'string' && text !== '') return prepare(text, fields.operationName);
    throw new ApiError('BAD_REQUEST', '"query" must be a non-empty string.');
  }
  return (viewer, fields, trace) => {
    try {
      const prepared = read(viewer, fields);
      if ('errors' in prepared) trace?.reject(prepared.errors[0]?.extensions?.['code']);
      return prepared;
    } catch (error) {
      trace?.reject(toApiError(error).extensions['code']);
      throw error;
    }
  };
}

async function runOnce(
  { prepared, variables, ...asker }: Ask,
  { execute, services }: OperationsOptions,
  report: ErrorReporter,
): Promise<FormattedExecutionResult> {
  const { document, queryHash, operation } = prepared;
  const context = createContext(services, asker);
  const tell = context.trace ? createErrorReporter(context.trace) : report;
  const named = { operationName: operation.name?.value, variables };
  try {
    return formatResult(await execute({ document, queryHash, context, ...named }), tell);
  } catch (error) {
    return { errors: [reportAndFormatError(error, tell)] };
  }
}

/** Creates what WebSocket, SSE and multipart responses share. */
export function createOperations(options: OperationsOptions): Operations {
  const { schema, execute, services, log, begin } = options;
  const inFlight = new InFlight();
  const report = createErrorReporter(log);
  const track = (work: Promise<unknown>) => inFlight.track(work);
  const subscribe = createLimitedSubscribe(schema, { services, execute, report, track });
  let settled: Promise<void> | undefined;

  function start(ask: Ask): Promise<ResultStream | FormattedExecutionResult> {
    const { prepared, ...rest } = ask;
    const { document, queryHash, operation } = prepared;
    const isSubscription = operation.operation === OperationTypeNode.SUBSCRIPTION;
    if (!isSubscription) return runOnce(ask, options, report);
    return subscribe({ document, queryHash, operationName: operation.name?.value, ...rest });
  }

  async function follow(ask: Ask, trace: OperationTrace): Promise<ResultStream | FormattedExecutionResult> {
    trace.setOperation(ask.prepared.operation, ask.prepared.queryHash);
    return endTrace(await trace.run(() => start(ask)), trace);
  }

  return {
    prepare: createPrepare(options),
    begin(origin, viewer) {
      const trace = begin?.(origin) ?? null;
      if (trace) trace.viewer = viewer;
      return trace;
    },
    report,
    messages: services.messages,
    rejectedTokens: new RejectedTokens(log),
    track,
    run(ask) {
      const running = ask.trace ? follow(ask, ask.trace) : start(ask);
      track(running);
      return running;
    },
    settle: () => (settled ??= withTimeout(SETTLE_WITHIN_MS, inFlight.idle(), undefined)),
  };
}

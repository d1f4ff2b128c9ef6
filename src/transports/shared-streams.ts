import { randomBytes } from 'node:crypto';

import { isSameViewer } from '../auth.js';
import type { Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import type { ErrorReporter } from '../graphql/result.js';
import { RETRY_AFTER_S } from '../http/error-response.js';
import { withTimeout } from '../http/timers.js';
import type { EventStream } from './event-stream.js';
import { ViewerLimit } from './viewer-limit.js';

/** Bounds the tabs and devices of one viewer. */
const MAX_STREAMS_PER_VIEWER = 50;
const MAX_STREAMS = 20_000;
/** How long a client has to open the stream that it has reserved. */
const RESERVATION_TIMEOUT_MS = 30_000;
/** As many as over one WebSocket. */
const MAX_OPERATIONS = 100;
const MAX_ID_LENGTH = 200;
const TOKEN_BYTES = 24;

/** The results of an operation, which can be ended before they are complete. */
interface Cancellable {
  return?(): Promise<unknown>;
}

function withStatus(error: ApiError, status: number): ApiError {
  error.extensions['http'] = { status };
  return error;
}
const overloaded = (message: string) =>
  withStatus(new ApiError('OVERLOADED', message), 503).retryAfter(RETRY_AFTER_S);
const conflict = (message: string) => withStatus(new ApiError('BAD_REQUEST', message), 409);

/** A stream that several operations share: a client reserves it, and then opens it by another request. */
export class SharedStream {
  /** Names the stream in the requests of its viewer. */
  readonly token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly viewer: Viewer;
  /** Resolves to the stream once it is open, or to null if it was not opened in time. */
  readonly opened: Promise<EventStream | null>;
  /** The operations in progress, with their results once there are any. */
  readonly #operations = new Map<string, Cancellable | null>();
  #resolve: (stream: EventStream | null) => void = () => undefined;
  #isTaken = false;

  constructor(viewer: Viewer) {
    this.viewer = viewer;
    this.opened = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Opens the stream that `start` makes. Throws an `ApiError` if it was opened before. */
  open(start: () => EventStream): void {
    if (this.#isTaken) throw conflict('The event stream is already open.');
    this.#isTaken = true;
    this.#resolve(start());
  }

  /** Adds an operation under its id. Throws an `ApiError` if the id is invalid or in use, or if there are too many. */
  begin(id: unknown): string {
    if (typeof id !== 'string' || id === '' || id.length > MAX_ID_LENGTH) {
      const expected = `a string of 1 to ${MAX_ID_LENGTH} characters`;
      throw new ApiError('BAD_REQUEST', `"extensions.operationId" must be ${expected}.`);
    }
    if (this.#operations.has(id)) throw conflict('An operation with this "operationId" is in progress.');
    if (this.#operations.size >= MAX_OPERATIONS)
      throw overloaded(`The limit of ${MAX_OPERATIONS} concurrent operations per stream is reached.`);
    this.#operations.set(id, null);
    return id;
  }

  /** Whether the operation is in progress: its client has not ended it. */
  has(id: string): boolean {
    return this.#operations.has(id);
  }

  setResults(id: string, results: Cancellable): void {
    this.#operations.set(id, results);
  }

  /** Ends an operation. Does nothing if it is not in progress. */
  async finish(id: string): Promise<void> {
    const results = this.#operations.get(id);
    this.#operations.delete(id);
    await results?.return?.();
  }

  /** Ends all operations. The stream cannot be opened any more. */
  async close(): Promise<void> {
    this.#isTaken = true;
    this.#resolve(null);
    await Promise.all([...this.#operations.keys()].map((id) => this.finish(id)));
  }
}

/** All reserved and open shared streams of this process. */
export class SharedStreams {
  readonly #byToken = new Map<string, SharedStream>();
  readonly #limit = new ViewerLimit(MAX_STREAMS_PER_VIEWER);
  readonly #report: ErrorReporter;

  constructor(report: ErrorReporter) {
    this.#report = report;
  }

  /** Reserves a stream, for 30 s unless it is opened. Throws OVERLOADED if there are too many. */
  reserve(viewer: Viewer): SharedStream {
    if (this.#byToken.size >= MAX_STREAMS) throw overloaded('The service is overloaded.');
    if (!this.#limit.acquire(viewer))
      throw overloaded(`The limit of ${MAX_STREAMS_PER_VIEWER} shared event streams per viewer is reached.`);
    const shared = new SharedStream(viewer);
    this.#byToken.set(shared.token, shared);
    this.#removeAtEnd(shared).catch(this.#report);
    return shared;
  }

  /** The stream of a token. Throws NOT_FOUND if there is none, or if it is another viewer's. */
  find(token: string | null, viewer: Viewer): SharedStream {
    const shared = token === null ? undefined : this.#byToken.get(token);
    if (shared && isSameViewer(shared.viewer, viewer)) return shared;
    throw withStatus(new ApiError('NOT_FOUND', 'No event stream has this token.'), 404);
  }

  /** Ends all reservations and the operations of all streams. */
  close(): void {
    for (const shared of this.#byToken.values()) shared.close().catch(this.#report);
  }

  async #removeAtEnd(shared: SharedStream): Promise<void> {
    const stream = await withTimeout(RESERVATION_TIMEOUT_MS, shared.opened, null);
    await stream?.closed;
    this.#byToken.delete(shared.token);
    this.#limit.release(shared.viewer);
    await shared.close();
  }
}

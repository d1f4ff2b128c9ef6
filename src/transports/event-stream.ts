import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { FormattedExecutionResult } from 'graphql';

import { ApiError } from '../errors/api-error.js';
import { reportAndFormatError } from '../graphql/result.js';
import type { ResultStream } from '../graphql/subscribe.js';
import { withTimeout } from '../http/timers.js';
import { Heartbeat } from './heartbeat.js';
import type { Operations } from './operations.js';
import type { ResultFormat, StreamEncoding } from './stream-format.js';

/** After so many heartbeats that the client has not read, the connection is closed. */
const MAX_UNREAD_HEARTBEATS = 2;
const HEARTBEAT_INTERVAL_MS = 12_000;
/** How long a client has to read the end of its stream before the connection is closed. */
const END_TIMEOUT_MS = 2_000;

const HEADERS = {
  'cache-control': 'no-cache, no-transform',
  // Nginx buffers responses by default.
  'x-accel-buffering': 'no',
};

/** A response that stays open for the results of one or several operations. */
export class EventStream {
  /** When the viewer's token expires, in milliseconds since 1970. */
  expiresAt = Infinity;
  isExpired = false;
  /** Whether the stream ends once the operations that it has are complete. */
  isEnding = false;
  /** The number of operations whose results are being sent. */
  operations = 0;
  /** The subscriptions whose results are being sent. */
  readonly subscriptions = new Set<ResultStream>();
  /** Resolves when the response has ended, or the client has disconnected. */
  readonly closed: Promise<void>;
  readonly #response: ServerResponse;
  readonly #encoding: StreamEncoding;
  readonly #onSent = new Set<() => void>();
  #unreadHeartbeats = 0;

  constructor(response: ServerResponse, headers: OutgoingHttpHeaders, encoding: StreamEncoding) {
    this.#response = response;
    this.#encoding = encoding;
    this.closed = new Promise((resolve) => {
      // The client may have disconnected while it was being authenticated.
      if (response.destroyed) resolve();
      response.once('close', () => {
        for (const onSent of this.#onSent) onSent();
        resolve();
      });
    });
    response.on('error', () => response.destroy());
    response.writeHead(200, { ...headers, ...HEADERS, 'content-type': encoding.contentType });
    response.write(encoding.opening);
  }

  /** True as long as something can be sent. */
  get isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  /** Resolves when the text has left or the stream has closed: until then, no next result is requested. */
  send(text: string): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      const onSent = () => {
        this.#onSent.delete(onSent);
        resolve();
      };
      this.#onSent.add(onSent);
      this.#response.write(text, onSent);
    });
  }

  /** Sends a heartbeat, or closes the connection of a client that has not read for too long. */
  beat(): void {
    const response = this.#response;
    if (response.writableEnded) return;
    if (!response.writableNeedDrain) {
      this.#unreadHeartbeats = 0;
      response.write(this.#encoding.heartbeat);
    } else if (this.#unreadHeartbeats >= MAX_UNREAD_HEARTBEATS) response.destroy();
    else this.#unreadHeartbeats += 1;
  }

  end(): void {
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }
}

type OperationResult = ResultStream | FormattedExecutionResult;

/** Options of `Streams`. */
export interface StreamsOptions {
  readonly operations: Operations;
  /** In milliseconds. Defaults to 12,000. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** Called when a stream opens, with a promise that resolves when it has closed. */
  readonly onConnection?: ((closed: Promise<void>) => void) | undefined;
}

/** All open streams of a transport. */
export class Streams {
  readonly #open = new Set<EventStream>();
  readonly #operations: Operations;
  readonly #heartbeat: Heartbeat<EventStream>;
  readonly #onConnection: StreamsOptions['onConnection'];
  #stopHeartbeat: (() => void) | null = null;
  #isClosing = false;

  constructor({ operations, heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS, onConnection }: StreamsOptions) {
    this.#operations = operations;
    this.#onConnection = onConnection;
    this.#heartbeat = new Heartbeat<EventStream>({
      everyMs: heartbeatIntervalMs,
      beat: (stream) => stream.beat(),
      endIfExpired: (stream, now) => this.#endIfExpired(stream, now),
    });
  }

  /** Looks after a stream until it closes. */
  add(stream: EventStream): void {
    this.#stopHeartbeat ??= this.#heartbeat.start();
    this.#open.add(stream);
    this.#heartbeat.add(stream);
    this.#onConnection?.(stream.closed);
    void stream.closed.then(() => this.#forget(stream));
  }

  /** Sends the results of the only operation of a new stream, which then ends. */
  serve(stream: EventStream, format: ResultFormat, result: OperationResult): void {
    stream.isEnding = true;
    this.add(stream);
    void this.send(stream, format, result);
  }

  /** Sends the results of one operation, and that it is complete. Never rejects. */
  async send(stream: EventStream, format: ResultFormat, result: OperationResult): Promise<void> {
    const subscription = Symbol.asyncIterator in result ? result : null;
    stream.operations += 1;
    try {
      if (!subscription) await this.#write(stream, format.next(result as FormattedExecutionResult));
      else await this.#sendEvents(stream, format, subscription);
    } catch (error) {
      await this.#fail(stream, format, error);
    }
    if (stream.isExpired && subscription) {
      await this.#fail(stream, format, new ApiError('UNAUTHENTICATED', 'The token has expired.'));
    }
    // A subscription that ends because of a shutdown is not complete: the client is to resume it elsewhere.
    await this.#write(stream, this.#isClosing && subscription ? format.interrupted : format.complete);
    stream.operations -= 1;
    this.#endIfDone(stream);
  }

  /** Ends all streams. The app's close waits for their connections. */
  close(): void {
    this.#isClosing = true;
    this.#stopHeartbeat?.();
    for (const stream of this.#open) this.#end(stream);
  }

  async #sendEvents(stream: EventStream, format: ResultFormat, subscription: ResultStream): Promise<void> {
    stream.subscriptions.add(subscription);
    // The stream may have ended since the operation arrived.
    if (!stream.isOpen || stream.isExpired || this.#isClosing) this.#return(subscription);
    for await (const result of subscription) {
      await this.#write(stream, format.next(result));
      if (!stream.isOpen) break;
    }
    stream.subscriptions.delete(subscription);
  }

  #endIfExpired(stream: EventStream, now: number): void {
    if (stream.expiresAt > now || stream.isExpired) return;
    stream.isExpired = true;
    this.#end(stream);
  }

  #fail(stream: EventStream, format: ResultFormat, error: unknown): Promise<void> {
    return this.#write(stream, format.failure([reportAndFormatError(error, this.#operations.report)]));
  }

  #endIfDone(stream: EventStream): void {
    if (stream.isEnding && stream.operations === 0) stream.end();
  }

  #end(stream: EventStream): void {
    stream.isEnding = true;
    stream.subscriptions.forEach((subscription) => this.#return(subscription));
    this.#endIfDone(stream);
    void withTimeout(END_TIMEOUT_MS, stream.closed, undefined).then(() => stream.destroy());
  }

  #write(stream: EventStream, text: string): Promise<void> {
    const sending = text === '' ? Promise.resolve() : stream.send(text);
    this.#operations.track(sending);
    return sending;
  }

  #return(subscription: ResultStream): void {
    subscription.return?.().catch(this.#operations.report);
  }

  #forget(stream: EventStream): void {
    this.#open.delete(stream);
    this.#heartbeat.delete(stream);
    stream.subscriptions.forEach((subscription) => this.#return(subscription));
  }
}

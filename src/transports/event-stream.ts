import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { FormattedExecutionResult } from 'graphql';

import { ApiError } from '../errors/api-error.js';
import { reportAndFormatError } from '../graphql/result.js';
import type { ResultStream } from '../graphql/subscribe.js';
import { withTimeout } from '../http/timers.js';
import { Heartbeat } from './heartbeat.js';
import type { Operations } from './operations.js';

/** How often a peer may be found not to have read the last ping before it is cut off. */
const MAX_UNREAD_PINGS = 2;
/** A peer that does not read the end of its stream is cut off. */
const END_WITHIN_MS = 2_000;
/** A comment: no event of any kind. Some browsers tell nobody of a stream before something has come. */
const COMMENT = ':\n\n';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // Nginx would keep back events until it has a page full of them.
  'x-accel-buffering': 'no',
};

/** A response that stays open for events. */
export class EventStream {
  /** Until when the one who opened it is believed, in milliseconds since 1970. */
  expiresAt = Infinity;
  isExpired = false;
  /** Resolves when the response is over, by whichever side. */
  readonly closed: Promise<void>;
  readonly #response: ServerResponse;
  #onSent: (() => void) | null = null;
  #unreadPings = 0;

  constructor(response: ServerResponse, headers: OutgoingHttpHeaders) {
    this.#response = response;
    this.closed = new Promise((resolve) => {
      // A client may have left before it was known who it is.
      if (response.destroyed) resolve();
      response.once('close', () => {
        this.#onSent?.();
        resolve();
      });
    });
    response.on('error', () => response.destroy());
    response.writeHead(200, { ...headers, ...HEADERS });
    response.write(COMMENT);
  }

  /** Resolves when the event has left, or never will: until then nothing more is pulled from where it came from. */
  send(name: string, data: object | null): Promise<void> {
    const response = this.#response;
    if (response.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onSent = resolve;
      response.write(`event: ${name}\ndata:${data ? ` ${JSON.stringify(data)}` : ''}\n\n`, () => resolve());
    });
  }

  /** Keeps proxies from thinking that nobody is there; cuts a peer off that has not read for too long. */
  ping(): void {
    const response = this.#response;
    if (response.writableEnded) return;
    if (!response.writableNeedDrain) {
      this.#unreadPings = 0;
      response.write(COMMENT);
    } else if (this.#unreadPings >= MAX_UNREAD_PINGS) response.destroy();
    else this.#unreadPings += 1;
  }

  end(): void {
    this.#response.end();
  }

  cutOff(): void {
    this.#response.destroy();
  }
}

/** The streams that are open. */
export class Streams {
  readonly #open = new Map<EventStream, ResultStream | null>();
  readonly #operations: Operations;
  readonly #heartbeat: Heartbeat<EventStream>;
  readonly #stopHeartbeat: () => void;
  #isClosing = false;

  constructor(operations: Operations, pingEveryMs: number) {
    this.#operations = operations;
    this.#heartbeat = new Heartbeat<EventStream>({
      everyMs: pingEveryMs,
      beat: (stream) => stream.ping(),
      endIfExpired: (stream, now) => this.#endIfExpired(stream, now),
    });
    this.#stopHeartbeat = this.#heartbeat.start();
  }

  /** Sends what there is to send, and ends the stream. */
  async serve(stream: EventStream, result: ResultStream | FormattedExecutionResult): Promise<void> {
    const answers = Symbol.asyncIterator in result ? result : null;
    this.#open.set(stream, answers);
    this.#heartbeat.add(stream);
    void stream.closed.then(() => this.#forget(stream));
    try {
      if (!answers) await this.#send(stream, 'next', result as FormattedExecutionResult);
      else for await (const answer of answers) await this.#send(stream, 'next', answer);
    } catch (error) {
      await this.#send(stream, 'next', { errors: [reportAndFormatError(error, this.#operations.report)] });
    }
    if (stream.isExpired) {
      const expired = new ApiError('UNAUTHENTICATED', 'The token has expired.');
      await this.#send(stream, 'next', { errors: [reportAndFormatError(expired, this.#operations.report)] });
    }
    // What only this process ends is not complete: the client is to ask another one.
    if (!this.#isClosing || !answers) await this.#send(stream, 'complete', null);
    stream.end();
  }

  /** Tells all that there is no more. That they are gone is waited for by the server, whose connections they are. */
  close(): void {
    this.#isClosing = true;
    this.#stopHeartbeat();
    for (const [stream, answers] of this.#open) this.#end(stream, answers);
  }

  /** Ends the stream of one who is no longer believed; why, is told before its end. */
  #endIfExpired(stream: EventStream, now: number): void {
    const answers = this.#open.get(stream);
    if (stream.expiresAt > now || stream.isExpired || !answers) return;
    stream.isExpired = true;
    this.#end(stream, answers);
  }

  #end(stream: EventStream, answers: ResultStream | null): void {
    answers?.return?.().catch(this.#operations.report);
    void withTimeout(END_WITHIN_MS, stream.closed, undefined).then(() => stream.cutOff());
  }

  #send(stream: EventStream, name: string, data: object | null): Promise<void> {
    const sending = stream.send(name, data);
    this.#operations.track(sending);
    return sending;
  }

  #forget(stream: EventStream): void {
    const answers = this.#open.get(stream);
    this.#open.delete(stream);
    this.#heartbeat.delete(stream);
    answers?.return?.().catch(this.#operations.report);
  }
}

import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

import { ApiError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';

/** What a response that stays open consists of, whatever is sent in it. */
export interface StreamEncoding {
  readonly contentType: string;
  /** The first bytes. Some browsers do not report a response before they have received something. */
  readonly opening: string;
  /** Keeps proxies from closing a connection that is idle. Clients ignore it. */
  readonly heartbeat: string;
}

/** How the results of one operation are written into a stream. */
export interface ResultFormat {
  next(result: FormattedExecutionResult): string;
  /** The operation has failed and has no more results; `complete` follows. */
  failure(errors: readonly GraphQLFormattedError[]): string;
  readonly complete: string;
  /** The server is shutting down: the client should resume elsewhere. Empty if the end of the stream says so. */
  readonly interrupted: string;
}

type Errors = readonly GraphQLFormattedError[];

const COMMENT = ':\n\n';
const toEvent = (name: string, data?: object): string =>
  `event: ${name}\ndata:${data ? ` ${JSON.stringify(data)}` : ''}\n\n`;

/** Server-sent events. */
export const SSE: StreamEncoding = {
  contentType: 'text/event-stream; charset=utf-8',
  opening: COMMENT,
  heartbeat: COMMENT,
};

/** One operation per stream of server-sent events, as graphql-sse has it in its distinct connections mode. */
export const SSE_RESULTS: ResultFormat = {
  next: (result) => toEvent('next', result),
  failure: (errors: Errors) => toEvent('next', { errors }),
  complete: toEvent('complete'),
  interrupted: '',
};

/** One of several operations in a stream of server-sent events, as graphql-sse has it in its single connection mode. */
export const sseResultsOf = (id: string): ResultFormat => ({
  next: (payload) => toEvent('next', { id, payload }),
  failure: (errors: Errors) => toEvent('next', { id, payload: { errors } }),
  complete: toEvent('complete', { id }),
  interrupted: '',
});

const BOUNDARY = '\r\n--graphql';
/** A part ends with the next boundary, because a client cannot read it before the boundary has arrived. */
const toPart = (body: object): string =>
  `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(body)}${BOUNDARY}`;

/** Apollo's protocol of subscriptions in multipart responses, version 1.0. */
export const MULTIPART: StreamEncoding = {
  contentType: 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
  opening: BOUNDARY + toPart({}),
  heartbeat: toPart({}),
};

const LAST_BOUNDARY_ENDS = '--\r\n';
const SHUTTING_DOWN = formatError(
  { message: '' },
  new ApiError('OVERLOADED', 'The service is shutting down.'),
);

/** The results of a multipart response. A null payload makes Apollo's clients report the errors as fatal. */
export const MULTIPART_RESULTS: ResultFormat = {
  next: (payload) => toPart({ payload }),
  failure: (errors: Errors) => toPart({ payload: null, errors }),
  complete: LAST_BOUNDARY_ENDS,
  interrupted: toPart({ payload: null, errors: [SHUTTING_DOWN] }) + LAST_BOUNDARY_ENDS,
};

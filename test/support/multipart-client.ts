import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { onTestFinished } from 'vitest';

import { Inbox } from './inbox.js';
import type { GraphqlBody, GraphqlFault } from './graphql-client.js';

/** The body of one part of a multipart subscription. */
export interface Part<T = Record<string, unknown>> {
  readonly payload?: GraphqlBody<T> | null;
  readonly errors?: readonly GraphqlFault[];
}

export interface MultipartOptions {
  readonly token?: string;
  readonly accept?: string;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  /** Overrides the body. */
  readonly body?: string;
}

/** A multipart response that is being read. Heartbeats are counted. */
export interface MultipartStream {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The next part that is not a heartbeat; rejects once the response has ended. */
  next<T = Record<string, unknown>>(): Promise<Part<T>>;
  readonly heartbeats: number;
  /** All that was received. */
  readonly text: string;
  /** Resolves when the response has ended. */
  readonly ended: Promise<void>;
  readonly response: IncomingMessage;
  leave(): void;
}

export const MULTIPART = 'multipart/mixed;subscriptionSpec=1.0, application/json';
const BOUNDARY = '\r\n--graphql';

/** Sends an operation as Apollo's clients do. The request ends with the test. */
export async function openMultipart(
  serverUrl: string,
  query: string,
  options: MultipartOptions = {},
): Promise<MultipartStream> {
  const { token, accept = MULTIPART, variables, headers = {}, body } = options;
  const sent = httpRequest(`${serverUrl}/graphql`, {
    method: 'POST',
    headers: {
      accept,
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  onTestFinished(() => void sent.destroy());
  sent.end(body ?? JSON.stringify({ query, variables }));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  const inbox = new Inbox<Part>();
  let text = '';
  let heartbeats = 0;
  let unread = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    unread += chunk;
    const blocks = unread.split(BOUNDARY);
    unread = blocks.pop() ?? '';
    for (const block of blocks.filter(Boolean)) {
      const [head = '', json = ''] = block.split('\r\n\r\n');
      if (head.trim() !== 'content-type: application/json') throw new Error(`Unexpected part: ${block}`);
      const part = JSON.parse(json) as Part;
      if (Object.keys(part).length === 0) heartbeats += 1;
      else inbox.push(part);
    }
  });
  const ended = new Promise<void>((resolve) => response.once('close', resolve)).then(() =>
    inbox.end('The response has ended.'),
  );
  sent.on('error', () => undefined);
  return {
    status: response.statusCode,
    headers: response.headers,
    response,
    ended,
    next: <T>() => inbox.next() as Promise<Part<T>>,
    get heartbeats() {
      return heartbeats;
    },
    get text() {
      return text;
    },
    leave: () => void sent.destroy(),
  };
}

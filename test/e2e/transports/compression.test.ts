import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';

const MEMBERS = '{ viewer { members { id guid name connectionStatus userMessage } } }';
const SHORT = '{ viewer { guid } }';

let stack: Stack;
let plain: Buffer;
beforeAll(async () => {
  stack = await startStack({ introspection: true });
  plain = (await ask()).body;
});
afterAll(() => stack.dispose());

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Ask {
  readonly query?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

/** Sends a request by `node:http`, which neither adds `Accept-Encoding` nor decompresses. */
function ask({
  query = MEMBERS,
  method = 'POST',
  path = '/graphql',
  headers = {},
}: Ask = {}): Promise<Answer> {
  const body = method === 'POST' ? JSON.stringify({ query }) : '';
  const type = method === 'POST' ? { 'content-type': 'application/json' } : {};
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${stack.url}${path}`,
      { method, headers: { ...type, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status, headers: received } = response;
          resolve({ status, headers: received, body: Buffer.concat(chunks) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const DECODE: Record<string, (body: Buffer) => Buffer> = {
  br: (body) => brotliDecompressSync(body),
  gzip: (body) => gunzipSync(body),
  none: (body) => body,
};

describe('a response of more than 1 KB', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['br', 'br'],
    ['BR', 'br'],
    ['gzip', 'gzip'],
    ['x-gzip, gzip', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['br;q=0.5, gzip;q=1.0', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.2,br;q=0.3', 'br'],
    ['identity', 'none'],
    ['identity, gzip;q=0.5', 'none'],
    ['gzip;q=0', 'none'],
    ['br;q=0, gzip;q=0, identity', 'none'],
    ['*;q=0', 'none'],
    ['deflate', 'none'],
    ['zstd', 'none'],
    ['', 'none'],
    ['nonsense;;q=x', 'none'],
  ])('is for "Accept-Encoding: %s" encoded with %s', async (accepted, encoding) => {
    const { status, headers, body } = await ask({ headers: { 'accept-encoding': accepted } });
    expect([status, headers['content-encoding'] ?? 'none']).toEqual([200, encoding]);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['vary']?.match(/accept-encoding/gi)).toHaveLength(1);
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(DECODE[encoding]?.(body).toString()).toBe(plain.toString());
    if (encoding !== 'none') expect(body.length).toBeLessThan(plain.length / 2);
  });

  it('is not encoded for a client that does not send the header', async () => {
    const { headers, body } = await ask();
    expect(headers).not.toHaveProperty('content-encoding');
    expect(body.length).toBeGreaterThan(1_024);
  });

  it('is also compressed for a GET request', async () => {
    const path = `/graphql?query=${encodeURIComponent(MEMBERS)}`;
    const headers = { 'accept-encoding': 'br', 'apollo-require-preflight': 'yes' };
    const answer = await ask({ method: 'GET', path, headers });
    expect(answer.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(answer.body).toString()).toBe(plain.toString());
  });

  it('is decoded by fetch', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: MEMBERS }),
    });
    expect(response.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    expect(await response.text()).toBe(plain.toString());
  });

  it('is compressed if it is very long', async () => {
    const query =
      '{ __schema { types { name description fields { name description args { name description } } } } }';
    const { headers, body } = await ask({ query, headers: { 'accept-encoding': 'gzip' } });
    expect(headers['content-encoding']).toBe('gzip');
    const text = gunzipSync(body).toString();
    expect(text).toBe((await ask({ query })).body.toString());
    expect(text.length).toBeGreaterThan(30_000);
  });
});

describe('a response', () => {
  it('of less than 1 KB is not encoded', async () => {
    const { headers } = await ask({ query: SHORT, headers: { 'accept-encoding': 'br' } });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it('that is an event stream is sent event by event, without an encoding', async () => {
    const headers = { accept: 'text/event-stream', 'accept-encoding': 'br, gzip' };
    const { headers: received, body } = await ask({ path: '/graphql/stream', headers });
    expect(received).not.toHaveProperty('content-encoding');
    expect(body.toString()).toContain(`data: ${plain.toString()}`);
  });
});

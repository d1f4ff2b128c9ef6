import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { GraphqlBody } from '../../support/graphql-client.js';
import { sendRaw } from '../../support/raw-request.js';
import type { RawAnswer } from '../../support/raw-request.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { startIssuer } from '../../support/token-issuer.js';
import type { TokenIssuer } from '../../support/token-issuer.js';

const QUERY = '{ viewer { guid } }';
const MUTATION = 'mutation { deleteMember(input: { member: { guid: "MBR-1" } }) { __typename } }';
const HASHES = [QUERY, MUTATION].map((text) => hash('sha256', text));

let issuer: TokenIssuer;
let stack: Stack;
let folder: string;
let authorization: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'));
  const trustedDocuments = join(folder, 'manifest.json');
  const texts = [QUERY, MUTATION].map((text, at) => [HASHES[at], text]);
  await writeFile(trustedDocuments, JSON.stringify(Object.fromEntries(texts)));
  issuer = await startIssuer();
  stack = await startStack({ auth: issuer.auth, trustedDocuments, corsOrigins: ['https://app.example'] });
  authorization = `Bearer ${await issuer.mint({ mx_user_guid: stack.sandbox.demoUserGuid })}`;
});
afterAll(async () => {
  await stack.dispose();
  await issuer.dispose();
  await rm(folder, { recursive: true });
});

const get = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  sendRaw(stack.url, {
    method: 'GET',
    path: `/graphql?${new URLSearchParams(fields).toString()}`,
    headers,
  });
const codeOf = ({ text }: RawAnswer) =>
  (JSON.parse(text) as GraphqlBody<unknown>).errors?.[0]?.extensions?.code;
const persisted = (at: 0 | 1) => JSON.stringify({ persistedQuery: { version: 1, sha256Hash: HASHES[at] } });

describe('a GET request with an Authorization header', () => {
  it.each([
    ['a query', { query: QUERY }],
    ['the hash of a query in extensions', { extensions: persisted(0) }],
    ['the id of a query', { documentId: `sha256:${HASHES[0]}` }],
  ])('is answered for %s without a content type', async (_, fields) => {
    const answer = await get(fields, { authorization, accept: '*/*' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ data: { viewer: { guid: stack.sandbox.demoUserGuid } } });
  });

  it.each([
    ['a mutation', { query: MUTATION }],
    ['the hash of a mutation', { extensions: persisted(1) }],
    ['the id of a mutation', { documentId: HASHES[1] ?? '' }],
  ])('is refused for %s', async (_, fields) => {
    const answer = await get(fields, { authorization });
    expect([answer.status, answer.headers['allow'], codeOf(answer)]).toEqual([405, 'POST', 'BAD_REQUEST']);
  });

  it('is not stored by any cache, whatever it answers', async () => {
    for (const fields of [{ query: QUERY }, { query: MUTATION }, { query: '{' }]) {
      const { headers } = await get(fields, { authorization });
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['vary']?.toLowerCase()).toContain('authorization');
      expect(headers).not.toHaveProperty('etag');
      expect(headers).not.toHaveProperty('set-cookie');
    }
  });

  it('keeps the headers of CORS for a page of an allowed origin', async () => {
    const origin = 'https://app.example';
    const { headers } = await get({ query: QUERY }, { authorization, origin });
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['vary']).toMatch(/origin.*authorization/i);
  });

  it('is authenticated like any other', async () => {
    for (const wrong of ['Bearer x', 'Basic dXNlcjpwYXNz', 'Negotiate abc']) {
      const answer = await get({ query: QUERY }, { authorization: wrong });
      expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });
});

describe('a request that a page of another site can send without a preflight', () => {
  const body = JSON.stringify({ query: QUERY });
  it.each<[string, Record<string, string>]>([
    ['no headers, as an image sends it', {}],
    ['an Accept header', { accept: 'application/json' }],
    ['an Accept header for GraphQL', { accept: 'application/graphql-response+json' }],
    ['an empty Authorization header', { authorization: '' }],
    ['a blank Authorization header', { authorization: '  ' }],
    ['a cookie', { cookie: 'authorization=Bearer x; token=x' }],
    ['the content type of a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an Accept-Language header', { 'accept-language': 'en' }],
  ])('is refused for a GET with %s', async (_, headers) => {
    const answer = await get({ query: QUERY }, headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain(stack.sandbox.demoUserGuid);
    expect(codeOf(answer)).toBe('BAD_REQUEST');
  });

  it.each([
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(QUERY)}`],
    ['text/plain', body],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${QUERY}\r\n--x--\r\n`,
    ],
    ['', body],
  ])('is refused for a POST of the type "%s", also with a token', async (type, sent) => {
    for (const headers of [{}, { authorization }]) {
      const typed = type === '' ? headers : { ...headers, 'content-type': type };
      const answer = await sendRaw(stack.url, { headers: typed, body: sent });
      expect([400, 415]).toContain(answer.status);
      expect(answer.text).not.toContain(stack.sandbox.demoUserGuid);
    }
  });
});

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { alteringUpstreamOfTest } from '../support/altering-upstream.js';
import type { Alter, AlteringUpstream } from '../support/altering-upstream.js';
import { demoMember } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

const MEMBERS = '{ viewer { members { guid name connectionStatus } } }';
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

interface Members {
  viewer: { members: { guid: string }[] };
}

type Pack = (body: Buffer) => Buffer;

/** A stack whose upstream answers through a proxy of the test. */
async function useProxiedStack(): Promise<{ stack: Stack; proxy: AlteringUpstream }> {
  const proxy = await alteringUpstreamOfTest();
  const stack = await useStack({ mx: { baseUrl: proxy.baseUrl }, freshnessMs: 0 });
  proxy.target = stack.sandbox.url;
  return { stack, proxy };
}

/** Answers as MX does, packed. */
function packed(contentEncoding: string | null, pack: Pack): Alter {
  return async ({ forward }, response) => {
    const { status, body } = await forward();
    const headers = {
      'content-type': 'application/json',
      ...(contentEncoding !== null && { 'content-encoding': contentEncoding }),
    };
    if (body.length === 0) response.writeHead(status).end();
    else response.writeHead(status, headers).end(pack(body));
  };
}

const READABLE: readonly (readonly [string, string | null, Pack])[] = [
  ['gzip', 'gzip', gzipSync],
  ['x-gzip', 'x-gzip', gzipSync],
  ['GZip in mixed case', ' GZip ', gzipSync],
  ['deflate with a zlib header', 'deflate', deflateSync],
  ['deflate without a zlib header', 'deflate', deflateRawSync],
  ['brotli', 'br', brotliCompressSync],
  ['identity', 'identity', (body) => body],
  ['gzip in brotli', 'gzip, br', (body) => brotliCompressSync(gzipSync(body))],
  ['gzip twice', 'gzip,identity,gzip', (body) => gzipSync(gzipSync(body))],
  [
    'gzip in two parts',
    'gzip',
    (body) => Buffer.concat([gzipSync(body.subarray(0, 9)), gzipSync(body.subarray(9))]),
  ],
  ['gzip without saying so', null, gzipSync],
  ['plain JSON that is said to be gzip', 'gzip', (body) => body],
  ['a byte order mark', null, (body) => Buffer.concat([BOM, body])],
  ['a byte order mark in gzip', 'gzip', (body) => gzipSync(Buffer.concat([BOM, body]))],
];

const halfOf = (body: Buffer) => body.subarray(0, Math.floor(body.length / 2));

const UNREADABLE: readonly (readonly [string, string, Pack])[] = [
  ['an unknown content coding', 'zip', (body) => body],
  [
    'too many content codings',
    'gzip, gzip, gzip, gzip',
    (body) => gzipSync(gzipSync(gzipSync(gzipSync(body)))),
  ],
  ['half of a gzip body', 'gzip', (body) => halfOf(gzipSync(body))],
  ['half of a deflate body', 'deflate', (body) => halfOf(deflateSync(body))],
  ['half of a brotli body', 'br', (body) => halfOf(brotliCompressSync(body))],
  ['17 MiB in some kilobytes of gzip', 'gzip', () => gzipSync(Buffer.alloc(17 * 1024 * 1024, ' '))],
  [
    '17 MiB in gzip in brotli',
    'gzip, br',
    () => brotliCompressSync(gzipSync(Buffer.alloc(17 * 1024 * 1024, ' '))),
  ],
  ['nothing that is said to be gzip', 'gzip', () => Buffer.alloc(0)],
];

describe('an upstream that answers with', () => {
  it.each(READABLE)('%s is read by one call', async (_, contentEncoding, pack) => {
    const { stack, proxy } = await useProxiedStack();
    const plain = dataOf(await stack.graphql<Members>(MEMBERS));
    expect(plain.viewer.members).toHaveLength(23);
    proxy.requests.length = 0;
    proxy.alter = packed(contentEncoding, pack);
    expect(dataOf(await stack.graphql<Members>(MEMBERS))).toEqual(plain);
    expect(proxy.requests).toHaveLength(1);
  });

  it.each(READABLE)('%s to writes is told as done', async (_, contentEncoding, pack) => {
    const { stack, proxy } = await useProxiedStack();
    const { guid } = demoMember(stack.sandbox, 'LOCKED');
    proxy.alter = packed(contentEncoding, pack);
    const aggregated = await stack.graphql(
      `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { userErrors { code } member { isBeingAggregated } } }`,
    );
    expect(dataOf(aggregated)).toEqual({
      aggregateMember: { userErrors: [], member: { isBeingAggregated: true } },
    });
    const writes = proxy.requests.filter((request) => !request.startsWith('GET'));
    expect(writes).toHaveLength(1);
    expect(proxy.requests).toHaveLength(2);
  });

  it.each(UNREADABLE)('%s is an invalid response after four calls', async (_, contentEncoding, pack) => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = packed(contentEncoding, pack);
    expect(codesOf(await stack.graphql(MEMBERS))).toEqual(['UPSTREAM_MALFORMED']);
    expect(proxy.requests).toHaveLength(4);
  });

  it('an error whose body cannot be unpacked is judged by its status', async () => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = (_, response) => {
      response.writeHead(404, { 'content-encoding': 'gzip' }).end(halfOf(gzipSync('{"error":{}}')));
    };
    expect(codesOf(await stack.graphql(MEMBERS))).toEqual(['NOT_FOUND']);
    expect(proxy.requests).toHaveLength(1);
  });

  it('the type of an error in a packed body is understood', async () => {
    const { stack, proxy } = await useProxiedStack();
    const { guid } = demoMember(stack.sandbox, 'LOCKED');
    const error = gzipSync(JSON.stringify({ error: { type: 'institution_maintenance_error' } }));
    proxy.alter = async (request, response) => {
      if (request.method === 'GET') await packed('gzip', gzipSync)(request, response);
      else response.writeHead(400, { 'content-encoding': 'gzip' }).end(error);
    };
    const mutation = `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { userErrors { code } } }`;
    expect(dataOf(await stack.graphql(mutation))).toEqual({
      aggregateMember: { userErrors: [{ code: 'INSTITUTION_UNAVAILABLE' }] },
    });
  });

  it.each(['', '<html>gone</html>', 'null'])('%j to a delete with 200 is told as done', async (text) => {
    const { stack, proxy } = await useProxiedStack();
    const { guid } = demoMember(stack.sandbox, 'LOCKED');
    proxy.alter = async (request, response) => {
      const { status, body } = await request.forward();
      const isDelete = request.method === 'DELETE';
      response
        .writeHead(isDelete ? 200 : status, { 'content-type': 'text/html' })
        .end(isDelete ? text : body);
    };
    const mutation = `mutation { deleteMember(input: { member: { guid: "${guid}" } }) { userErrors { code } deletedMemberGuid: deletedMemberId } }`;
    expect(dataOf(await stack.graphql(mutation))).toMatchObject({ deleteMember: { userErrors: [] } });
    expect(proxy.requests.filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
    // Unless the response is empty, two whole lists show that it was done.
    expect(proxy.requests).toHaveLength(text === '' ? 2 : 4);
  });
});

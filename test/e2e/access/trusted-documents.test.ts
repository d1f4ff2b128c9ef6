import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it, onTestFinished } from 'vitest';

import { SettingsError } from '../../../src/config/config.js';
import type { GraphqlBody, GraphqlFault } from '../../support/graphql-client.js';
import { connectSocket } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import type { RawAnswer } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';

const VIEWER = '{\n  viewer {\n    guid\n  }\n}';
const CHANGES = 'subscription Changes {\n  memberStatusChanged {\n    cause\n  }\n}';
const REMOVE =
  'mutation Remove($input: DeleteMemberInput!) {\n  deleteMember(input: $input) {\n    __typename\n  }\n}';
const OTHER = '{ viewer { id } }';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const manifestOf = (...texts: string[]) => Object.fromEntries(texts.map((text) => [hashOf(text), text]));
const apq = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

/** A folder with these files, deleted when the current test ends. */
async function useFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function stackOf(manifest: unknown = manifestOf(VIEWER, CHANGES, REMOVE)) {
  const folder = await useFolder({ 'manifest.json': JSON.stringify(manifest) });
  return useStack({ trustedDocuments: join(folder, 'manifest.json') });
}

type Methods = Record<string, (url: string, fields: object) => Promise<RawAnswer>>;

const METHODS: Methods = {
  POST: (url, fields) =>
    sendRaw(url, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }),
  GET: (url, fields) => {
    const search = new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    const path = `/graphql?${search.toString()}`;
    return sendRaw(url, { method: 'GET', path, headers: { 'apollo-require-preflight': 'yes' } });
  },
};

const codeOf = ({ text }: RawAnswer) =>
  (JSON.parse(text) as GraphqlBody<unknown>).errors?.map(({ extensions }) => extensions?.code);

describe.each(Object.entries(METHODS))('an allow list of documents over %s', (_, send) => {
  it.each<[string, object]>([
    ['its hash as Apollo clients send it', { extensions: apq(VIEWER) }],
    ['its id', { documentId: `sha256:${hashOf(VIEWER)}` }],
    ['its id without a prefix', { documentId: hashOf(VIEWER) }],
    ['its source', { query: VIEWER }],
    ['its source and hash', { query: VIEWER, extensions: apq(VIEWER) }],
    ['its id and another source, which is ignored', { query: OTHER, documentId: hashOf(VIEWER) }],
  ])('runs a listed document that is sent by %s', async (__, fields) => {
    const { url, sandbox } = await stackOf();
    const { status, text } = await send(url, fields);
    expect(JSON.parse(text)).toEqual({ data: { viewer: { guid: sandbox.demoUserGuid } } });
    expect(status).toBe(200);
  });

  it.each<[string, string, object]>([
    ['another document', 'DOCUMENT_NOT_TRUSTED', { query: OTHER }],
    ['a listed document with an extra space', 'DOCUMENT_NOT_TRUSTED', { query: `${VIEWER} ` }],
    ['an invalid document', 'DOCUMENT_NOT_TRUSTED', { query: '{' }],
    ['introspection', 'DOCUMENT_NOT_TRUSTED', { query: '{ __schema { queryType { name } } }' }],
    ['a document to be registered', 'DOCUMENT_NOT_TRUSTED', { query: OTHER, extensions: apq(OTHER) }],
    ['an unknown hash', 'PERSISTED_QUERY_NOT_FOUND', { extensions: apq(OTHER) }],
    ['an unknown id', 'PERSISTED_QUERY_NOT_FOUND', { documentId: `sha256:${hashOf(OTHER)}` }],
    ['the id constructor', 'PERSISTED_QUERY_NOT_FOUND', { documentId: 'constructor' }],
    ['an empty id', 'PERSISTED_QUERY_NOT_FOUND', { documentId: '' }],
    ['an empty request', 'BAD_REQUEST', {}],
  ])('rejects %s with %s', async (__, code, fields) => {
    const stack = await stackOf();
    const answer = await send(stack.url, fields);
    expect([answer.status, codeOf(answer)]).toEqual([400, [code]]);
    expect(stack.calls()).toEqual({});
  });
});

describe('an allow list of documents', () => {
  it('does not allow a mutation by GET', async () => {
    const { url } = await stackOf();
    const answer = await METHODS['GET']?.(url, { extensions: apq(REMOVE) });
    expect(answer?.status).toBe(405);
  });

  it('applies to WebSocket', async () => {
    const { url, sandbox } = await stackOf();
    const live = await connectSocket(url);
    const ask = (id: string, payload: object) => live.send({ type: 'subscribe', id, payload });
    for (const [at, fields] of [
      { extensions: apq(VIEWER) },
      { documentId: `sha256:${hashOf(VIEWER)}` },
      { query: VIEWER },
    ].entries()) {
      ask(`${at}`, fields);
      expect((await live.next()).payload).toEqual({ data: { viewer: { guid: sandbox.demoUserGuid } } });
      expect((await live.next()).type).toBe('complete');
    }
    for (const [code, fields] of [
      ['DOCUMENT_NOT_TRUSTED', { query: OTHER }],
      ['PERSISTED_QUERY_NOT_FOUND', { extensions: apq(OTHER) }],
      ['BAD_REQUEST', {}],
    ] as const) {
      ask(code, fields);
      const { type, id, payload } = await live.next();
      expect({ type, id }).toEqual({ type: 'error', id: code });
      expect((payload as readonly GraphqlFault[])[0]?.extensions?.code).toBe(code);
    }
    ask('changes', { extensions: apq(CHANGES) });
    expect((await live.next()).payload).toEqual({ data: { memberStatusChanged: { cause: 'SNAPSHOT' } } });
  });

  it('applies to SSE streams', async () => {
    const { url } = await stackOf();
    const post = (fields: object) =>
      fetch(`${url}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify(fields),
      });
    for (const fields of [{ extensions: apq(VIEWER) }, { documentId: hashOf(VIEWER) }]) {
      expect(await (await post(fields)).text()).toContain('event: next\ndata: {"data":{"viewer"');
    }
    const search = new URLSearchParams({ extensions: JSON.stringify(apq(VIEWER)) }).toString();
    const response = await fetch(`${url}/graphql/stream?${search}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(await response.text()).toContain('"viewer"');
    const rejected = await post({ query: OTHER });
    expect(rejected.status).toBe(400);
    expect(await rejected.text()).toContain('DOCUMENT_NOT_TRUSTED');
  });
});

describe('a manifest', () => {
  it.each<[string, unknown, RegExp]>([
    ['that is an array', [VIEWER], /JSON object/],
    ['that is empty', {}, /at least one document/],
    [
      'with a hash of another document',
      { [hashOf(OTHER)]: VIEWER },
      /is not the SHA-256 hash of its document/,
    ],
    ['with a document that is a number', { [hashOf('5')]: 5 }, /is not a string/],
    [
      'with a document that is invalid against the schema',
      manifestOf('{ viewr { guid } }'),
      /Cannot query field "viewr"/,
    ],
    ['with a document that is not GraphQL', manifestOf('{'), /Syntax Error/],
    [
      'with two operations in one document',
      manifestOf('query A { viewer { id } } query B { viewer { id } }'),
      /operation name/,
    ],
    [
      'with a document that exceeds the depth limit',
      manifestOf(`{ viewer { ${'members { user { '.repeat(7)} guid ${'} } '.repeat(7)} } }`),
      /depth/,
    ],
  ])('%s is reported as an invalid setting when the server starts', async (_, manifest, what) => {
    const error: unknown = await stackOf(manifest).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SettingsError);
    expect((error as SettingsError).faults.join()).toMatch(/^TRUSTED_DOCUMENTS: /);
    expect((error as SettingsError).faults.join()).toMatch(what);
  });

  it('that is missing is reported as an invalid setting when the server starts', async () => {
    await expect(useStack({ trustedDocuments: '/no/such/file.json' })).rejects.toThrow(
      'TRUSTED_DOCUMENTS: must be a readable file',
    );
  });

  it(
    'can be generated by the script, including fragments, and used unchanged',
    { timeout: 60_000 },
    async () => {
      const folder = await useFolder({
        'a.graphql': 'query Viewer { viewer { ...Name ...Name } } query Nobody { viewer { id @client } }',
        'b.graphql':
          'fragment Name on User { ...Guid } fragment Guid on User { guid } fragment Unused on User { id }',
        'c.txt': 'query { not }',
      });
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, [
        '--import',
        'tsx',
        'scripts/trusted-documents.ts',
        folder,
      ]);
      const manifest = JSON.parse(stdout) as Record<string, string>;
      const [viewer = ''] = Object.values(manifest);
      expect(viewer).toContain('fragment Guid on User');
      expect(viewer).not.toContain('Unused');
      expect(Object.keys(manifest)[0]).toBe(`sha256:${hashOf(viewer)}`);
      const { url, sandbox } = await stackOf({ [`sha256:${hashOf(viewer)}`]: viewer });
      const answer = await METHODS['POST']?.(url, { documentId: `sha256:${hashOf(viewer)}` });
      expect(JSON.parse(answer?.text ?? '')).toEqual({ data: { viewer: { guid: sandbox.demoUserGuid } } });
    },
  );
});

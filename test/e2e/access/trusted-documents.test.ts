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

/** A folder that lives as long as the test, with these files. */
async function folderOfTest(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function stackOf(manifest: unknown = manifestOf(VIEWER, CHANGES, REMOVE)) {
  const folder = await folderOfTest({ 'manifest.json': JSON.stringify(manifest) });
  return useStack({ trustedDocuments: join(folder, 'manifest.json') });
}

type Ways = Record<string, (url: string, fields: object) => Promise<RawAnswer>>;

const WAYS: Ways = {
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

describe.each(Object.entries(WAYS))('where documents are trusted, %s', (_, send) => {
  it.each<[string, object]>([
    ['by the hash of Apollo’s clients', { extensions: apq(VIEWER) }],
    ['by its id', { documentId: `sha256:${hashOf(VIEWER)}` }],
    ['by its id without a prefix', { documentId: hashOf(VIEWER) }],
    ['by its text', { query: VIEWER }],
    ['by its text and hash', { query: VIEWER, extensions: apq(VIEWER) }],
    ['by its id, whatever text comes with it', { query: OTHER, documentId: hashOf(VIEWER) }],
  ])('runs one that is, %s', async (__, fields) => {
    const { url, sandbox } = await stackOf();
    const { status, text } = await send(url, fields);
    expect(JSON.parse(text)).toEqual({ data: { viewer: { guid: sandbox.demoUserGuid } } });
    expect(status).toBe(200);
  });

  it.each<[string, string, object]>([
    ['another text', 'DOCUMENT_NOT_TRUSTED', { query: OTHER }],
    ['a trusted text with a blank more', 'DOCUMENT_NOT_TRUSTED', { query: `${VIEWER} ` }],
    ['a text that is no document', 'DOCUMENT_NOT_TRUSTED', { query: '{' }],
    ['introspection', 'DOCUMENT_NOT_TRUSTED', { query: '{ __schema { queryType { name } } }' }],
    ['a text to be registered', 'DOCUMENT_NOT_TRUSTED', { query: OTHER, extensions: apq(OTHER) }],
    ['a hash of none', 'PERSISTED_QUERY_NOT_FOUND', { extensions: apq(OTHER) }],
    ['an id of none', 'PERSISTED_QUERY_NOT_FOUND', { documentId: `sha256:${hashOf(OTHER)}` }],
    ['an id that is a name of all objects', 'PERSISTED_QUERY_NOT_FOUND', { documentId: 'constructor' }],
    ['an id that is empty', 'PERSISTED_QUERY_NOT_FOUND', { documentId: '' }],
    ['nothing', 'BAD_REQUEST', {}],
  ])('refuses %s with %s', async (__, code, fields) => {
    const stack = await stackOf();
    const answer = await send(stack.url, fields);
    expect([answer.status, codeOf(answer)]).toEqual([400, [code]]);
    expect(stack.calls()).toEqual({});
  });
});

describe('where documents are trusted', () => {
  it('a mutation is still not run by GET', async () => {
    const { url } = await stackOf();
    const answer = await WAYS['GET']?.(url, { extensions: apq(REMOVE) });
    expect(answer?.status).toBe(405);
  });

  it('it is so over WebSocket too', async () => {
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

  it('it is so for streams of events too', async () => {
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
    const got = await fetch(`${url}/graphql/stream?${search}`, { headers: { accept: 'text/event-stream' } });
    expect(await got.text()).toContain('"viewer"');
    const refused = await post({ query: OTHER });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('DOCUMENT_NOT_TRUSTED');
  });
});

describe('a manifest', () => {
  it.each<[string, unknown, RegExp]>([
    ['that is a list', [VIEWER], /JSON object/],
    ['that is empty', {}, /at least one document/],
    [
      'with a hash of another document',
      { [hashOf(OTHER)]: VIEWER },
      /is not the SHA-256 hash of its document/,
    ],
    ['with a document that is a number', { [hashOf('5')]: 5 }, /is not a string/],
    [
      'with a document that does not fit the schema',
      manifestOf('{ viewr { guid } }'),
      /Cannot query field "viewr"/,
    ],
    ['with a document that is none', manifestOf('{'), /Syntax Error/],
    [
      'with two operations in one document',
      manifestOf('query A { viewer { id } } query B { viewer { id } }'),
      /operation name/,
    ],
    [
      'with a document that nests too deep',
      manifestOf(`{ viewer { ${'members { user { '.repeat(7)} guid ${'} } '.repeat(7)} } }`),
      /depth/,
    ],
  ])('%s keeps the server from starting, and is told of as a setting', async (_, manifest, what) => {
    const refusal: unknown = await stackOf(manifest).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SettingsError);
    expect((refusal as SettingsError).faults.join()).toMatch(/^TRUSTED_DOCUMENTS: /);
    expect((refusal as SettingsError).faults.join()).toMatch(what);
  });

  it('that is not there keeps the server from starting', async () => {
    await expect(useStack({ trustedDocuments: '/no/such/file.json' })).rejects.toThrow(
      'TRUSTED_DOCUMENTS: must be a readable file',
    );
  });

  it(
    'is written by the script, fragments and all, and can be used as it is',
    { timeout: 60_000 },
    async () => {
      const folder = await folderOfTest({
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
      const answer = await WAYS['POST']?.(url, { documentId: `sha256:${hashOf(viewer)}` });
      expect(JSON.parse(answer?.text ?? '')).toEqual({ data: { viewer: { guid: sandbox.demoUserGuid } } });
    },
  );
});

import { execFile, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { buildSchema, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { readDocBlocks, repositoryPath } from '../../support/doc-blocks.js';
import { freePort } from '../../support/free-port.js';
import { dataOf } from '../../support/graphql-client.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';
import { DOCUMENTS } from './documents.js';
import type { DriverCommand, DriverMessage } from './clients-driver.js';

const CLIENTS = ['apollo', 'urql', 'Connections', 'tada', 'fetch', 'sse'];
const ADDRESS = 'http://127.0.0.1:4000';
/** The tools start processes of their own, on a machine that may be busy. */
const TOOLS_MS = 120_000;
const WAIT = { deadlineMs: 40_000 };

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'docs-'));
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const tool = (script: string, ...parameters: string[]) =>
  run(process.execPath, [repositoryPath(`node_modules/${script}`), ...parameters], { cwd: folder }).catch(
    (error: { readonly stdout?: string; readonly stderr?: string }) => {
      throw new Error(`${script}: ${error.stdout ?? ''}${error.stderr ?? ''}`, { cause: error });
    },
  );

/** As strict as this repository itself. The options are those of a bundler, as frontends use one. */
const TSCONFIG = {
  extends: './tsconfig.json',
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    // The declarations of the build: checking the sources again would take longer than all clients together.
    paths: {
      'mx-member-graphql/sandbox': [repositoryPath('dist/sandbox/sandbox.d.ts')],
    },
  },
  include: ['*.ts', '*.d.ts'],
};

function writeFiles(): void {
  symlinkSync(repositoryPath('node_modules'), join(folder, 'node_modules'));
  const schema = readdirSync(repositoryPath('schema')).map((name) =>
    readFileSync(repositoryPath(`schema/${name}`), 'utf8'),
  );
  write('schema.graphql', schema.join('\n'));
  write('package.json', '{"type":"module"}');
  write('tsconfig.docs.json', JSON.stringify(TSCONFIG));
  for (const block of DOCUMENTS.flatMap(readDocBlocks)) {
    if (block.marks.includes('no-run')) continue;
    const isCode = block.language === 'ts';
    const name = block.file ?? (isCode ? `${block.place.replace(/\W/g, '-')}.ts` : null);
    if (name !== null) write(name, `${block.text}\n${isCode ? 'export {};\n' : ''}`);
  }
}

/** What a bundler's Relay plugin does: each tag becomes an import of its compiled document. */
function compileRelayTags(): void {
  const path = join(folder, 'Connections.ts');
  const imports: string[] = [];
  const code = readFileSync(path, 'utf8').replace(
    /graphql`\s*(?:query|mutation|subscription) (\w+)[^`]*`/g,
    (_, name: string) => {
      imports.push(`import ${name}Artifact from './__generated__/${name}.graphql';`);
      return `${name}Artifact`;
    },
  );
  writeFileSync(path, [...imports, code].join('\n'));
}

/** A reader's own address and token take the place of those of the document. */
function configureClients(serverUrl: string, token: string): void {
  const settings = readFileSync(join(folder, 'settings.ts'), 'utf8');
  expect(settings).toContain(ADDRESS);
  expect(settings).toContain('your-token');
  write('settings.ts', settings.replace(ADDRESS, serverUrl).replace('your-token', token));
}

function startClients() {
  const driver = fork(repositoryPath('test/e2e/docs/clients-driver.ts'), [folder, ...CLIENTS], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  onTestFinished(() => void driver.kill());
  const shown = new Map<string, readonly string[]>();
  /** The smallest number of connections that each client has shown; a test may clear it. */
  const fewest = new Map<string, number>();
  const problems: string[] = [];
  const done = new Set<string>();
  driver.stderr?.on('data', (text) => problems.push(String(text)));
  driver.on('message', (message: DriverMessage) => {
    if (message.type === 'draw') {
      const { client, guids } = message;
      shown.set(client, guids);
      fewest.set(client, Math.min(fewest.get(client) ?? Infinity, guids.length));
    } else if (message.type === 'console') problems.push(message.text);
    else if (message.error === null) done.add(message.client);
    else problems.push(`${message.client}: ${message.error}`);
  });
  return {
    problems,
    fewest,
    /** Waits until each client shows these connections, in any order. */
    async showAll(guids: readonly string[]): Promise<void> {
      const wanted = [...guids].sort().join();
      const behind = () => CLIENTS.filter((name) => [...(shown.get(name) ?? [])].sort().join() !== wanted);
      await waitFor(() => behind().length === 0, WAIT).catch(() => {
        const counts = behind().map((name) => `${name}: ${shown.get(name)?.length ?? 'nothing'}`);
        throw new Error(`${counts.join(', ')} instead of ${guids.length}. ${problems.join('\n')}`);
      });
    },
    /** Resolves when the client has executed the command. */
    async execute(command: DriverCommand): Promise<void> {
      done.delete(command.client);
      driver.send(command);
      await waitFor(() => done.has(command.client), WAIT).catch(() => {
        throw new Error(`${command.client}: ${problems.join('\n')}`);
      });
    },
  };
}

/** Objects of each type that has no identity. Graphcache warns of those whose `keys` are missing. */
const EMBEDDED = `query Embedded($failed: String!, $options: String!, $images: String!) {
  connectionStatuses { status phase }
  institutions(search: "", first: 2) { nodes { id } edges { cursor node { id } } pageInfo { endCursor } }
  failed: member(by: { guid: $failed }) {
    id error { code } credentialFields { id guid }
    statusHistory(first: 1) { nodes { phase } edges { cursor node { phase } } pageInfo { endCursor } }
  }
  options: member(by: { guid: $options }) { id progress { isAuthenticated } challenges { id guid ... on OptionsChallenge { options { value } } } }
  images: member(by: { guid: $images }) { id challenges { id guid ... on ImageOptionsChallenge { options { value } } } }
}`;

function embeddedVariables({ sandbox }: Stack): object {
  const [failed, options, images] = ['DENIED', 'CHALLENGED', 'REJECTED'].map(
    (status) => demoMember(sandbox, status).guid,
  );
  sandbox.control.forceMember(options ?? '', { challenges: 'OPTIONS' });
  sandbox.control.forceMember(images ?? '', { challenges: 'IMAGE_OPTIONS' });
  return { failed, options, images };
}

const CREATE = `mutation ($name: String!) {
  createManualMember(input: { institutionCode: "lantern_savings", name: $name }) { member { guid } }
}`;

async function createMember({ graphql }: Stack, name: string, token: string): Promise<string> {
  type Data = { readonly createManualMember: { readonly member: { readonly guid: string } } };
  return dataOf(await graphql<Data>(CREATE, { name }, { token })).createManualMember.member.guid;
}

beforeAll(async () => {
  writeFiles();
  await Promise.all([
    tool('@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.yml'),
    tool('relay-compiler/cli.js'),
    tool('gql.tada/bin/cli.js', 'generate', 'output'),
  ]);
}, TOOLS_MS);
afterAll(() => rmSync(folder, { recursive: true }));

it('names each type without an identity in the keys of Graphcache', () => {
  const schema = buildSchema(readFileSync(join(folder, 'schema.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const withoutId = types
    .filter(({ name }) => !name.startsWith('__'))
    .filter((type) => !type.getFields()['id']);
  // Graphcache knows the types of Relay's pages, and stores the payload of a mutation under its field.
  const known = /^(Query|Mutation|Subscription|PageInfo|\w+(Connection|Edge|Payload))$/;
  const code = readFileSync(join(folder, 'urql.ts'), 'utf8');
  const keys = [...code.matchAll(/(\w+): embedded/g)].map(([, name]) => name);
  expect(keys).toEqual(
    withoutId
      .map(({ name }) => name)
      .filter((name) => !known.test(name))
      .sort(),
  );
});

describe('the TypeScript of the documents', { timeout: TOOLS_MS }, () => {
  it('compiles in strict mode', async () => {
    await tool('typescript/bin/tsc', '-p', 'tsconfig.docs.json');
  });

  it('shows all connections in each client, before and after a restart of the server', async () => {
    compileRelayTags();
    const port = await freePort();
    const issuer = await issuerOfTest();
    const first = await startStack({ auth: issuer.auth, config: { port } });
    onTestFinished(() => first.dispose());
    const { sandbox } = first;
    const guids = () => membersOf(sandbox, sandbox.demoUserGuid).map(({ guid }) => guid);
    expect(guids()).toHaveLength(23);
    const token = await issuer.mint({
      [issuer.auth.userClaim]: sandbox.demoUserGuid,
      scope: issuer.auth.supportScope,
    });
    configureClients(first.url, token);
    const clients = startClients();
    await clients.showAll(guids());
    await clients.execute({ client: 'urql', query: EMBEDDED, variables: embeddedVariables(first) });
    for (const client of CLIENTS) {
      const guid = await createMember(first, client, token);
      await clients.showAll([...guids()]);
      await clients.execute({ client, guid });
      expect(guids()).toHaveLength(23);
      await clients.showAll(guids());
    }

    const lost = guids()[0] ?? '';
    clients.fewest.clear();
    await first.server.stop();
    const { clientId, apiKey } = sandbox.credentials;
    const member = `${sandbox.url}/users/${sandbox.demoUserGuid}/members/${lost}`;
    const headers = {
      authorization: `Basic ${btoa(`${clientId}:${apiKey}`)}`,
      'accept-version': 'v20250224',
    };
    expect((await fetch(member, { method: 'DELETE', headers })).status).toBe(204);
    const second = await startStack({
      auth: issuer.auth,
      mx: { baseUrl: sandbox.url },
      config: { port },
    });
    onTestFinished(() => second.dispose());
    await createMember(second, 'created after the restart', token);
    expect(guids()).toHaveLength(23);
    await clients.showAll(guids());
    // One was deleted and one created: no client shows a part of a snapshot.
    expect([...clients.fewest].filter(([, count]) => count < 22)).toEqual([]);
    expect(clients.problems).toEqual([]);
  });
});

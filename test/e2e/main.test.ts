import { connect } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createSandbox } from '../../src/sandbox/sandbox.js';
import { freePort } from '../support/free-port.js';
import { createGraphqlClient, dataOf } from '../support/graphql-client.js';
import { serverProcessOfTest } from '../support/server-process.js';
import { useStack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';
import { waitFor } from '../support/wait-for.js';

const GRAPHQL = /^GraphQL +(http:\S+)\/graphql$/m;
const SANDBOX = /^Sandbox +(http:\S+)\/sandbox$/m;
const MEMBERS = '{ viewer { guid members { guid connectionStatus } } }';

interface Members {
  viewer: { guid: string; members: { guid: string; connectionStatus: string | null }[] };
}

describe('the process without settings', { timeout: 60_000 }, () => {
  it('prints its URL, serves the sandbox’s demo user, and exits with 0 on SIGTERM', async () => {
    const server = serverProcessOfTest();
    const url = await server.find(GRAPHQL);
    const user = await server.find(/^Upstream +embedded sandbox; .*demo user (USR-\S+)$/m);
    expect(server.stdout).toContain(`GraphiQL  ${url}/graphiql`);
    expect((await fetch(`${await server.find(SANDBOX)}/sandbox`)).status).toBe(200);
    const { viewer } = dataOf(await createGraphqlClient(url)<Members>(MEMBERS));
    expect(viewer.guid).toBe(user);
    expect(viewer.members).toHaveLength(23);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    server.kill('SIGTERM');
    expect(await server.ended(10_000)).toBe(0);
    expect(server.stderr).toBe('');
  });

  it('exits with 0 on SIGINT', async () => {
    const server = serverProcessOfTest();
    await server.find(GRAPHQL);
    server.kill('SIGINT');
    expect(await server.ended(10_000)).toBe(0);
  });

  it('exits with 0 while a client keeps an unused connection open', async () => {
    const server = serverProcessOfTest();
    const url = await server.find(GRAPHQL);
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void idle.destroy());
    await new Promise((resolve) => idle.once('connect', resolve));
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await server.ended(15_000)).toBe(0);
  });

  it('finishes requests in flight before it exits with 0', async () => {
    const server = serverProcessOfTest();
    const url = await server.find(GRAPHQL);
    const sandbox = await server.find(SANDBOX);
    const fault = { kind: 'latency', ms: 1_000, endpoint: 'GET /users/:user/members' };
    await fetch(`${sandbox}/sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([fault]),
    });
    const answer = createGraphqlClient(url)<Members>(MEMBERS);
    await waitFor(async () => {
      const log = (await (await fetch(`${sandbox}/sandbox/log`)).json()) as { total: number };
      return log.total === 1;
    });
    server.kill('SIGTERM');
    expect(dataOf(await answer).viewer.members).toHaveLength(23);
    expect(await server.ended(15_000)).toBe(0);
  });

  it('warns once about each status that is not in the table', async () => {
    const server = serverProcessOfTest({ LOG_LEVEL: 'warn', FRESHNESS_MS: '0' });
    const graphql = createGraphqlClient(await server.find(GRAPHQL));
    const sandbox = await server.find(SANDBOX);
    const { viewer } = dataOf(await graphql<Members>(MEMBERS));
    const force = (index: number, word: string) =>
      fetch(`${sandbox}/sandbox/members/${viewer.members[index]?.guid}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ connection_status: word }),
      });
    await force(0, 'QUARANTINED');
    await force(1, 'QUARANTINED');
    await force(2, 'HIBERNATING');
    for (let read = 0; read < 3; read += 1) dataOf(await graphql<Members>(MEMBERS));

    const warnings = server.stdout.split('\n').filter((line) => line.includes('not in the status table'));
    expect(
      warnings.map((line) => (JSON.parse(line) as { connectionStatus: string }).connectionStatus),
    ).toEqual(['QUARANTINED', 'HIBERNATING']);
  });
});

describe('the process with settings', { timeout: 60_000 }, () => {
  it('uses the configured MX, verifies tokens, and writes no secret', async () => {
    const sandbox = createSandbox({ apiKey: 'very-secret-key' });
    const baseUrl = await sandbox.start();
    onTestFinished(() => sandbox.stop());
    const issuer = await issuerOfTest();
    const server = serverProcessOfTest({
      LOG_LEVEL: 'trace',
      MX_BASE_URL: baseUrl,
      MX_CLIENT_ID: sandbox.credentials.clientId,
      MX_API_KEY: sandbox.credentials.apiKey,
      AUTH_JWKS_URL: issuer.auth.jwksUrl,
      AUTH_ISSUER: issuer.auth.issuer,
      AUTH_AUDIENCE: issuer.auth.audience,
      AUTH_USER_CLAIM: issuer.auth.userClaim,
    });
    const graphql = createGraphqlClient(await server.find(GRAPHQL));
    expect(await server.find(/^Upstream +MX at (\S+)$/m)).toBe(baseUrl);
    expect(server.stdout).not.toContain('Sandbox');
    const token = await issuer.mint({ mx_user_guid: sandbox.demoUserGuid });
    expect(dataOf(await graphql<Members>(MEMBERS, {}, { token })).viewer.members).toHaveLength(23);
    expect((await graphql(MEMBERS)).status).toBe(401);
    expect((await graphql(MEMBERS, {}, { token: `${token}x` })).status).toBe(401);
    sandbox.control.setFaults([{ kind: 'status', status: 500 }]);
    await graphql('{ institution(code: "mxbank") { name } }', {}, { token });

    server.kill('SIGTERM');
    expect(await server.ended(10_000)).toBe(0);
    const basic = Buffer.from(`${sandbox.credentials.clientId}:very-secret-key`).toString('base64');
    for (const secret of ['very-secret-key', basic, token]) {
      expect(server.stdout + server.stderr).not.toContain(secret);
    }
  });

  it('does not start with invalid settings, and reports every error without values', async () => {
    const server = serverProcessOfTest({
      PORT: 'eighty-secret',
      LOG_LEVEL: 'loud-secret',
      MX_BASE_URL: 'ftp://secret.example',
      FRESHNESS_MS: '-1',
    });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toMatch(/PORT: .*\n.*LOG_LEVEL: .*\n.*MX_BASE_URL: .*\n.*FRESHNESS_MS: /);
    expect(server.stderr).not.toMatch(/secret|\n\s+at /);
    expect(server.stdout).toBe('');
  });

  it('does not start with a real MX but without authentication', async () => {
    const mx = {
      MX_BASE_URL: 'https://int-api.mx.com',
      MX_CLIENT_ID: 'client',
      MX_API_KEY: 'very-secret-key',
    };
    const server = serverProcessOfTest(mx);
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toContain('AUTH_JWKS_URL');
    expect(server.stderr).not.toContain('very-secret-key');
  });

  it('does not start on a port in use, and names it', async () => {
    const taken = new URL((await useStack()).url).port;
    const server = serverProcessOfTest({ PORT: taken });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toContain(`127.0.0.1:${taken}`);
    expect(server.stderr).not.toMatch(/\n\s+at /);
  });

  it('does not start when the sandbox’s port is in use, and names it', async () => {
    const taken = new URL((await useStack()).url).port;
    const server = serverProcessOfTest({ SANDBOX_PORT: taken });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toBe(`Error: The sandbox cannot listen: 127.0.0.1:${taken} is taken.\n`);
  });

  it('listens on the configured ports', async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const server = serverProcessOfTest({ PORT: String(port), SANDBOX_PORT: String(sandboxPort) });
    expect(await server.find(GRAPHQL)).toBe(`http://127.0.0.1:${port}`);
    expect(await server.find(SANDBOX)).toBe(`http://127.0.0.1:${sandboxPort}`);
  });
});

describe('GraphiQL', { timeout: 60_000 }, () => {
  it('is served by this server only: its page refers to no other host', async () => {
    const { url } = await useStack();
    const response = await fetch(`${url}/graphiql`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).not.toMatch(/(https?:)?\/\/[\w-]+\./);
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files).toHaveLength(5);
    for (const path of files) {
      expect(path).toMatch(/^\/graphiql\//);
      const file = await fetch(url + path);
      expect([file.status, (await file.text()).length > 200]).toEqual([200, true]);
    }
    expect(await (await fetch(url)).text()).toContain('<div id="root">');
    expect((await fetch(`${url}/graphiql/..%2f..%2fpackage.json`)).status).not.toBe(200);
  });
});

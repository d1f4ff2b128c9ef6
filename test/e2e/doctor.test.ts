import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it, onTestFinished } from 'vitest';

import { checkClock, diagnoseClock } from '../../src/doctor/clock.js';
import { summaryOf, toLines } from '../../src/doctor/finding.js';
import type { Finding } from '../../src/doctor/finding.js';
import { checkJwks } from '../../src/doctor/jwks.js';
import { checkMx } from '../../src/doctor/mx.js';
import { checkRedis, diagnoseRedis } from '../../src/doctor/redis.js';
import { checkWebhook } from '../../src/doctor/webhook.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { freePort } from '../support/free-port.js';
import { redisOfTest, skipsRedis } from '../support/redis-server.js';
import { useStack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

const levelsOf = (findings: readonly Finding[]) => findings.map(({ level }) => level);
const textOf = (findings: readonly Finding[]) => findings.flatMap(toLines).join('\n');
/** A refused connection. */
const nothingAt = async () => `http://127.0.0.1:${await freePort()}`;

/** A web server of the test that calls this. */
async function serverOfTest(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number, body = '') =>
  serverOfTest((_, response) => void response.writeHead(status).end(body));

describe('MX', () => {
  async function sandboxOfTest() {
    const sandbox = createSandbox({ apiKey: 'secret-key' });
    const baseUrl = await sandbox.start();
    onTestFinished(() => sandbox.stop());
    return { baseUrl, ...sandbox.credentials, apiVersion: 'v20250224' };
  }

  it('that accepts requests passes', async () => {
    const findings = await checkMx(await sandboxOfTest());
    expect(levelsOf(findings)).toEqual(['ok']);
    expect(textOf(findings)).toContain('accepts the credentials and API version v20250224');
  });

  it.each([
    ['refuses the key', { apiKey: 'secret-wrong' }, /HTTP 401.*\n.*MX_CLIENT_ID and MX_API_KEY/],
    ['refuses the client', { clientId: 'secret-client' }, /HTTP 401.*\n.*MX_CLIENT_ID and MX_API_KEY/],
    ['does not know the version', { apiVersion: 'v19990101' }, /HTTP 406.*\n.*MX_API_VERSION/],
  ])('that %s fails', async (_, change, said) => {
    const findings = await checkMx({ ...(await sandboxOfTest()), ...change });
    expect(levelsOf(findings)).toEqual(['FAIL']);
    expect(textOf(findings)).toMatch(said);
    expect(textOf(findings)).not.toContain('secret');
  });

  it('that is unreachable fails', async () => {
    const mx = { clientId: 'a', apiKey: 'secret-key', apiVersion: 'v20250224' };
    const baseUrl = (await nothingAt()).replace('//', '//user:secret@');
    const findings = await checkMx({ ...mx, baseUrl });
    expect(textOf(findings)).toMatch(/^FAIL .*is unreachable \(ECONNREFUSED\)\n.*MX_BASE_URL/);
    expect(textOf(findings)).not.toContain('secret');
  });

  it.each([
    ['is a web page', 200, '<html>', /not JSON.*\n.*MX_BASE_URL/],
    ['knows no institutions', 404, '{}', /HTTP 404.*\n.*MX_BASE_URL/],
    ['refuses this machine', 403, '{}', /HTTP 403.*\n.*IP address/],
    ['is at fault', 500, '{}', /HTTP 500.*\n.*status\.mx\.com/],
    ['is asked too often', 429, '{}', /HTTP 429.*\n.*Wait a minute/],
  ])('that %s fails', async (...[, status, body, said]) => {
    const baseUrl = await answering(status, body);
    const findings = await checkMx({ baseUrl, clientId: 'a', apiKey: 'b', apiVersion: 'v20250224' });
    expect(textOf(findings)).toMatch(said);
    expect(levelsOf(findings)).toEqual(['FAIL']);
  });
});

describe('the clock', () => {
  const mxAt = (aheadMs: number) =>
    serverOfTest((_, response) => {
      response.writeHead(401, { date: new Date(Date.now() + aheadMs).toUTCString() }).end();
    });

  it.each([
    ["as MX's", 0, 'ok', "agrees with MX's clock"],
    ['an hour behind', 3_600_000, 'warn', /3(599|600) s behind MX's/],
    ['an hour ahead', -3_600_000, 'warn', /3(599|600) s ahead of MX's/],
  ])('that is %s', async (...[, aheadMs, level, said]) => {
    const [finding] = await checkClock(`${await mxAt(aheadMs)}/api`);
    expect(finding).toMatchObject({ level, text: expect.stringMatching(said) as string });
  });

  it('may differ by five seconds', () => {
    const levels = [-5_001, -5_000, 5_000, 5_001].map((skewMs) => diagnoseClock(skewMs).level);
    expect(levels).toEqual(['warn', 'ok', 'ok', 'warn']);
  });

  it('is not reported if MX sends no time or is unreachable', async () => {
    const timeless = await serverOfTest((_, response) => {
      response.sendDate = false;
      response.end();
    });
    expect(await checkClock(timeless)).toEqual([]);
    expect(await checkClock(await nothingAt())).toEqual([]);
  });
});

/** A shorter timeout than in production, for a Redis that cannot be reached. */
const SOON = { startTimeoutMs: 500 };

describe.skipIf(skipsRedis)('Redis', () => {
  const SAFE = [
    ['config', 'set', 'maxmemory-policy', 'noeviction'],
    ['config', 'set', 'appendonly', 'yes'],
  ] as const;

  it('with persistence and no eviction passes', async () => {
    const redis = await redisOfTest();
    for (const [name, ...args] of SAFE) await redis.command(name, ...args);
    const findings = await checkRedis(redis.url);
    expect(levelsOf(findings)).toEqual(['ok', 'ok', 'ok']);
    expect(textOf(findings)).toMatch(/is reachable \(version \d+\.\d+/);
  });

  it('without persistence and with eviction causes warnings', async () => {
    const redis = await redisOfTest();
    await redis.command('config', 'set', 'appendonly', 'no');
    await redis.command('config', 'set', 'maxmemory-policy', 'allkeys-lru');
    const findings = await checkRedis(redis.url);
    expect(levelsOf(findings)).toEqual(['ok', 'warn', 'warn']);
    expect(textOf(findings)).toMatch(/appendonly yes[^]*allkeys-lru.*\n.*noeviction/);
  });

  it('that is unreachable fails, without its address', async () => {
    const findings = await checkRedis(`redis://user:secret@127.0.0.1:${await freePort()}`, SOON);
    expect(textOf(findings)).toMatch(/^FAIL .*ECONNREFUSED\)\n.*REDIS_URL/);
    expect(textOf(findings)).not.toContain('secret');
  });

  it('that does not respond fails', async () => {
    const redis = await redisOfTest();
    redis.pause();
    expect(levelsOf(await checkRedis(redis.url, SOON))).toEqual(['FAIL']);
    redis.resume();
  });

  it.each([
    ['a wrong password', ':secret-wrong@', 'WRONGPASS'],
    ['no password', '', 'NOAUTH'],
  ])('that is given %s where it wants another fails', async (_, login, code) => {
    const redis = await redisOfTest();
    await redis.command('config', 'set', 'requirepass', 'secret-right');
    const findings = await checkRedis(redis.url.replace('//', `//${login}`), SOON);
    expect(textOf(findings)).toMatch(new RegExp(`^FAIL .*\\(${code}\\)\n.*password`));
    expect(textOf(findings)).not.toContain('secret');
    expect(levelsOf(await checkRedis(redis.url.replace('//', '//:secret-right@')))).toContain('ok');
  });

  it('that is not Redis fails', async () => {
    const web = await answering(200);
    expect(levelsOf(await checkRedis(web.replace('http', 'redis'), SOON))).toEqual(['FAIL']);
  });

  it('with an invalid address fails, without the address', async () => {
    const findings = await checkRedis('redis://:secret@a,b/0');
    expect(levelsOf(findings)).toEqual(['FAIL']);
    expect(textOf(findings)).toContain('more than one host');
    expect(textOf(findings)).not.toContain('secret');
  });

  it.each([
    ['5.0.14', 'FAIL'],
    ['6.0.16', 'FAIL'],
    ['6.2.0', 'ok'],
    ['7.2.4', 'ok'],
    ['10.0.0', 'ok'],
    ['unknown', 'warn'],
  ])('of version %s is %s', (version, level) => {
    expect(diagnoseRedis(`# Server\r\nredis_version:${version}\r\n`)[0]?.level).toBe(level);
  });

  it('with an empty INFO causes a warning', () => {
    expect(levelsOf(diagnoseRedis(''))).toEqual(['warn', 'warn', 'warn']);
  });
});

describe('the keys that tokens are checked with', () => {
  it('pass if one is usable', async () => {
    const issuer = await issuerOfTest();
    const findings = await checkJwks(issuer.auth.jwksUrl);
    expect(textOf(findings)).toMatch(/^ok .*has 2 of 2 keys that can verify tokens \(ES256, RS256\)$/);
  });

  const SECRET = { kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' };
  const ENCRYPTING = { kty: 'RSA', use: 'enc', alg: 'RSA-OAEP', n: 'AQAB', e: 'AQAB' };
  it.each([
    ['404', { status: 404, body: '{"keys":[]}' }, /returned HTTP 404.*\n.*jwks_uri/],
    ['a redirect', { status: 302, body: '' }, /returned HTTP 302/],
    ['a web page', { status: 200, body: '<html>secret</html>' }, /JSON Web Key Set.*\n.*jwks_uri/],
    ['another JSON', { status: 200, body: '{"jwks_uri":"x"}' }, /JSON Web Key Set/],
    ['null', { status: 200, body: 'null' }, /JSON Web Key Set/],
    ['keys that are no list', { status: 200, body: '{"keys":{}}' }, /JSON Web Key Set/],
    ['no keys', { status: 200, body: '{"keys":[]}' }, /has no keys/],
    [
      'keys of no use',
      { status: 200, body: JSON.stringify({ keys: [SECRET, ENCRYPTING, null, 5, {}] }) },
      /no key that can verify a token \(keys: 5\)/,
    ],
  ])('fail where the issuer answers %s', async (_, answer, said) => {
    const issuer = await issuerOfTest();
    issuer.answerKeysWith(answer);
    const findings = await checkJwks(issuer.auth.jwksUrl);
    expect(levelsOf(findings)).toEqual(['FAIL']);
    expect(textOf(findings)).toMatch(said);
    expect(textOf(findings)).not.toContain('secret');
  });

  it('may include unusable keys', async () => {
    const issuer = await issuerOfTest();
    const { keys } = (await (await fetch(issuer.auth.jwksUrl)).json()) as { keys: object[] };
    issuer.answerKeysWith({ status: 200, body: JSON.stringify({ keys: [...keys, ENCRYPTING, SECRET] }) });
    expect(textOf(await checkJwks(issuer.auth.jwksUrl))).toMatch(/^ok .*has 2 of 4 keys/);
  });

  it('fail if the issuer is unreachable', async () => {
    const url = `${await nothingAt()}/keys?token=secret`;
    expect(textOf(await checkJwks(url))).toMatch(/^FAIL .*\/keys is unreachable \(ECONNREFUSED\)/);
    for (const one of [url, url.replace('//', '//user:secret@')]) {
      expect(textOf(await checkJwks(one))).not.toContain('secret');
    }
  });
});

describe('the webhook', () => {
  const CONFIG = { username: 'mx', passwords: ['webhook-password'], bearers: [] };

  it('is accepted by a service with the same credentials, without effect', async () => {
    const stack = await useStack();
    const findings = await checkWebhook(CONFIG, `${stack.url}/webhooks/mx`);
    expect(textOf(findings)).toMatch(/^ok .*\/webhooks\/mx accepts webhooks$/);
    expect(stack.calls()).toEqual({});
  });

  it('may be authenticated by a bearer token', async () => {
    let seen: string | undefined;
    const url = await serverOfTest(({ headers }, response) => {
      seen = headers.authorization;
      response.writeHead(204).end();
    });
    expect(levelsOf(await checkWebhook({ username: '', passwords: [], bearers: ['b'] }, url))).toEqual([
      'ok',
    ]);
    expect(seen).toBe('Bearer b');
  });

  it('fails if the credentials differ', async () => {
    const { url } = await useStack();
    const findings = await checkWebhook({ ...CONFIG, passwords: ['secret'] }, `${url}/webhooks/mx`);
    expect(textOf(findings)).toMatch(/^FAIL .*HTTP 401.*\n.*WEBHOOK_\*/);
    expect(textOf(findings)).not.toContain('secret');
  });

  it('fails if the path is wrong', async () => {
    const { url } = await useStack();
    expect(textOf(await checkWebhook(CONFIG, `${url}/webhooks`))).toMatch(
      /^FAIL .*HTTP 404.*\n.*\/webhooks\/mx/,
    );
  });

  it.each([200, 301, 403, 502])('fails if a proxy responds with %i', async (status) => {
    const findings = await checkWebhook(CONFIG, await answering(status));
    expect(textOf(findings)).toMatch(new RegExp(`^FAIL .*returned HTTP ${status} instead of 204`));
  });

  it('fails if nothing listens', async () => {
    expect(textOf(await checkWebhook(CONFIG, await nothingAt()))).toMatch(/^FAIL .*ECONNREFUSED/);
  });

  it.each([
    ['http://connections.example/webhooks/mx', 'https:'],
    ['ftp://connections.example/webhooks/mx', 'https:'],
    ['connections', 'not a URL'],
  ])('fails at %s', async (url, said) => {
    const findings = await checkWebhook(CONFIG, url);
    expect(levelsOf(findings)).toEqual(['FAIL']);
    expect(textOf(findings)).toContain(said);
  });

  it('that is not tested is explained, and causes a warning without credentials', async () => {
    expect(textOf(await checkWebhook(CONFIG, undefined))).toMatch(/^ok .*\n.*--webhook-url/);
    const without = await checkWebhook(null, undefined);
    expect(textOf(without)).toMatch(/^warn .*\n.*WEBHOOK_USERNAME.*https:\/\/<your host>\/webhooks\/mx/);
    expect(levelsOf(await checkWebhook(null, 'https://connections.example'))).toEqual(['FAIL']);
  });
});

describe('the process', { timeout: 60_000 }, () => {
  interface End {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }

  async function run(settings: Record<string, string>, args: readonly string[] = []): Promise<End> {
    const cwd = fileURLToPath(new URL('../../', import.meta.url));
    const env = { PATH: process.env['PATH'], ...settings };
    const argv = ['--import', 'tsx', 'src/doctor/main.ts', ...args];
    return promisify(execFile)(process.execPath, argv, { cwd, env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => error as End,
    );
  }

  it('exits with 0 for the sandbox, which needs no connection', async () => {
    const { code, stdout, stderr } = await run({});
    expect(stdout).toMatch(/^ok +settings [^]*^ok +MX +is the embedded sandbox[^]*^All checks passed\.$/m);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('runs all checks in order, and reports failures without secrets', async () => {
    const stack = await useStack();
    const issuer = await issuerOfTest();
    const settings = {
      MX_BASE_URL: stack.sandbox.url,
      MX_CLIENT_ID: stack.sandbox.credentials.clientId,
      MX_API_KEY: 'secret-wrong-key',
      AUTH_JWKS_URL: issuer.auth.jwksUrl,
      AUTH_ISSUER: issuer.auth.issuer,
      AUTH_AUDIENCE: issuer.auth.audience,
      AUTH_USER_CLAIM: issuer.auth.userClaim,
      REDIS_URL: `redis://:secret-password@127.0.0.1:${await freePort()}`,
      WEBHOOK_USERNAME: 'mx',
      WEBHOOK_PASSWORD: 'secret-webhook',
    };
    const { code, stdout, stderr } = await run(settings, ['--webhook-url', `${stack.url}/webhooks/mx`]);
    const lines = stdout.split('\n').filter((line) => /^\S/.test(line));
    const seen = lines.slice(0, -1).map((line) => line.trim().split(/ +/, 2).join(' '));
    expect(seen).toEqual(['ok settings', 'FAIL MX', 'ok clock', 'FAIL Redis', 'ok JWKS', 'FAIL webhook']);
    expect(lines.at(-1)).toMatch(/^Failures: 3, warnings: 0\./);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).not.toMatch(/secret/);
    expect(stdout).not.toContain(Buffer.from('mx:secret-webhook').toString('base64'));
  });

  it('reports all errors in the settings without values', async () => {
    const { code, stdout } = await run({ PORT: 'secret', MX_BASE_URL: 'secret', MX_API_KEY: 'secret' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +settings +PORT: [^]*^FAIL +settings +MX_BASE_URL: [^]*^Failures: \d+/m);
    expect(stdout).not.toContain('secret');
  });

  it('prints its usage for invalid arguments', async () => {
    const { code, stdout, stderr } = await run({}, ['--webhook', 'https://a.example']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Usage: npm run doctor.*--webhook-url/);
  });
});

describe('the summary', () => {
  it.each([
    [['ok', 'ok'], 'All checks passed.'],
    [['ok', 'warn'], 'No failures, warnings: 1.'],
    [['FAIL', 'warn', 'FAIL'], 'Failures: 2, warnings: 1. The service cannot work like this.'],
  ] as const)('of %j is %s', (levels, said) => {
    expect(summaryOf(levels.map((level) => ({ level, subject: '', text: '' })))).toBe(said);
  });
});

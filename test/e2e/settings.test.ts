import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { serverProcessOfTest } from '../support/server-process.js';

describe('the settings of the process', { timeout: 60_000 }, () => {
  it('are taken in their normal form, with a warning for each that has no effect', async () => {
    const server = serverProcessOfTest({
      CORS_ORIGINS: 'HTTPS://App.Example/, capacitor://localhost',
      CORS_ORIGIN: 'https://secret.example',
      FRESHNESS_MS: '08',
      HOST: '[::1]',
    });
    const url = await server.find(/^GraphQL +(http:\S+)\/graphql$/m);
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    for (const origin of ['https://app.example', 'capacitor://localhost']) {
      const { headers } = await fetch(`${url}/livez`, { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    }
    const warnings = server.stdout.split('\n').filter((line) => line.includes('is not a setting'));
    expect(warnings.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 40,
        setting: 'CORS_ORIGIN',
        msg: 'CORS_ORIGIN is not a setting; did you mean CORS_ORIGINS?',
      }),
    ]);
    expect(server.stdout + server.stderr).not.toContain('secret.example');
  });

  it('are refused by name, all at once and without their values', async () => {
    const server = serverProcessOfTest({
      CORS_ORIGINS: 'https://app.example/path',
      MX_BASE_URL: 'https://user:hunter2@mx.example',
      MX_CLIENTID: 'hunter2',
      MX_API_KEY: 'hunter2\n',
      REDIS_URL: 'redis://:hunter2@one,two',
      FEDERATION: 'yes',
    });
    expect(await server.ended()).toBe(1);
    expect(server.stderr.split('\n').map((line) => line.split(':')[0]?.trim())).toEqual([
      'Invalid configuration',
      '- MX_BASE_URL',
      '- MX_API_KEY',
      '- CORS_ORIGINS',
      '- FEDERATION',
      '- REDIS_URL',
      '- MX_CLIENT_ID',
      '- AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_USER_CLAIM',
      '- MX_CLIENTID',
      '',
    ]);
    expect(server.stderr).toContain('MX_CLIENTID: is not a setting; did you mean MX_CLIENT_ID?');
    expect(server.stdout + server.stderr).not.toContain('hunter2');
  });

  it('name the address if it is not one of the machine', async () => {
    const server = serverProcessOfTest({ HOST: '192.0.2.1' });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toMatch(/^Invalid configuration:\n {2}- HOST: .*EADDRNOTAVAIL/);
  });

  it('are named if the process cannot listen', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const server = serverProcessOfTest({ PORT: String((other.address() as AddressInfo).port) });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toMatch(/^Invalid configuration:\n {2}- PORT: .*EADDRINUSE/);
    expect(server.stderr).not.toContain('    at ');
  });

  it.each([
    ['TRUSTED_DOCUMENTS', '/'],
    ['MESSAGES_DIR', '/does/not/exist'],
  ])('are refused if %s cannot be read: %s', async (name, path) => {
    const server = serverProcessOfTest({ [name]: path });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toMatch(new RegExp(`^Invalid configuration:\\n {2}- ${name}: must be a readable`));
  });
});

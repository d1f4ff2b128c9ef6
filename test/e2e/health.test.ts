import { describe, onTestFinished, expect, it } from 'vitest';

import { createSandbox } from '../../src/sandbox/sandbox.js';
import { freePort } from '../support/free-port.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import { waitFor } from '../support/wait-for.js';

async function get(url: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}

describe('the server', () => {
  it('is alive and ready while MX responds', async () => {
    const { url } = await useStack();
    expect(await get(`${url}/livez`)).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get(`${url}/readyz`)).toEqual({
      status: 200,
      body: { status: 'ready', checks: { mx: 'ok' } },
    });
  });

  it('starts while MX is down, reports it, and becomes ready when MX is up', async () => {
    const port = await freePort();
    const stack = await useStack({ mx: { baseUrl: `http://127.0.0.1:${port}` } });
    expect(await get(`${stack.url}/livez`)).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get(`${stack.url}/readyz`)).toEqual({
      status: 503,
      body: { status: 'not ready', checks: { mx: 'network' } },
    });
    expect(codesOf(await stack.graphql('{ viewer { members { guid } } }'))).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(dataOf(await stack.graphql('{ connectionStatuses { code } }'))).toHaveProperty(
      'connectionStatuses',
    );

    const late = createSandbox({ port });
    await late.start();
    onTestFinished(() => late.stop());
    await waitFor(async () => (await get(`${stack.url}/readyz`)).status === 200, { what: 'readiness' });
    const { viewer } = dataOf(
      await stack.graphql<{ viewer: { members: unknown[] } }>('{ viewer { members { guid } } }'),
    );
    expect(viewer.members).toHaveLength(23);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [500, 'unavailable'],
  ])('is not ready while MX responds with %i, and reports it as %s', async (status, mx) => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([{ kind: 'status', status }]);
    expect(await get(`${stack.url}/readyz`)).toEqual({
      status: 503,
      body: { status: 'not ready', checks: { mx } },
    });
  });

  it('is alive but not ready while MX hangs', async () => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([{ kind: 'hang' }]);
    expect(await get(`${stack.url}/readyz`)).toEqual({
      status: 503,
      body: { status: 'not ready', checks: { mx: 'timeout' } },
    });
    expect((await get(`${stack.url}/livez`)).status).toBe(200);
  });

  it('calls MX once for many concurrent readiness checks', async () => {
    const stack = await useStack();
    await Promise.all(Array.from({ length: 50 }, () => get(`${stack.url}/readyz`)));
    expect(stack.calls()).toEqual({ 'GET /institutions': 1 });
  });

  it('can be stopped twice, and then refuses connections', async () => {
    const stack = await useStack();
    await Promise.all([stack.server.stop(), stack.server.stop()]);
    await expect(fetch(`${stack.url}/livez`)).rejects.toThrow();
  });

  it('finishes requests in flight before it stops', async () => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([{ kind: 'latency', ms: 500 }]);
    const answer = stack.graphql<{ viewer: { members: unknown[] } }>('{ viewer { members { guid } } }');
    await waitFor(() => stack.sandbox.control.log().total === 1, { what: 'the call to MX' });
    await stack.server.stop();
    expect(dataOf(await answer).viewer.members).toHaveLength(23);
  });
});

import { request } from 'undici';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { authorization, control, Mx, startSandbox, until } from './support.js';

const MEMBERS = 'GET /users/:user/members';

function listMembers(sandbox: Sandbox): ReturnType<typeof request> {
  return request(`${sandbox.url}/users/${sandbox.demoUserGuid}/members`, {
    headers: { authorization: authorization(sandbox), 'accept-version': 'v20250224' },
    headersTimeout: 1000,
    reset: true,
  });
}

async function sandboxWithFaults(...rules: unknown[]): Promise<Sandbox> {
  const sandbox = await startSandbox();
  const answer = await control(sandbox)('PUT', '/faults', rules);
  expect(answer.status).toBe(200);
  return sandbox;
}

async function statuses(sandbox: Sandbox, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const { statusCode, body } = await listMembers(sandbox);
    await body.dump();
    found.push(statusCode);
  }
  return found;
}

test('latency delays a response', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'latency', ms: 80 }, { kind: 'latency', ms: 40 });
  const start = performance.now();
  expect(await statuses(sandbox, 1)).toEqual([200]);
  expect(performance.now() - start).toBeGreaterThan(115);
});

test('a status fault returns an error in MX’s format with Retry-After, the given number of times', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'status', status: 429, retryAfter: 2, times: 2 });
  const { statusCode, headers, body } = await listMembers(sandbox);
  expect([statusCode, headers['retry-after']]).toEqual([429, '2']);
  expect(await body.json()).toMatchObject({ error: { status: 'too_many_requests' } });
  expect(await statuses(sandbox, 3)).toEqual([429, 200, 200]);
});

test('a status fault can have a custom body, JSON or not', async () => {
  const html = await sandboxWithFaults({ kind: 'status', status: 502, body: '<h1>Bad gateway</h1>' });
  expect(await (await listMembers(html)).body.text()).toBe('<h1>Bad gateway</h1>');
  const json = await sandboxWithFaults({ kind: 'status', status: 503, body: { maintenance: true } });
  expect(await (await listMembers(json)).body.json()).toEqual({ maintenance: true });
});

test('a reset destroys the socket before the request takes effect', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'reset', method: 'post' });
  const mx = new Mx(sandbox);
  await expect(mx.createUser({ id: 'lost' })).rejects.toThrow();
  sandbox.control.clearFaults();
  expect((await mx.send('GET', '/users/lost')).status).toBe(404);
});

test('a late reset destroys the socket after the request has taken effect', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'reset_after', endpoint: 'POST /users' });
  const mx = new Mx(sandbox);
  await expect(mx.createUser({ id: 'kept' })).rejects.toThrow();
  expect((await mx.send('GET', '/users/kept')).status).toBe(200);
});

test('a truncated response announces more bytes than it sends', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'truncate' });
  const { statusCode, body } = await listMembers(sandbox);
  expect(statusCode).toBe(200);
  await expect(body.text()).rejects.toThrow();
});

test('a malformed response is a 200 that is not JSON', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'malformed' });
  const { statusCode, body } = await listMembers(sandbox);
  const text = await body.text();
  expect(statusCode).toBe(200);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
});

test('a hanging request gets no response, and does not prevent the sandbox from stopping', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'hang' });
  const asked = listMembers(sandbox).then(
    () => 'answered',
    () => 'broken',
  );
  await until(
    () => sandbox.control.log().total,
    (total) => total === 1,
  );
  const start = performance.now();
  await sandbox.stop();
  expect(performance.now() - start).toBeLessThan(1500);
  expect(await asked).toBe('broken');
});

test('a rule applies to its endpoint and method only, and never to the control routes', async () => {
  const sandbox = await sandboxWithFaults(
    { kind: 'status', status: 500, endpoint: MEMBERS },
    { kind: 'reset', method: 'DELETE' },
  );
  const mx = new Mx(sandbox);
  expect(await statuses(sandbox, 1)).toEqual([500]);
  expect((await mx.send('GET', `/users/${mx.user}`)).status).toBe(200);
  expect((await control(sandbox)('GET', '')).status).toBe(200);
  expect((await control(sandbox)('DELETE', '/faults')).status).toBe(204);
  expect(await statuses(sandbox, 1)).toEqual([200]);
});

test('the first of several matching rules applies, and the others are not used up', async () => {
  const sandbox = await sandboxWithFaults(
    { kind: 'status', status: 500, times: 1 },
    { kind: 'status', status: 503, times: 1 },
  );
  expect(await statuses(sandbox, 3)).toEqual([500, 503, 200]);
});

test('a fault with a probability hits the same requests for the same seed', async () => {
  const rule = { kind: 'status', status: 500, probability: 0.5, seed: 7 };
  const first = await statuses(await sandboxWithFaults(rule), 20);
  expect(await statuses(await sandboxWithFaults(rule), 20)).toEqual(first);
  expect(await statuses(await sandboxWithFaults({ ...rule, seed: 8 }), 20)).not.toEqual(first);
  expect(new Set(first)).toEqual(new Set([200, 500]));
});

test('a fault applies before the credentials are checked', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'status', status: 503 });
  const { statusCode, body } = await request(`${sandbox.url}/users`);
  await body.dump();
  expect(statusCode).toBe(503);
});

test.each([
  [{ kind: 'explode' }],
  [{ kind: 'status' }],
  [{ kind: 'status', status: 200 }],
  [{ kind: 'latency' }],
  [{ kind: 'hang', times: 0 }],
  [{ kind: 'hang', probability: 2 }],
  [{ kind: 'hang', typo: true }],
])('the rule %j is rejected with a reason', async (rule) => {
  const sandbox = await startSandbox();
  const answer = await control(sandbox)('PUT', '/faults', [rule]);
  expect(answer.status).toBe(400);
  expect((answer.body['error'] as { message: string }).message).toMatch(/^faults\.0/);
  expect(await statuses(sandbox, 1)).toEqual([200]);
});

test('the log counts requests by endpoint, including those with a fault', async () => {
  const sandbox = await sandboxWithFaults({ kind: 'reset', endpoint: MEMBERS, times: 1 });
  await expect(listMembers(sandbox)).rejects.toThrow();
  await statuses(sandbox, 2);
  const mx = new Mx(sandbox);
  await mx.send('GET', mx.path('MBR-nobody', 'status'));
  await mx.send('GET', '/no/such/route');
  const { body } = await control(sandbox)('GET', '/log');
  expect(body).toMatchObject({
    total: 5,
    endpoints: {
      [MEMBERS]: 3,
      'GET /users/:user/members/:member/status': 1,
      'GET (no such route)': 1,
    },
  });
  const requests = body['requests'] as { status: number | null; method: string; path: string }[];
  expect(requests.map(({ status }) => status).slice(0, 4)).toEqual([null, 200, 200, 404]);
  expect(requests[0]).toMatchObject({ method: 'GET', path: `/users/${sandbox.demoUserGuid}/members` });
  expect((await control(sandbox)('DELETE', '/log')).status).toBe(204);
  expect(sandbox.control.log()).toEqual({ total: 0, endpoints: {}, requests: [] });
});

test('the log contains the last thousand requests in order', async () => {
  const sandbox = await startSandbox();
  const mx = new Mx(sandbox);
  for (let nth = 0; nth < 1004; nth += 4) {
    await Promise.all([0, 1, 2, 3].map((one) => mx.send('GET', `/institutions/i${nth + one}`)));
  }
  const { total, requests } = sandbox.control.log();
  expect([total, requests.length]).toEqual([1004, 1000]);
  expect(requests[0]?.path).toMatch(/\/institutions\/i[4-7]$/);
  expect(requests.at(-1)?.path).toMatch(/\/institutions\/i100[0-3]$/);
});

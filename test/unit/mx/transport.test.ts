import { describe, expect, it, onTestFinished } from 'vitest';

import { MxClient } from '../../../src/mx/client.js';
import { isMxError } from '../../../src/mx/errors.js';
import { MxTransport } from '../../../src/mx/transport.js';
import type { MxCall, MxTransportOptions } from '../../../src/mx/transport.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import { demoMember } from '../../support/demo-members.js';
import { upstreamOfTest } from '../../support/scripted-upstream.js';

const INSTITUTION = {
  method: 'GET',
  endpoint: 'GET /institutions/:code',
  path: '/institutions/mxbank',
} as const;

/** A client over an upstream, closed when the test ends. */
function clientOfTest(baseUrl: string): MxClient {
  const client = new MxClient({ baseUrl, clientId: 'a', apiKey: 'b', apiVersion: 'v20250224' });
  onTestFinished(() => client.close());
  return client;
}

async function useTransport(options: Partial<MxTransportOptions> = {}) {
  const sandbox = createSandbox();
  const baseUrl = await sandbox.start();
  const calls: MxCall[] = [];
  const settings = {
    baseUrl,
    ...sandbox.credentials,
    apiVersion: 'v20250224',
    onCall: (call: MxCall) => calls.push(call),
  };
  const transport = new MxTransport({ ...settings, ...options });
  const client = new MxClient({ ...settings, ...options });
  onTestFinished(async () => {
    await transport.close();
    await client.close();
    await sandbox.stop();
  });
  return { sandbox, transport, client, calls };
}

describe('MxTransport', () => {
  it('reports the outcome of every attempt, without guids', async () => {
    const { sandbox, client, calls } = await useTransport();
    sandbox.control.setFaults([
      { kind: 'status', status: 503, times: 1 },
      { kind: 'reset', times: 1 },
      { kind: 'malformed', times: 1 },
    ]);
    await client.listMembers(sandbox.demoUserGuid);
    expect(calls.map(({ endpoint, outcome }) => [endpoint, outcome])).toEqual([
      ['GET /users/:user/members', 503],
      ['GET /users/:user/members', 'network'],
      ['GET /users/:user/members', 200],
      ['GET /users/:user/members', 200],
    ]);
    for (const { durationMs } of calls) expect(durationMs).toBeGreaterThan(0);
  });

  it.each(['POST', 'PUT', 'DELETE'] as const)(
    'does not retry a %s, because it may have taken effect',
    async (method) => {
      const { sandbox, transport } = await useTransport();
      const member = `/users/${sandbox.demoUserGuid}/members/${demoMember(sandbox, 'LOCKED').guid}`;
      const path = method === 'POST' ? `${member}/aggregate` : member;
      sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
      const write = transport.send({
        method,
        endpoint: `${method} /x`,
        path,
        body: { member: { name: 'x' } },
      });
      await expect(write).rejects.toMatchObject({ kind: 'unavailable', details: { status: 503 } });
      expect(sandbox.control.log().total).toBe(1);
    },
  );

  it('sends a write as JSON and reads a response without a body as null', async () => {
    const { sandbox, transport } = await useTransport();
    const path = `/users/${sandbox.demoUserGuid}/members/${demoMember(sandbox, 'LOCKED').guid}`;
    const updated = await transport.send({
      method: 'PUT',
      endpoint: 'PUT /x',
      path,
      body: { member: { metadata: 'ü' } },
    });
    expect(updated.body).toMatchObject({ member: { metadata: 'ü' } });
    const deleted = await transport.send({ method: 'DELETE', endpoint: 'DELETE /x', path });
    expect(deleted.body).toBeNull();
  });

  it('keeps the path of its base URL', async () => {
    const upstream = await upstreamOfTest((path) => ({ body: { institution: { code: path } } }));
    for (const suffix of ['/mx/v1', '/mx/v1/']) {
      const client = clientOfTest(upstream.baseUrl + suffix);
      expect((await client.institutions.read('x')).code).toBe('/mx/v1/institutions/x');
    }
  });

  it('encodes names so that they cannot change the path', async () => {
    const upstream = await upstreamOfTest((path) => ({ body: { institution: { code: path } } }));
    const client = clientOfTest(upstream.baseUrl);
    await client.institutions.read('../users?x=1#y');
    expect(upstream.paths).toEqual(['/institutions/..%2Fusers%3Fx%3D1%23y']);
  });

  it.each<[string, unknown]>([
    ['an array', []],
    ['a string', 'x'],
    ['null', null],
    ['an object without an institution', {}],
    ['an institution that is a number', { institution: 5 }],
    ['an institution without a code', { institution: { name: 'x' } }],
  ])('rejects %s in place of an institution as malformed', async (_, body) => {
    const upstream = await upstreamOfTest(() => ({ body }));
    const client = clientOfTest(upstream.baseUrl);
    await expect(client.institutions.read('mxbank')).rejects.toMatchObject({ kind: 'malformed' });
  });

  it('reads the guid of the existing member from a conflict, in both forms that MX uses', async () => {
    for (const body of [{ guid: 'MBR-1' }, { error: { guid: 'MBR-1', type: 'conflict_error' } }]) {
      const upstream = await upstreamOfTest(() => ({ status: 409, body }));
      const transport = new MxTransport({
        baseUrl: upstream.baseUrl,
        clientId: 'a',
        apiKey: 'b',
        apiVersion: 'v1',
      });
      onTestFinished(() => transport.close());
      await expect(transport.send({ ...INSTITUTION, method: 'POST' })).rejects.toMatchObject({
        kind: 'conflict',
        details: { existingGuid: 'MBR-1' },
      });
    }
  });

  it('rejects calls beyond its queue at once, and the others at their deadline', async () => {
    const { sandbox, transport } = await useTransport({ deadlineMs: 3_000 });
    sandbox.control.setFaults([{ kind: 'hang' }]);
    const tooMany = 128 + 4_096 + 50;
    const kinds = await Promise.all(
      Array.from({ length: tooMany }, () =>
        transport.send(INSTITUTION).then(
          () => 'answered',
          (error: unknown) => (isMxError(error) ? error.kind : 'another error'),
        ),
      ),
    );
    expect(kinds.filter((kind) => kind === 'overloaded')).toHaveLength(50);
    expect(new Set(kinds)).toEqual(new Set(['overloaded', 'timeout']));
    // A few queued calls may still be sent at the moment at which all deadlines pass.
    expect(sandbox.control.log().total).toBeGreaterThanOrEqual(128);
    expect(sandbox.control.log().total).toBeLessThan(256);
  });
});

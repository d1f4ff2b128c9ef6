import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it, onTestFinished } from 'vitest';

import { pageKey } from '../../../src/cache/institutions.js';
import { MxCache } from '../../../src/cache/mx-cache.js';
import { MxClient } from '../../../src/mx/client.js';

const COUNT = 700;
const LATENCY_MS = 120;

const text = (guid: string) => ({ guid, name: guid, code: guid, connection_status: 'CONNECTED' });
const page = { pagination: { current_page: 1, per_page: 100, total_entries: 1, total_pages: 1 } };

/** What MX responds to a path, with its last id in the answer. */
function bodyOf(url: URL): unknown {
  const [, root, id = '', branch, member = ''] = url.pathname.split('/');
  if (root === 'users' && branch === 'members' && member) {
    const challenge = { guid: member, type: 0, field_name: 'x', label: member };
    return { member: { ...text(member), challenges: [challenge] } };
  }
  if (root === 'users') return { members: [{ ...text(`MBR-${id}`), user_guid: id }], ...page };
  if (branch === 'credentials')
    return { credentials: [{ ...text(id), field_name: 'LOGIN', field_type: 3 }], ...page };
  if (id) return { institution: text(id) };
  return { institutions: [text(url.searchParams.get('name') ?? '')], ...page };
}

/** A cache over an upstream that takes its time, and the paths that were asked for. */
async function useSlowCache() {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    const body = JSON.stringify(bodyOf(new URL(request.url ?? '', 'http://mx')));
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), LATENCY_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new MxClient({ baseUrl, clientId: 'id', apiKey: 'key', apiVersion: 'v20250224' });
  onTestFinished(async () => {
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });
  const cache = new MxCache({ client, freshnessMs: 3_000, leases: null, onUnknownStatus: () => undefined });
  return { cache, paths };
}

type Read = (cache: MxCache, id: string) => unknown;
const READS: Record<string, Read> = {
  'pages of the search': (cache, id) => cache.institutions.page(pageKey({ search: id }, 1)),
  institutions: (cache, id) => cache.institutions.read(id),
  'credential fields': (cache, id) => cache.institutions.credentials(id),
  'lists of members': (cache, id) => cache.members(id),
  challenges: (cache, id) => cache.challenges.read('USR-1', id),
};

it.each(Object.entries(READS))(
  '700 different %s at once are all read, and equal ones once',
  async (_, read) => {
    const { cache, paths } = await useSlowCache();
    const ids = Array.from({ length: COUNT }, (__, n) => `id-${n}`);
    const results = await Promise.allSettled(
      [...ids, ...ids].map(async (id) => [id, await read(cache, id)] as const),
    );
    const failed = results.filter(({ status }) => status === 'rejected');
    expect(failed).toEqual([]);
    for (const result of results) {
      if (result.status !== 'fulfilled') continue;
      const [id, value] = result.value;
      const answer = JSON.stringify(
        value instanceof Map ? [...(value as Map<string, unknown>).keys()] : value,
      );
      expect(answer).toContain(`${id}"`);
    }
    expect(paths).toHaveLength(COUNT);
  },
);

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';

import { createTokenIssuer, issue } from '../token-issuer.js';
import { monotonicMs } from './clock.js';
import { serve } from './remote.js';
import { World } from './world.js';
import type { Happening } from './world.js';

/** The stub of MX whose members change. Settings: MEMBERS (of each user), LATENCY_MS, RESTLESS. */
export interface LiveUpstream {
  port(): number;
  planJob(plan: JobPlan): void;
  /** What was called since the last time: how often by endpoint, and each list call. */
  takeCalls(): Calls;
  takeHappenings(): Happening[];
}

export interface JobPlan {
  readonly user: number;
  readonly member: number;
  readonly ms: number;
}

export interface Calls {
  readonly counts: Readonly<Record<string, number>>;
  readonly lists: readonly { readonly user: number; readonly at: number }[];
}

const LATENCY_MS = Number(process.env['LATENCY_MS'] ?? 20);
const world = new World({
  membersPerUser: Number(process.env['MEMBERS'] ?? 1),
  isRestless: process.env['RESTLESS'] === 'yes',
});
const issuer = await createTokenIssuer();
let counts: Record<string, number> = {};
let lists: { user: number; at: number }[] = [];

/** The answer is made when the request comes and sent a while later, as from far away. */
function answer(method: string, path: string): { endpoint: string; body: string | undefined } {
  const [, root, id = '', , guid = '', leaf] = path.split('/');
  if (root === 'institutions') return { endpoint: 'institution', body: world.institution(id) };
  const user = Number(id.slice(-12));
  const member = Number(guid.slice(4, 12));
  if (guid === '') {
    lists.push({ user, at: monotonicMs() });
    return { endpoint: 'list', body: world.members(user) };
  }
  if (leaf === 'aggregate' && method === 'POST') {
    return { endpoint: 'aggregate', body: world.aggregate(user, member) };
  }
  return { endpoint: 'member', body: world.member(user, member) };
}

function send(response: ServerResponse, body: string | undefined): void {
  const text = body ?? '{"error":{"message":"not found","status":"not_found","type":"not_found_error"}}';
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://stub');
  if (url.pathname.startsWith('/users/') || url.pathname.startsWith('/institutions')) {
    const { endpoint, body } = answer(request.method ?? 'GET', url.pathname);
    counts[endpoint] = (counts[endpoint] ?? 0) + 1;
    request.resume();
    setTimeout(send, LATENCY_MS, response, body);
    return;
  }
  void issue(issuer, url).then((issued) =>
    send(response, issued === undefined ? undefined : JSON.stringify(issued)),
  );
});
server.keepAliveTimeout = 120_000;
process.once('disconnect', () => process.exit(0));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

serve<LiveUpstream>({
  port: () => (server.address() as AddressInfo).port,
  planJob: ({ user, member, ms }) => world.planJob(user, member, ms),
  takeCalls: () => {
    const taken = { counts, lists };
    [counts, lists] = [{}, []];
    return taken;
  },
  takeHappenings: () => world.takeHappenings(),
});

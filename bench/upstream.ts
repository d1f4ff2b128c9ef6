import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { INSTITUTIONS, userDigits } from './fixture.js';
import { mxCredentials, mxInstitution, mxMember, mxMemberStatus, mxUser } from './mx-objects.js';
import { createTokenIssuer, issue } from './token-issuer.js';

/**
 * MX as cheap as can be: bodies are serialised once with a placeholder user whose digits are overwritten in a
 * copy, so that the stub is never what a benchmark measures. Settings: PORT, MEMBERS, LATENCY_MS.
 */
const MEMBERS = Number(process.env['MEMBERS'] ?? 25);
const LATENCY_MS = Number(process.env['LATENCY_MS'] ?? 20);
const PLACEHOLDER = '999999999999';

type Template = (digits: string) => Buffer;

function template(build: (digits: string) => unknown): Template {
  const bytes = Buffer.from(JSON.stringify(build(PLACEHOLDER)));
  const places: number[] = [];
  for (let at = bytes.indexOf(PLACEHOLDER); at >= 0; at = bytes.indexOf(PLACEHOLDER, at + 1)) places.push(at);
  return (digits) => {
    const copy = Buffer.allocUnsafe(bytes.length);
    copy.set(bytes);
    const written = Buffer.from(digits, 'latin1');
    for (const place of places) copy.set(written, place);
    return copy;
  };
}

const memberNumbers = Array.from({ length: MEMBERS }, (_, member) => member);
const pagination = { current_page: 1, per_page: 25, total_entries: MEMBERS, total_pages: 1 };

const user = template((digits) => ({ user: mxUser(digits) }));
const memberList = template((digits) => ({
  members: memberNumbers.map((member) => mxMember(digits, member)),
  pagination,
}));
const members = memberNumbers.map((member) => template((digits) => ({ member: mxMember(digits, member) })));
const statuses = memberNumbers.map((member) =>
  template((digits) => ({ member: mxMemberStatus(digits, member) })),
);
const institutions = new Map<string, Buffer>(
  INSTITUTIONS.map((row) => [row.code, Buffer.from(JSON.stringify({ institution: mxInstitution(row) }))]),
);
const credentials = Buffer.from(JSON.stringify({ credentials: mxCredentials() }));

const log: Record<string, number> = {};

/** Institutions may be cached by whoever honours HTTP caching: to the peers' advantage, MX promises nothing. */
const INSTITUTION_HEADERS = { 'cache-control': 'public, max-age=86400' };

interface Answer {
  readonly endpoint: string;
  readonly body: Buffer | undefined;
  readonly headers?: Record<string, string>;
}

function route(path: string): Answer | undefined {
  const [, root, id = '', branch, member = '', leaf] = path.split('/');
  if (root === 'institutions') return institutionRoute(id, branch);
  if (root !== 'users') return undefined;
  const digits = id.slice(-12);
  if (branch === undefined) return { endpoint: 'user', body: user(digits) };
  if (branch !== 'members') return undefined;
  if (member === '') return { endpoint: 'members', body: memberList(digits) };
  const number = Number(member.slice(4, 12));
  if (leaf === 'status') return { endpoint: 'status', body: statuses[number]?.(digits) };
  return { endpoint: 'member', body: members[number]?.(digits) };
}

function institutionRoute(code: string, branch: string | undefined): Answer {
  const body = institutions.get(code);
  if (branch === 'credentials') return { endpoint: 'credentials', body: body && credentials };
  return { endpoint: 'institution', body, headers: INSTITUTION_HEADERS };
}

const issuer = await createTokenIssuer();

function send(response: ServerResponse, body: Buffer, headers?: Readonly<Record<string, string>>): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}

function sendNotFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end('{"error":{"message":"not found","status":"not_found","type":"not_found_error"}}');
}

const sendJson = (response: ServerResponse, value: unknown): void =>
  send(response, Buffer.from(JSON.stringify(value)));

/** What the benchmark asks of the stub itself: answered at once and not counted. */
async function control(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const issued = await issue(issuer, url);
  if (issued !== undefined) return sendJson(response, issued);
  sendJson(response, log);
  if (request.method === 'DELETE') for (const endpoint of Object.keys(log)) delete log[endpoint];
}

function answerMx(path: string, response: ServerResponse): void {
  const answer = route(path);
  const endpoint = answer?.endpoint ?? 'unknown';
  log[endpoint] = (log[endpoint] ?? 0) + 1;
  const reply = (): void =>
    answer?.body ? send(response, answer.body, answer.headers) : sendNotFound(response);
  if (LATENCY_MS > 0) setTimeout(reply, LATENCY_MS);
  else reply();
}

const server = createServer((request, response) => {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (path.startsWith('/users/') || path.startsWith('/institutions/')) return answerMx(path, response);
  void control(new URL(request.url ?? '/', 'http://stub'), request, response);
});
server.keepAliveTimeout = 120_000;
process.once('disconnect', () => process.exit(0));
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  if (process.send) process.send({ port });
  else
    console.log(
      `stub of MX on port ${port}: ${MEMBERS} members, ${LATENCY_MS} ms, user 0 is ${userDigits(0)}`,
    );
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Pool } from 'undici';
import type { PageMember } from './fixture.js';
import { isTerminal, namesInstitution, requiredAction, statusRow, userMessage } from './peers/member-view.js';
import { AUDIENCE, ISSUER, USER_CLAIM } from './token-issuer.js';

/**
 * The page as one would write it by hand without GraphQL: `POST /page` with a user's guid, one list call,
 * institutions kept. Settings: PORT, MX_BASE_URL, MX_CLIENT_ID, MX_API_KEY and, to have tokens verified and the
 * user taken from the token instead of the body, AUTH_JWKS_URL.
 */
interface MxMember {
  readonly guid: string;
  readonly name: string;
  readonly connection_status: string;
  readonly institution_code: string;
  readonly is_being_aggregated: boolean;
}

interface PageRequest {
  readonly guid: string;
  readonly page: 'full' | 'short';
}

const setting = (name: string): string => process.env[name] ?? '';

const pool = new Pool(setting('MX_BASE_URL'), { connections: 256 });
const headers = {
  accept: 'application/json',
  'accept-version': 'v20250224',
  authorization: `Basic ${Buffer.from(`${setting('MX_CLIENT_ID')}:${setting('MX_API_KEY')}`).toString('base64')}`,
};

async function getJson(path: string): Promise<unknown> {
  const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
  if (statusCode === 200) return body.json();
  await body.dump();
  throw new Error(`MX answered ${statusCode} to ${path}`);
}

const institutionNames = new Map<string, Promise<string>>();

function institutionName(code: string): Promise<string> {
  const known = institutionNames.get(code);
  if (known) return known;
  const asked = getJson(`/institutions/${code}`).then(
    (answer) => (answer as { institution: { name: string } }).institution.name,
  );
  asked.catch(() => institutionNames.delete(code));
  institutionNames.set(code, asked);
  return asked;
}

function fullView(member: MxMember, institution: string): PageMember {
  const row = statusRow(member.connection_status);
  if (!row) throw new Error(`unknown status ${member.connection_status}`);
  return {
    guid: member.guid,
    name: member.name,
    connectionStatus: member.connection_status,
    userMessage: namesInstitution(row) ? userMessage(row, institution) : row.message,
    requiredAction: requiredAction(row, member.is_being_aggregated),
    isTerminal: isTerminal(row, member.is_being_aggregated),
    institution: { name: institution },
  };
}

const shortView = (member: MxMember, institution: string): PageMember => ({
  guid: member.guid,
  name: member.name,
  connectionStatus: member.connection_status,
  institution: { name: institution },
});

async function answerPage({ guid, page }: PageRequest): Promise<string> {
  const answer = await getJson(`/users/${guid}/members?records_per_page=100`);
  const rows = (answer as { members: MxMember[] }).members;
  const names = await Promise.all(rows.map((row) => institutionName(row.institution_code)));
  const view = page === 'full' ? fullView : shortView;
  const members = rows.map((row, at) => view(row, names[at] ?? ''));
  return JSON.stringify({ data: { viewer: { members } } }) + '\n';
}

const jwksUrl = setting('AUTH_JWKS_URL');
const keys = jwksUrl === '' ? undefined : createRemoteJWKSet(new URL(jwksUrl));

async function userOf(request: IncomingMessage, body: PageRequest): Promise<string> {
  if (!keys) return body.guid;
  const token = (request.headers.authorization ?? '').slice('Bearer '.length);
  const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: AUDIENCE });
  return String(payload[USER_CLAIM]);
}

async function readBody(request: IncomingMessage): Promise<PageRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as PageRequest;
}

async function handle(request: IncomingMessage): Promise<string> {
  const body = await readBody(request);
  return answerPage({ guid: await userOf(request, body), page: body.page });
}

const server = createServer((request, response) => {
  if (request.url === '/readyz') {
    response.end('ready');
    return;
  }
  handle(request).then(
    (text) => {
      const bytes = Buffer.from(text);
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': bytes.length,
      });
      response.end(bytes);
    },
    (error: unknown) => {
      console.error(error);
      response.writeHead(502).end();
    },
  );
});
server.listen(Number(setting('PORT')), '127.0.0.1', () => {
  console.log(`proxy on port ${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));

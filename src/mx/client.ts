import { LRUCache } from 'lru-cache';

import { isMxError, MxError } from './errors.js';
import {
  isJson,
  parseChallenges,
  parseCredentials,
  parseInstitution,
  parseInstitutions,
  parseMember,
  parseMembers,
  parseUrl,
} from './parse.js';
import type { Json } from './parse.js';
import { attemptsOfRead, MxTransport } from './transport.js';
import type { Attempts, CallCounter, MxRequest, MxTransportOptions } from './transport.js';
import type {
  MxChallengeAnswer,
  MxChallenge,
  MxCredential,
  MxInstitution,
  MxInstitutionPage,
  MxMember,
  MxMemberList,
  MxNewMember,
  MxOauthOptions,
} from './types.js';

/** Page size of the list of members. A user has at most 25; MX silently replaces a size above its maximum by 25. */
const MEMBERS_PER_PAGE = 100;
/** MX's maximum page size of the list of institutions. MX silently replaces a larger one by 25. */
export const INSTITUTIONS_PER_PAGE = 100;
/** How long MX may still respond with 404 to a read of a member after its create, in milliseconds. */
const CREATE_LAG_MS = 10_000;
const CREATE_RETRY_DELAY_MS = 500;

const encode = encodeURIComponent;

/** Creates a GET request. `template` names the endpoint in logs and metrics; `path` contains the actual values. */
function get(template: string, path: string): MxRequest {
  return { method: 'GET', endpoint: `GET ${template}`, path };
}

function write(
  method: 'POST' | 'PUT' | 'DELETE',
  template: string,
  rest: Pick<MxRequest, 'path' | 'body' | 'limitScope'>,
): MxRequest {
  return { method, endpoint: `${method} ${template}`, ...rest };
}

const memberPath = (userGuid: string, memberGuid: string) =>
  `/users/${encode(userGuid)}/members/${encode(memberGuid)}`;

/** Returns the property that wraps the result of an endpoint. Throws `malformed` if the body has none. */
function unwrap(body: Json | null, key: string, endpoint: string): unknown {
  if (body && key in body) return body[key];
  throw new MxError('malformed', { endpoint });
}

function toMember(body: Json | null, endpoint: string): MxMember {
  const row = unwrap(body, 'member', endpoint);
  const member = isJson(row) ? parseMember(row) : null;
  if (!member) throw new MxError('malformed', { endpoint });
  return member;
}

/** Omits fields without a value: MX would store null. */
function omitNulls(fields: Readonly<Record<string, string | boolean | null>>): [string, string | boolean][] {
  return Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function toQueryString(options: MxOauthOptions): string {
  const pairs = omitNulls({ ...options }).map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** The state that a counting client shares with the client it was made from. */
interface SharedState {
  readonly transport: MxTransport;
  readonly created: LRUCache<string, true>;
  readonly count: CallCounter;
}

/** Client of the MX Platform API, one method per endpoint in use. All calls reject with `MxError`. Guids are MX's. */
export class MxClient {
  readonly #transport: MxTransport;
  readonly #created: LRUCache<string, true>;
  readonly #count: CallCounter | null;

  constructor(options: MxTransportOptions | SharedState) {
    const isShared = 'transport' in options;
    this.#transport = isShared ? options.transport : new MxTransport(options);
    this.#created = isShared ? options.created : new LRUCache({ max: 1_000, ttl: CREATE_LAG_MS });
    this.#count = isShared ? options.count : null;
  }

  /** Returns a client that shares the connections of this one and adds its requests to `count`. */
  withCallCounter(count: CallCounter | null): MxClient {
    if (!count) return this;
    return new MxClient({ transport: this.#transport, created: this.#created, count });
  }

  /** State of the circuit breaker. */
  get breaker(): MxTransport['breaker'] {
    return this.#transport.breaker;
  }

  /** Lists all members of a user in one request, and returns the response bytes with them. Rejects with `not_found`. */
  async listMembers(userGuid: string): Promise<MxMemberList> {
    const path = `/users/${encode(userGuid)}/members?records_per_page=${MEMBERS_PER_PAGE}`;
    const request = get('/users/:user/members', path);
    const { body, bytes } = await this.#send(request);
    return { members: parseMembers(unwrap(body, 'members', request.endpoint)), bytes };
  }

  /** Lists the pending challenges of a member. Empty unless its status is CHALLENGED. */
  async listChallenges(userGuid: string, memberGuid: string): Promise<MxChallenge[]> {
    const path = `${memberPath(userGuid, memberGuid)}/status`;
    const request = get('/users/:user/members/:member/status', path);
    const member = unwrap(await this.#readMemberResource(request, memberGuid), 'member', request.endpoint);
    return isJson(member) ? parseChallenges(member['challenges']) : [];
  }

  /** Creates an OAuth URL for a single visit, at which the end user authorizes the connection. */
  async readOauthWindowUrl(
    userGuid: string,
    memberGuid: string,
    options?: MxOauthOptions,
  ): Promise<string | null> {
    const path = `${memberPath(userGuid, memberGuid)}/oauth_window_uri${options ? toQueryString(options) : ''}`;
    const request = get('/users/:user/members/:member/oauth_window_uri', path);
    const member = unwrap(await this.#readMemberResource(request, memberGuid), 'member', request.endpoint);
    return isJson(member) ? parseUrl(member['oauth_window_uri']) : null;
  }

  /** Reads an institution by its code. */
  async readInstitution(code: string): Promise<MxInstitution> {
    const request = get('/institutions/:code', `/institutions/${encode(code)}`);
    const row = unwrap((await this.#send(request)).body, 'institution', request.endpoint);
    const institution = isJson(row) ? parseInstitution(row) : null;
    if (!institution) throw new MxError('malformed', { endpoint: request.endpoint });
    return institution;
  }

  /** Lists the credential fields that an institution requires, in display order. */
  async listInstitutionCredentials(code: string): Promise<MxCredential[]> {
    const path = `/institutions/${encode(code)}/credentials?records_per_page=100`;
    const request = get('/institutions/:code/credentials', path);
    return parseCredentials(unwrap((await this.#send(request)).body, 'credentials', request.endpoint));
  }

  /** Searches institutions by name and returns one page of them, starting at page 1. */
  async listInstitutions(name: string, page: number): Promise<MxInstitutionPage> {
    const search = new URLSearchParams({
      page: String(page),
      records_per_page: String(INSTITUTIONS_PER_PAGE),
    });
    if (name !== '') search.set('name', name);
    const request = get('/institutions', `/institutions?${search.toString()}`);
    const body = (await this.#send(request)).body;
    const institutions = parseInstitutions(unwrap(body, 'institutions', request.endpoint));
    const pagination = unwrap(body, 'pagination', request.endpoint);
    const total = isJson(pagination) ? pagination['total_entries'] : undefined;
    return { institutions, total: typeof total === 'number' ? total : institutions.length };
  }

  /** Creates a member and starts its first job. An OAuth member waits for the end user instead. Not retried. */
  async createMember(userGuid: string, member: MxNewMember, oauth: MxOauthOptions | null): Promise<MxMember> {
    const path = `/users/${encode(userGuid)}/members`;
    const body = { member, ...Object.fromEntries(omitNulls({ ...oauth })) };
    return this.#create(write('POST', '/users/:user/members', { path, body }));
  }

  /** Creates a manual member. Not retried. */
  async createManagedMember(userGuid: string, member: MxNewMember): Promise<MxMember> {
    const path = `/users/${encode(userGuid)}/managed_members`;
    return this.#create(write('POST', '/users/:user/managed_members', { path, body: { member } }));
  }

  /** Updates the credentials of a member, which starts a job. Not retried. */
  async updateCredentials(
    userGuid: string,
    memberGuid: string,
    credentials: readonly MxChallengeAnswer[],
  ): Promise<MxMember> {
    const path = memberPath(userGuid, memberGuid);
    const request = write('PUT', '/users/:user/members/:member', { path, body: { member: { credentials } } });
    return toMember((await this.#send(request)).body, request.endpoint);
  }

  /** Requests a job. MX also accepts the request if a job is running, and if it starts none because of throttling. */
  async aggregate(userGuid: string, memberGuid: string): Promise<MxMember> {
    const path = `${memberPath(userGuid, memberGuid)}/aggregate`;
    const request = write('POST', '/users/:user/members/:member/aggregate', { path, limitScope: path });
    return toMember((await this.#send(request)).body, request.endpoint);
  }

  /** Answers all pending challenges. Not retried. */
  async resume(
    userGuid: string,
    memberGuid: string,
    challenges: readonly MxChallengeAnswer[],
  ): Promise<MxMember> {
    const path = `${memberPath(userGuid, memberGuid)}/resume`;
    const request = write('PUT', '/users/:user/members/:member/resume', {
      path,
      body: { member: { challenges } },
    });
    return toMember((await this.#send(request)).body, request.endpoint);
  }

  /** Deletes a member. Managed members have another path. */
  async deleteMember(userGuid: string, memberGuid: string, isManaged: boolean): Promise<void> {
    const kind = isManaged ? 'managed_members' : 'members';
    const path = `/users/${encode(userGuid)}/${kind}/${encode(memberGuid)}`;
    await this.#send(write('DELETE', `/users/:user/${kind}/:member`, { path }));
  }

  /** Sends a minimal request, to check that MX responds and accepts the credentials. */
  async ping(): Promise<void> {
    await this.#send(get('/institutions', '/institutions?records_per_page=10'));
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #send(request: MxRequest, attempts?: Attempts): ReturnType<MxTransport['send']> {
    return this.#transport.send(request, this.#count, attempts);
  }

  async #create(request: MxRequest): Promise<MxMember> {
    const member = toMember((await this.#send(request)).body, request.endpoint);
    this.#created.set(member.guid, true);
    return member;
  }

  /** Reads a resource of one member. A 404 right after the create is retried once, within the attempts of one read. */
  async #readMemberResource(request: MxRequest, memberGuid: string): Promise<Json | null> {
    const attempts = attemptsOfRead();
    try {
      return (await this.#send(request, attempts)).body;
    } catch (error) {
      if (!isMxError(error, 'not_found') || !this.#created.has(memberGuid) || attempts.left <= 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, CREATE_RETRY_DELAY_MS));
      return (await this.#send(request, attempts)).body;
    }
  }
}

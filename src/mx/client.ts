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
import { MxTransport } from './transport.js';
import type { CallCounter, MxRequest, MxTransportOptions } from './transport.js';
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

/** A user has at most 25 members; a page of more than MX allows would silently become one of 25. */
const MEMBERS_PER_PAGE = 100;
/** MX's own maximum for this list; more would silently become 25. */
export const INSTITUTIONS_PER_PAGE = 100;
/** For so long after a create MX may still answer 404 to a read of what it created. */
const CREATE_SETTLES_MS = 10_000;
const CREATE_RETRY_MS = 500;

const segment = encodeURIComponent;

/** Names the request after its template; the path is the template filled in. */
function get(template: string, path: string): MxRequest {
  return { method: 'GET', endpoint: `GET ${template}`, path };
}

function write(
  method: 'POST' | 'PUT' | 'DELETE',
  template: string,
  rest: Pick<MxRequest, 'path' | 'body'>,
): MxRequest {
  return { method, endpoint: `${method} ${template}`, ...rest };
}

const memberPath = (userGuid: string, memberGuid: string) =>
  `/users/${segment(userGuid)}/members/${segment(memberGuid)}`;

/** The part of an answer that the endpoint is known to wrap its result in. */
function part(body: Json | null, key: string, endpoint: string): unknown {
  if (body && key in body) return body[key];
  throw new MxError('malformed', { endpoint });
}

function toMember(body: Json | null, endpoint: string): MxMember {
  const row = part(body, 'member', endpoint);
  const member = isJson(row) ? parseMember(row) : null;
  if (!member) throw new MxError('malformed', { endpoint });
  return member;
}

/** Leaves out what is not given: MX takes null for a value. */
function withoutNulls(
  fields: Readonly<Record<string, string | boolean | null>>,
): [string, string | boolean][] {
  return Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function query(options: MxOauthOptions): string {
  const pairs = withoutNulls({ ...options }).map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** What a client shares with the one whose calls it counts. */
interface CountedClient {
  readonly transport: MxTransport;
  readonly created: LRUCache<string, true>;
  readonly count: CallCounter;
}

/** What this product asks of MX, one method per endpoint. Every call rejects with `MxError` alone; guids are MX's. */
export class MxClient {
  readonly #transport: MxTransport;
  readonly #created: LRUCache<string, true>;
  readonly #count: CallCounter | null;

  constructor(options: MxTransportOptions | CountedClient) {
    const isCounted = 'transport' in options;
    this.#transport = isCounted ? options.transport : new MxTransport(options);
    this.#created = isCounted ? options.created : new LRUCache({ max: 1_000, ttl: CREATE_SETTLES_MS });
    this.#count = isCounted ? options.count : null;
  }

  /** The same client, whose calls are counted for somebody. */
  countedFor(count: CallCounter | null): MxClient {
    if (!count) return this;
    return new MxClient({ transport: this.#transport, created: this.#created, count });
  }

  /** How the circuit breaker stands. */
  get breaker(): MxTransport['breaker'] {
    return this.#transport.breaker;
  }

  /** All members of one user, in one call, and as MX sent them. Rejects with `not_found` for an unknown user. */
  async listMembers(userGuid: string): Promise<MxMemberList> {
    const path = `/users/${segment(userGuid)}/members?records_per_page=${MEMBERS_PER_PAGE}`;
    const request = get('/users/:user/members', path);
    const { body, bytes } = await this.#send(request);
    return { members: parseMembers(part(body, 'members', request.endpoint)), bytes };
  }

  /** What the institution asks the end user; empty unless the member is CHALLENGED. */
  async listChallenges(userGuid: string, memberGuid: string): Promise<MxChallenge[]> {
    const path = `${memberPath(userGuid, memberGuid)}/status`;
    const request = get('/users/:user/members/:member/status', path);
    const member = part(await this.#readOfMember(request, memberGuid), 'member', request.endpoint);
    return isJson(member) ? parseChallenges(member['challenges']) : [];
  }

  /** A new address, good for one visit, at which the end user authorises the connection. */
  async readOauthWindowUrl(
    userGuid: string,
    memberGuid: string,
    options?: MxOauthOptions,
  ): Promise<string | null> {
    const path = `${memberPath(userGuid, memberGuid)}/oauth_window_uri${options ? query(options) : ''}`;
    const request = get('/users/:user/members/:member/oauth_window_uri', path);
    const member = part(await this.#readOfMember(request, memberGuid), 'member', request.endpoint);
    return isJson(member) ? parseUrl(member['oauth_window_uri']) : null;
  }

  async readInstitution(code: string): Promise<MxInstitution> {
    const request = get('/institutions/:code', `/institutions/${segment(code)}`);
    const row = part((await this.#send(request)).body, 'institution', request.endpoint);
    const institution = isJson(row) ? parseInstitution(row) : null;
    if (!institution) throw new MxError('malformed', { endpoint: request.endpoint });
    return institution;
  }

  /** The fields an institution asks for, in the order to show them. */
  async listInstitutionCredentials(code: string): Promise<MxCredential[]> {
    const path = `/institutions/${segment(code)}/credentials?records_per_page=100`;
    const request = get('/institutions/:code/credentials', path);
    return parseCredentials(part((await this.#send(request)).body, 'credentials', request.endpoint));
  }

  /** One page of the institutions whose name has the words in it, from page 1. */
  async listInstitutions(name: string, page: number): Promise<MxInstitutionPage> {
    const search = new URLSearchParams({
      page: String(page),
      records_per_page: String(INSTITUTIONS_PER_PAGE),
    });
    if (name !== '') search.set('name', name);
    const request = get('/institutions', `/institutions?${search.toString()}`);
    const body = (await this.#send(request)).body;
    const institutions = parseInstitutions(part(body, 'institutions', request.endpoint));
    const pagination = part(body, 'pagination', request.endpoint);
    const total = isJson(pagination) ? pagination['total_entries'] : undefined;
    return { institutions, total: typeof total === 'number' ? total : institutions.length };
  }

  /** Makes a member and starts its first job, or, for OAuth, waits for the end user. Never sent twice. */
  async createMember(userGuid: string, member: MxNewMember, oauth: MxOauthOptions | null): Promise<MxMember> {
    const path = `/users/${segment(userGuid)}/members`;
    const body = { member, ...Object.fromEntries(withoutNulls({ ...oauth })) };
    return this.#create(write('POST', '/users/:user/members', { path, body }));
  }

  /** Makes a member that is kept by hand. Never sent twice. */
  async createManagedMember(userGuid: string, member: MxNewMember): Promise<MxMember> {
    const path = `/users/${segment(userGuid)}/managed_members`;
    return this.#create(write('POST', '/users/:user/managed_members', { path, body: { member } }));
  }

  /** Gives new credentials, which starts a job. Never sent twice. */
  async updateCredentials(
    userGuid: string,
    memberGuid: string,
    credentials: readonly MxChallengeAnswer[],
  ): Promise<MxMember> {
    const path = memberPath(userGuid, memberGuid);
    const request = write('PUT', '/users/:user/members/:member', { path, body: { member: { credentials } } });
    return toMember((await this.#send(request)).body, request.endpoint);
  }

  /** Asks for a job. MX accepts it also where one runs already, and where it starts none (see §4.2 of its limits). */
  async aggregate(userGuid: string, memberGuid: string): Promise<MxMember> {
    const path = `${memberPath(userGuid, memberGuid)}/aggregate`;
    const request = write('POST', '/users/:user/members/:member/aggregate', { path });
    return toMember((await this.#send(request)).body, request.endpoint);
  }

  /** Answers all pending challenges. Never sent twice. */
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

  /** Deletes a member for good; one that the partner keeps by hand lives under a path of its own. */
  async deleteMember(userGuid: string, memberGuid: string, isManaged: boolean): Promise<void> {
    const kind = isManaged ? 'managed_members' : 'members';
    const path = `/users/${segment(userGuid)}/${kind}/${segment(memberGuid)}`;
    await this.#send(write('DELETE', `/users/:user/${kind}/:member`, { path }));
  }

  /** Asks for as little as can be had, to learn whether MX answers and accepts the credentials. */
  async ping(): Promise<void> {
    await this.#send(get('/institutions', '/institutions?records_per_page=10'));
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #send(request: MxRequest): ReturnType<MxTransport['send']> {
    return this.#transport.send(request, this.#count);
  }

  async #create(request: MxRequest): Promise<MxMember> {
    const member = toMember((await this.#send(request)).body, request.endpoint);
    this.#created.set(member.guid, true);
    return member;
  }

  /** Reads what belongs to one member; a 404 right after its create is asked once more. */
  async #readOfMember(request: MxRequest, memberGuid: string): Promise<Json | null> {
    try {
      return (await this.#send(request)).body;
    } catch (error) {
      if (!isMxError(error, 'not_found') || !this.#created.has(memberGuid)) throw error;
      await new Promise((resolve) => setTimeout(resolve, CREATE_RETRY_MS));
      return (await this.#send(request)).body;
    }
  }
}

import { LRUCache } from 'lru-cache';

import { MxAccounts } from './accounts.js';
import { toMember, unwrap } from './answers.js';
import { toCreation } from './creation.js';
import type { MxCreation } from './creation.js';
import { isMxError, MxError } from './errors.js';
import { MxInstitutions } from './institutions.js';
import { foreignOwner, readMemberList } from './member-list.js';
import { isJson, parseMemberStatus, parseUrl } from './parse.js';
import type { Json } from './parse.js';
import { encode, get, memberPath, omitNulls, toQueryString, write } from './requests.js';
import { createPageReader } from './page-reader.js';
import type { MxHttpResponse } from './response.js';
import { attemptsOfRead, MxTransport } from './transport.js';
import type { Attempts, CallCounter, MxRequest, MxTransportOptions } from './transport.js';
import type {
  MxChallengeAnswer,
  MxCreateOptions,
  MxMember,
  MxMemberList,
  MxMemberStatus,
  MxNewMember,
  MxOauthOptions,
} from './types.js';

/** Page size of the list of members. MX silently replaces a size above its maximum by 25. */
const MEMBERS_PER_PAGE = 100;
/** How long MX may still respond with 404 to a read of a member after its create, in milliseconds. */
const CREATE_LAG_MS = 10_000;
const CREATE_RETRY_DELAY_MS = 500;

/** The state that a counting client shares with the client it was made from. */
interface SharedState {
  readonly transport: MxTransport;
  readonly created: LRUCache<string, true>;
  readonly count: CallCounter;
}

/** Client of the MX Platform API, one method per endpoint in use. All calls reject with `MxError`. Guids are MX's. */
export class MxClient {
  readonly accounts: MxAccounts;
  readonly institutions: MxInstitutions;
  readonly #transport: MxTransport;
  readonly #created: LRUCache<string, true>;
  readonly #count: CallCounter | null;

  constructor(options: MxTransportOptions | SharedState) {
    const isShared = 'transport' in options;
    this.#transport = isShared ? options.transport : new MxTransport(options);
    this.#created = isShared ? options.created : new LRUCache({ max: 1_000, ttl: CREATE_LAG_MS });
    this.#count = isShared ? options.count : null;
    this.accounts = new MxAccounts(this.#send.bind(this));
    this.institutions = new MxInstitutions(this.#send.bind(this));
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

  /** Until when no request is sent because MX does not respond, on the steady clock; null if requests are sent. */
  get pausedUntil(): number | null {
    return this.#transport.pausedUntil;
  }

  /**
   * Lists all members of a user, in one request per page. Rejects with `not_found`, with `malformed` if MX's answer is
   * no list, and with `too_long` for more than 2,000 members.
   */
  listMembers(userGuid: string): Promise<MxMemberList> {
    const endpoint = 'GET /users/:user/members';
    const path = `/users/${encode(userGuid)}/members?records_per_page=${MEMBERS_PER_PAGE}`;
    const readPage = createPageReader(this.#send.bind(this), 'members', endpoint);
    return readMemberList(userGuid, endpoint, (page) =>
      readPage(get('/users/:user/members', page === 1 ? path : `${path}&page=${page}`)),
    );
  }

  /** Reads the status of a member: its pending challenges, and the progress of its job. */
  async readMemberStatus(userGuid: string, memberGuid: string): Promise<MxMemberStatus> {
    const path = `${memberPath(userGuid, memberGuid)}/status`;
    const request = get('/users/:user/members/:member/status', path);
    return parseMemberStatus(await this.#readMemberResource(request, { userGuid, memberGuid }));
  }

  /**
   * Creates an OAuth URL for a single visit, at which the end user authorizes the connection. Rejects with `malformed`
   * if MX sends none.
   */
  async readOauthWindowUrl(userGuid: string, memberGuid: string, options?: MxOauthOptions): Promise<string> {
    const path = `${memberPath(userGuid, memberGuid)}/oauth_window_uri${options ? toQueryString(options) : ''}`;
    const request = get('/users/:user/members/:member/oauth_window_uri', path);
    const url = parseUrl(
      (await this.#readMemberResource(request, { userGuid, memberGuid }))['oauth_window_uri'],
    );
    if (url === null) throw new MxError('malformed', { endpoint: request.endpoint });
    return url;
  }

  /** Creates a member and starts its first job. An OAuth member waits for the end user instead. Not retried. */
  async createMember(
    userGuid: string,
    member: MxNewMember,
    { oauth, products }: MxCreateOptions,
  ): Promise<MxCreation> {
    const path = `/users/${encode(userGuid)}/members`;
    const request = write('POST', '/users/:user/members', {
      path,
      body: {
        member,
        ...(products.length > 0 && { data_request: { products } }),
        ...Object.fromEntries(omitNulls({ ...oauth })),
      },
    });
    const response = await this.#send(request);
    const created = this.#noteCreated(userGuid, response, request);
    return toCreation(created, response, { endpoint: request.endpoint, requested: products });
  }

  /** Creates a manual member. Not retried. */
  async createManagedMember(userGuid: string, member: MxNewMember): Promise<MxMember> {
    const path = `/users/${encode(userGuid)}/managed_members`;
    const request = write('POST', '/users/:user/managed_members', { path, body: { member } });
    return this.#noteCreated(userGuid, await this.#send(request), request);
  }

  /** Updates the credentials of a member, which starts a job. Not retried. */
  async updateCredentials(
    userGuid: string,
    memberGuid: string,
    credentials: readonly MxChallengeAnswer[],
  ): Promise<MxMember> {
    const path = memberPath(userGuid, memberGuid);
    const request = write('PUT', '/users/:user/members/:member', { path, body: { member: { credentials } } });
    return toMember((await this.#send(request)).body, request.endpoint, { userGuid, memberGuid });
  }

  /** Requests a job. MX also accepts the request if a job is running, and if it starts none because of throttling. */
  async aggregate(userGuid: string, memberGuid: string): Promise<MxMember> {
    const path = `${memberPath(userGuid, memberGuid)}/aggregate`;
    const request = write('POST', '/users/:user/members/:member/aggregate', { path, limitScope: path });
    return toMember((await this.#send(request)).body, request.endpoint, { userGuid, memberGuid });
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
    return toMember((await this.#send(request)).body, request.endpoint, { userGuid, memberGuid });
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

  #noteCreated(userGuid: string, { body }: MxHttpResponse, { endpoint }: MxRequest): MxMember {
    const member = toMember(body, endpoint, { userGuid });
    this.#created.set(member.guid, true);
    return member;
  }

  /**
   * Reads a resource of one member. A 404 right after the create is retried once. Rejects with `malformed` if MX
   * answers with another member, or with one of another user.
   */
  async #readMemberResource(
    request: MxRequest,
    { userGuid, memberGuid }: { userGuid: string; memberGuid: string },
  ): Promise<Json> {
    const member = unwrap(await this.#sendAfterCreate(request, memberGuid), 'member', request.endpoint);
    const guid = isJson(member) ? (member['guid'] ?? memberGuid) : null;
    if (!isJson(member) || guid !== memberGuid || foreignOwner(member, userGuid) !== null)
      throw new MxError('malformed', { endpoint: request.endpoint });
    return member;
  }

  /** Sends a read of one member. A 404 right after the create is retried once, within the attempts of one read. */
  async #sendAfterCreate(request: MxRequest, memberGuid: string): Promise<Json | null> {
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

import { LRUCache } from 'lru-cache';

import { isMxError, MxError } from './errors.js';
import { isJson, parseChallenges, parseCredentials, parseInstitution, parseMembers } from './parse.js';
import type { Json } from './parse.js';
import { MxTransport } from './transport.js';
import type { MxRequest, MxTransportOptions } from './transport.js';
import type { MxChallenge, MxCredential, MxInstitution, MxMember } from './types.js';

/** A user has at most 25 members; a page of more than MX allows would silently become one of 25. */
const MEMBERS_PER_PAGE = 100;
/** For so long after a create MX may still answer 404 to a read of what it created. */
const CREATE_SETTLES_MS = 10_000;
const CREATE_RETRY_MS = 500;

const segment = encodeURIComponent;

function get(endpoint: string, path: string): MxRequest {
  return { method: 'GET', endpoint: `GET ${endpoint}`, path };
}

const memberPath = (userGuid: string, memberGuid: string) =>
  `/users/${segment(userGuid)}/members/${segment(memberGuid)}`;

/** The part of an answer that the endpoint is known to wrap its result in. */
function part(body: Json | null, key: string, endpoint: string): unknown {
  if (body && key in body) return body[key];
  throw new MxError('malformed', { endpoint });
}

/** What this product asks of MX, one method per endpoint. Every call rejects with `MxError` alone; guids are MX's. */
export class MxClient {
  readonly #transport: MxTransport;
  readonly #created = new LRUCache<string, true>({ max: 1_000, ttl: CREATE_SETTLES_MS });

  constructor(options: MxTransportOptions) {
    this.#transport = new MxTransport(options);
  }

  /** All members of one user, in one call. Rejects with `not_found` for an unknown user. */
  async listMembers(userGuid: string): Promise<MxMember[]> {
    const path = `/users/${segment(userGuid)}/members?records_per_page=${MEMBERS_PER_PAGE}`;
    const request = get('/users/:user/members', path);
    return parseMembers(part(await this.#transport.send(request), 'members', request.endpoint));
  }

  /** What the institution asks the end user; empty unless the member is CHALLENGED. */
  async listChallenges(userGuid: string, memberGuid: string): Promise<MxChallenge[]> {
    const path = `${memberPath(userGuid, memberGuid)}/status`;
    const request = get('/users/:user/members/:member/status', path);
    const member = part(await this.#readOfMember(request, memberGuid), 'member', request.endpoint);
    return isJson(member) ? parseChallenges(member['challenges']) : [];
  }

  /** A new address, good for one visit, at which the end user authorises the connection. */
  async readOauthWindowUrl(userGuid: string, memberGuid: string): Promise<string | null> {
    const path = `${memberPath(userGuid, memberGuid)}/oauth_window_uri`;
    const request = get('/users/:user/members/:member/oauth_window_uri', path);
    const member = part(await this.#readOfMember(request, memberGuid), 'member', request.endpoint);
    const url = isJson(member) ? member['oauth_window_uri'] : null;
    return typeof url === 'string' ? url : null;
  }

  async readInstitution(code: string): Promise<MxInstitution> {
    const request = get('/institutions/:code', `/institutions/${segment(code)}`);
    const row = part(await this.#transport.send(request), 'institution', request.endpoint);
    const institution = isJson(row) ? parseInstitution(row) : null;
    if (!institution) throw new MxError('malformed', { endpoint: request.endpoint });
    return institution;
  }

  /** The fields an institution asks for, in the order to show them. */
  async listInstitutionCredentials(code: string): Promise<MxCredential[]> {
    const path = `/institutions/${segment(code)}/credentials?records_per_page=100`;
    const request = get('/institutions/:code/credentials', path);
    return parseCredentials(part(await this.#transport.send(request), 'credentials', request.endpoint));
  }

  /** Asks for as little as can be had, to learn whether MX answers and accepts the credentials. */
  async ping(): Promise<void> {
    await this.#transport.send(get('/institutions', '/institutions?records_per_page=10'));
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Reads what belongs to one member; a 404 right after its create is asked once more. */
  async #readOfMember(request: MxRequest, memberGuid: string): Promise<Json | null> {
    try {
      return await this.#transport.send(request);
    } catch (error) {
      if (!isMxError(error, 'not_found') || !this.#created.has(memberGuid)) throw error;
      await new Promise((resolve) => setTimeout(resolve, CREATE_RETRY_MS));
      return this.#transport.send(request);
    }
  }
}

import type { Parsed } from './http-url.js';

/** Address and credentials of a Redis server, of sentinels or of a cluster. */
export interface RedisAddress {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** The server, the sentinels, or some of the cluster's nodes. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly isTls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  /** Name of the master that the sentinels monitor. Empty unless `kind` is 'sentinel'. */
  readonly masterName: string;
  /** Password of the sentinels themselves; undefined if they have none. */
  readonly sentinelPassword: string | undefined;
}

const URL_PATTERN =
  /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?]*)@)?([^@/?]+)(?:\/([^/?]*))?(?:\?(.*))?$/;
const HOST_PATTERN = /^(?:\[([\da-f:.]+)\]|([a-z\d_](?:[a-z\d_.-]*[a-z\d_.])?))(?::(\d{1,5}))?$/i;
const EXPECTED =
  'redis://, rediss://, redis+sentinel://host,host/master or redis+cluster://host,host, with an optional user:password@';

/** A URL of Redis that is not valid. The message does not repeat it, because it may contain a password. */
class RedisUrlError extends Error {
  constructor(readonly problem: string) {
    super(`Invalid Redis URL: ${problem}. Expected ${EXPECTED}.`);
  }
}

const urlError = (problem: string) => new RedisUrlError(problem);

function parseHost(text: string, defaultPort: number): { host: string; port: number } {
  const [, inBrackets, name, digits] = HOST_PATTERN.exec(text) ?? [];
  const host = inBrackets ?? name;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) throw urlError('invalid host or port');
  return { host, port };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw urlError('a part is not percent-encoded');
  }
}

/** Parses `user:password`, `:password` or `user`. Empty parts become undefined. */
function parseLogin(text = ''): { username: string | undefined; password: string | undefined } {
  const colon = text.indexOf(':');
  const [user, secret] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return { username: decode(user) || undefined, password: decode(secret) || undefined };
}

function parseDb(text: string): number {
  if (!/^\d{0,4}$/.test(text)) throw urlError('the database is not a number');
  return Number(text);
}

/** Parses the query. Throws on a parameter that has no effect. */
function parseParameters(query: string | undefined, kind: RedisAddress['kind']): URLSearchParams {
  const search = new URLSearchParams(query);
  const known = kind === 'sentinel' ? ['db', 'sentinelPassword'] : ['db'];
  if ([...search.keys()].some((name) => !known.includes(name))) throw urlError('unknown parameter');
  return search;
}

/** Parses the URL of Redis. Throws an error that does not repeat the URL if it is invalid. */
export function parseRedisUrl(url: string): RedisAddress {
  const parts = URL_PATTERN.exec(url);
  if (!parts || /[\s#]/.test(url)) throw urlError('malformed');
  const [, scheme, topology, login, hosts = '', path = '', query] = parts;
  const kind = topology === 'sentinel' || topology === 'cluster' ? topology : 'single';
  const defaultPort = kind === 'sentinel' ? 26_379 : 6_379;
  const search = parseParameters(query, kind);
  if (kind === 'single' && path !== '' && search.has('db')) throw urlError('the database is given twice');
  const address = {
    kind,
    hosts: hosts.split(',').map((host) => parseHost(host, defaultPort)),
    isTls: scheme === 'rediss',
    ...parseLogin(login),
    db: parseDb(search.get('db') ?? (kind === 'single' ? path : '')),
    masterName: kind === 'sentinel' ? decode(path) : '',
    sentinelPassword: search.get('sentinelPassword') ?? undefined,
  } satisfies RedisAddress;
  if (kind === 'single' && address.hosts.length > 1) throw urlError('more than one host');
  if (kind === 'sentinel' && address.masterName === '') throw urlError('the master name is missing');
  if (kind === 'cluster' && (address.db !== 0 || parseDb(path) !== 0))
    throw urlError('a cluster has no numbered databases');
  return address;
}

/** Checks the URL of Redis as a setting. */
export function checkRedisUrl(url: string): Parsed<string> {
  try {
    parseRedisUrl(url);
    return { value: url };
  } catch (error) {
    if (!(error instanceof RedisUrlError)) throw error;
    return { error: `${error.problem}; expected ${EXPECTED}` };
  }
}

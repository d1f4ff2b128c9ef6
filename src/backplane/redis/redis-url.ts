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
const HOST_PATTERN = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i;
const EXPECTED =
  'redis://, rediss://, redis+sentinel://host,host/master or redis+cluster://host,host, with an optional user:password@';

/** The message does not repeat the URL, which may contain a password. */
const fault = (what: string) => new Error(`Invalid Redis URL: ${what}. Expected ${EXPECTED}.`);

function parseHost(text: string, defaultPort: number): { host: string; port: number } {
  const [, inBrackets, name, digits] = HOST_PATTERN.exec(text) ?? [];
  const host = inBrackets ?? name;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) throw fault('invalid host or port');
  return { host, port };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault('a part is not percent-encoded');
  }
}

/** Parses `user:password`, `:password` or `user`. Empty parts become undefined. */
function parseLogin(text = ''): { username: string | undefined; password: string | undefined } {
  const colon = text.indexOf(':');
  const [user, secret] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return { username: decode(user) || undefined, password: decode(secret) || undefined };
}

function parseDb(text: string): number {
  if (!/^\d{0,4}$/.test(text)) throw fault('the database is not a number');
  return Number(text);
}

/** Parses the URL of Redis. Throws an error that does not repeat the URL if it is invalid. */
export function parseRedisUrl(url: string): RedisAddress {
  const parts = URL_PATTERN.exec(url);
  if (!parts) throw fault('malformed');
  const [, scheme, topology, login, hosts = '', path = '', query] = parts;
  const kind = topology === 'sentinel' || topology === 'cluster' ? topology : 'single';
  const defaultPort = kind === 'sentinel' ? 26_379 : 6_379;
  const search = new URLSearchParams(query);
  const address = {
    kind,
    hosts: hosts.split(',').map((host) => parseHost(host, defaultPort)),
    isTls: scheme === 'rediss',
    ...parseLogin(login),
    db: parseDb(search.get('db') ?? (kind === 'single' ? path : '')),
    masterName: kind === 'sentinel' ? decode(path) : '',
    sentinelPassword: search.get('sentinelPassword') ?? undefined,
  } satisfies RedisAddress;
  if (kind === 'single' && address.hosts.length > 1) throw fault('more than one host');
  if (kind === 'sentinel' && address.masterName === '') throw fault('the master name is missing');
  if (kind === 'cluster' && address.db !== 0) throw fault('a cluster has no numbered databases');
  return address;
}

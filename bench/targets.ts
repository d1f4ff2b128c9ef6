import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageKind, PageMember } from './fixture.js';
import { userGuid } from './fixture.js';
import { AUDIENCE, ISSUER, SUPPORT_SCOPE, USER_CLAIM } from './token-issuer.js';

/** A server under test: how to start it, how to ask it for a page, how to read its answer. */
export interface Target {
  readonly name: string;
  /** What stands in the tables. */
  readonly label: string;
  readonly command: (addresses: Addresses) => Command;
  readonly readyPath: string;
  /** Whose bearer tokens come with the requests: each user's own, or that of one service for all of them. */
  readonly tokens: 'per-user' | 'one';
  readonly request: (user: number, page: PageKind) => PageRequest;
  readonly members: (answer: unknown) => readonly PageMember[];
  /** The only pages it can answer, where it cannot answer all. */
  readonly pages?: readonly PageKind[];
}

export interface Addresses {
  readonly port: number;
  readonly upstream: string;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface PageRequest {
  readonly path: string;
  readonly body: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BENCH = fileURLToPath(new URL('.', import.meta.url));
const peerFolder = (folder: string): string => `${BENCH}peers/${folder}`;

const SHORT_FIELDS = 'guid name connectionStatus institution { name }';
const FULL_FIELDS = 'guid name connectionStatus userMessage requiredAction isTerminal institution { name }';
const fieldsOf = (page: PageKind): string => (page === 'full' ? FULL_FIELDS : SHORT_FIELDS);

const upstreamEnv = ({ port, upstream }: Addresses): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  MX_BASE_URL: upstream,
  MX_CLIENT_ID: 'bench',
  MX_API_KEY: 'bench',
});

interface PageAnswer {
  readonly data: Readonly<Record<string, { readonly members: readonly PageMember[] }>>;
}
const membersUnder =
  (root: string) =>
  (answer: unknown): readonly PageMember[] =>
    (answer as PageAnswer).data[root]?.members ?? [];

interface ProductOptions {
  readonly label: string;
  readonly tokens: Target['tokens'];
  readonly freshnessMs: number;
  /** The checkout whose build is started. Defaults to this one. */
  readonly cwd?: string;
}

/** With one token for all it is asked as the peers are, for a user by guid; else for the viewer of each token. */
function product(name: string, { label, tokens, freshnessMs, cwd = ROOT }: ProductOptions): Target {
  const isOne = tokens === 'one';
  return {
    name,
    label,
    tokens,
    readyPath: '/readyz',
    command: (addresses) => ({
      file: process.execPath,
      args: ['dist/main.js'],
      cwd,
      env: {
        ...upstreamEnv(addresses),
        AUTH_JWKS_URL: `${addresses.upstream}/.well-known/jwks.json`,
        AUTH_ISSUER: ISSUER,
        AUTH_AUDIENCE: AUDIENCE,
        AUTH_USER_CLAIM: USER_CLAIM,
        AUTH_SUPPORT_SCOPE: SUPPORT_SCOPE,
        LOG_LEVEL: 'warn',
        // More than are sent: they are counted, and none is refused.
        OPERATIONS_PER_MINUTE: '1000000',
        FRESHNESS_MS: String(freshnessMs),
      },
    }),
    request: isOne ? peerRequest : viewerRequest,
    members: membersUnder(isOne ? 'user' : 'viewer'),
  };
}

function proxy(name: string, label: string, verifies: boolean): Target {
  return {
    name,
    label,
    tokens: verifies ? 'per-user' : 'one',
    readyPath: '/readyz',
    command: (addresses) => ({
      file: process.execPath,
      args: ['--import', 'tsx', 'bench/baseline-proxy.ts'],
      cwd: ROOT,
      env: {
        ...upstreamEnv(addresses),
        ...(verifies && { AUTH_JWKS_URL: `${addresses.upstream}/.well-known/jwks.json` }),
      },
    }),
    request: (user, page) => ({ path: '/page', body: JSON.stringify({ guid: userGuid(user), page }) }),
    members: membersUnder('viewer'),
  };
}

const viewerRequest = (_user: number, page: PageKind): PageRequest => ({
  path: '/graphql',
  body: JSON.stringify({ query: `query Page { viewer { members { ${fieldsOf(page)} } } }` }),
});

const peerRequest = (user: number, page: PageKind): PageRequest => ({
  path: '/graphql',
  body: JSON.stringify({
    query: `query Page($guid: String!) { user(guid: $guid) { members { ${fieldsOf(page)} } } }`,
    variables: { guid: userGuid(user) },
  }),
});

interface PeerOptions {
  readonly folder: string;
  readonly label: string;
  readonly env?: Readonly<Record<string, string>>;
}

const nodePeer = (name: string, { folder, label, env }: PeerOptions): Target => ({
  name,
  label,
  tokens: 'one',
  readyPath: '/graphql?query=%7B__typename%7D',
  command: (addresses) => ({
    file: process.execPath,
    args: ['server.js'],
    cwd: peerFolder(folder),
    env: { ...upstreamEnv(addresses), ...env },
  }),
  request: peerRequest,
  members: membersUnder('user'),
});

/** A peer that is configured, not programmed: it cannot make messages of statuses, so only the short page. */
const configuredPeer = (name: string, options: PeerOptions): Target => ({
  ...nodePeer(name, options),
  pages: ['short'],
  command: (addresses) => ({
    file: 'sh',
    args: ['start.sh'],
    cwd: peerFolder(options.folder),
    env: { ...upstreamEnv(addresses), TAILCALL_TRACKER: 'false', ...options.env },
  }),
});

const hiveGateway = (name: string, options: PeerOptions): Target => ({
  ...configuredPeer(name, options),
  request: (user) => ({
    path: '/graphql',
    body: JSON.stringify({
      query:
        'query Page($guid: String!) { listMembers(user_guid: $guid)' +
        ' { members { guid name connectionStatus: connection_status institution { name } } } }',
      variables: { guid: userGuid(user) },
    }),
  }),
  members: membersUnder('listMembers'),
});

const KEEPS_INSTITUTIONS = { KEEP_INSTITUTIONS: 'yes' };

export const TARGETS: readonly Target[] = [
  product('product', { label: 'mx-member-graphql, window 3 s', tokens: 'one', freshnessMs: 3000 }),
  product('product-window-off', { label: 'mx-member-graphql, window off', tokens: 'one', freshnessMs: 0 }),
  product('product-token-per-user', {
    label: 'mx-member-graphql, window off, each token seen once',
    tokens: 'per-user',
    freshnessMs: 0,
  }),
  proxy('proxy', 'hand-written node:http proxy', false),
  proxy('proxy-verifying', 'hand-written proxy, verifies the token', true),
  nodePeer('apollo-naive', { folder: 'apollo-naive', label: 'Apollo, naive resolvers' }),
  nodePeer('apollo-naive-per-field', {
    folder: 'apollo-naive',
    label: 'Apollo, naive resolvers, every field asks',
    env: { EVERY_FIELD_ASKS: 'yes' },
  }),
  nodePeer('apollo-dataloader', { folder: 'apollo-dataloader', label: 'Apollo + DataLoader' }),
  nodePeer('apollo-dataloader-kept', {
    folder: 'apollo-dataloader',
    label: 'Apollo + DataLoader, institutions kept',
    env: KEEPS_INSTITUTIONS,
  }),
  nodePeer('yoga', { folder: 'yoga', label: 'Yoga + DataLoader + jit' }),
  nodePeer('yoga-kept', {
    folder: 'yoga',
    label: 'Yoga + DataLoader + jit, institutions kept',
    env: KEEPS_INSTITUTIONS,
  }),
  nodePeer('mercurius', { folder: 'mercurius', label: 'Mercurius + loaders + jit' }),
  nodePeer('mercurius-kept', {
    folder: 'mercurius',
    label: 'Mercurius + loaders + jit, institutions kept',
    env: KEEPS_INSTITUTIONS,
  }),
  hiveGateway('hive-gateway', { folder: 'hive-gateway', label: 'Hive Gateway + OpenAPI' }),
  hiveGateway('hive-gateway-kept', {
    folder: 'hive-gateway',
    label: 'Hive Gateway + OpenAPI, institutions kept',
    env: KEEPS_INSTITUTIONS,
  }),
  configuredPeer('tailcall', { folder: 'tailcall', label: 'Tailcall 1.0.0 (Rust)' }),
  configuredPeer('tailcall-kept', {
    folder: 'tailcall',
    label: 'Tailcall 1.0.0 (Rust), institutions kept',
    env: KEEPS_INSTITUTIONS,
  }),
];

const CHECKOUT = 'checkout:';

/** Name of the target that starts the build of another checkout of this project. */
export const checkoutTarget = (folder: string): string => CHECKOUT + folder;

export function targetNamed(name: string): Target {
  if (name.startsWith(CHECKOUT)) {
    const cwd = name.slice(CHECKOUT.length);
    return product(name, { label: basename(cwd), tokens: 'one', freshnessMs: 3000, cwd });
  }
  const found = TARGETS.find((target) => target.name === name);
  if (!found)
    throw new Error(`no target ${name}; there are ${TARGETS.map((target) => target.name).join(', ')}`);
  return found;
}

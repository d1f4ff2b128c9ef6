import { createRedisBackplane } from '../../src/backplane/redis/backplane.js';
import type { RedisBackplane } from '../../src/backplane/redis/backplane.js';
import { INBOX_KEY } from '../../src/backplane/redis/keys.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { createGraphqlClient } from './graphql-client.js';
import type { GraphqlClient } from './graphql-client.js';
import { startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { startServerProcess } from './server-process.js';
import type { OwnedServerProcess } from './server-process.js';
import { startIssuer } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

const WEBHOOK = { username: 'mx', password: 'webhook-password' };

/** One server process. */
export interface Instance {
  readonly url: string;
  readonly process: OwnedServerProcess;
  readonly graphql: GraphqlClient;
}

/** A user of MX's and who acts for it. */
export interface ClusterViewer {
  readonly userGuid: string;
  readonly members: readonly string[];
  readonly token: string;
}

/** Instances of the server, each a process as `main.ts` runs it, over one sandbox and one real Redis. */
export interface Cluster {
  readonly sandbox: Sandbox;
  readonly redis: RedisServer;
  /** The part of this process in the same Redis: an instance without a server. */
  readonly backplane: RedisBackplane;
  /** Starts one more. */
  startInstance(): Promise<Instance>;
  /** Makes a user, with so many members in a status. */
  viewer(members: number, status?: string): Promise<ClusterViewer>;
  /** Where an instance takes webhooks, and how the sandbox shows that they are its. */
  receiverAt(instance: Instance): { url: string; username: string; password: string };
  /** Sends one webhook as MX does, and gives the status that it is answered with. */
  postWebhook(instance: Instance, viewer: ClusterViewer, memberGuid: string): Promise<number>;
  /** How many hints wait to be followed, or are being followed. */
  hints(): Promise<number>;
  dispose(): Promise<void>;
}

export interface ClusterOptions {
  readonly freshnessMs: number;
}

interface Parts {
  readonly sandbox: Sandbox;
  readonly redis: RedisServer;
  readonly issuer: TokenIssuer;
}

function settingsOf({ sandbox, redis, issuer }: Parts, { freshnessMs }: ClusterOptions) {
  return {
    LOG_LEVEL: 'warn',
    MX_BASE_URL: sandbox.url,
    MX_CLIENT_ID: sandbox.credentials.clientId,
    MX_API_KEY: sandbox.credentials.apiKey,
    AUTH_JWKS_URL: issuer.auth.jwksUrl,
    AUTH_ISSUER: issuer.auth.issuer,
    AUTH_AUDIENCE: issuer.auth.audience,
    AUTH_USER_CLAIM: issuer.auth.userClaim,
    REDIS_URL: redis.url,
    WEBHOOK_USERNAME: WEBHOOK.username,
    WEBHOOK_PASSWORD: WEBHOOK.password,
    OPERATIONS_PER_MINUTE: '0',
    FRESHNESS_MS: String(freshnessMs),
  };
}

async function postWebhook(instance: Instance, userGuid: string, memberGuid: string): Promise<number> {
  const basic = Buffer.from(`${WEBHOOK.username}:${WEBHOOK.password}`).toString('base64');
  const { status } = await fetch(`${instance.url}/webhooks/mx`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${basic}` },
    body: JSON.stringify({
      action: 'CHANGED',
      type: 'CONNECTION_STATUS',
      user_guid: userGuid,
      member_guid: memberGuid,
    }),
  });
  return status;
}

/** Starts what instances need, and no instance yet; whoever starts it disposes of it. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const sandbox = createSandbox();
  await sandbox.start();
  const parts: Parts = { sandbox, redis: await startRedis(), issuer: await startIssuer() };
  const { redis, issuer } = parts;
  const onError = () => undefined;
  const backplane = createRedisBackplane({ url: redis.url, watchReadsPerSecond: 100, onError });
  await backplane.start();
  const instances: OwnedServerProcess[] = [];

  return {
    sandbox,
    redis,
    backplane,
    async startInstance() {
      const process = startServerProcess(settingsOf(parts, options));
      instances.push(process);
      const url = await process.find(/^GraphQL +(http:\S+)\/graphql$/m);
      return { url, process, graphql: createGraphqlClient(url) };
    },
    async viewer(membersPerUser, status = 'CONNECTED') {
      const [user] = sandbox.control.createUsers({ count: 1, membersPerUser, connection_status: status });
      if (!user) throw new Error('The sandbox has made no user.');
      const token = await issuer.mint({ [issuer.auth.userClaim]: user.guid });
      return { userGuid: user.guid, members: user.members, token };
    },
    receiverAt: ({ url }) => ({ url: `${url}/webhooks/mx`, ...WEBHOOK }),
    postWebhook: (instance, { userGuid }, memberGuid) => postWebhook(instance, userGuid, memberGuid),
    hints: async () => Number(await redis.command('xlen', INBOX_KEY)),
    async dispose() {
      await Promise.all(instances.map((process) => process.dispose()));
      await backplane.stop();
      await Promise.all([redis.dispose(), sandbox.stop(), issuer.goDown()]);
    },
  };
}

/** Two instances over one sandbox and one Redis. */
export async function startPair(
  options: ClusterOptions,
): Promise<{ cluster: Cluster; pair: [Instance, Instance] }> {
  const cluster = await startCluster(options);
  try {
    const pair = await Promise.all([cluster.startInstance(), cluster.startInstance()]);
    return { cluster, pair };
  } catch (error) {
    await cluster.dispose();
    throw error;
  }
}

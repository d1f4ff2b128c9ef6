import { setTimeout as pause } from 'node:timers/promises';

import { Cluster, Redis as Client } from 'ioredis';
import type { RedisOptions as ClientOptions } from 'ioredis';

import { parseRedisUrl } from '../../config/redis-url.js';
import type { RedisAddress } from '../../config/redis-url.js';
import { isReply } from './redis.js';
import type { ChannelListener, Connection, Redis } from './redis.js';
import type { Script } from './redis.js';

/** Timeout of a command, in ms. The connection is then closed, so further commands fail at once until it is back. */
const COMMAND_TIMEOUT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** How long `start` waits for the connections by default. */
const START_TIMEOUT_MS = 2_000;
/** How long to wait for the peer to close its end. An unresponsive peer never does. */
const DISCONNECT_TIMEOUT_MS = 50;
/** An idle connection is pinged at this interval, to detect an unresponsive peer. */
const PING_INTERVAL_MS = 3_000;
const KEEP_ALIVE_MS = 10_000;
const LOADING_RETRY_MS = 250;

/** Short delays at first, because most outages are short, then at most one second. */
const retryDelay = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt - 1, 10), 1_000);

function optionsOf({ username, password, db, isTls }: RedisAddress, commandTimeoutMs: number): ClientOptions {
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(isTls && { tls: {} }),
    db,
    lazyConnect: true,
    // Retrying is up to the caller: a queue would send a burst of outdated commands after an outage, and a command
    // that was sent without a reply may have been executed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // The bus renews its subscriptions itself, because it must know when that is done.
    autoResubscribe: false,
    commandTimeout: commandTimeoutMs,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    keepAlive: KEEP_ALIVE_MS,
    maxLoadingRetryTime: LOADING_RETRY_MS,
    disableClientInfo: true,
    retryStrategy: retryDelay,
    // The master has become a replica: reconnect, to look up the new master.
    reconnectOnError: (error) => isReply(error, 'READONLY'),
  };
}

/** Creates a client of one server: the given one, or the master that the sentinels report. */
function createClient(address: RedisAddress, commandTimeoutMs: number): Client {
  const options = optionsOf(address, commandTimeoutMs);
  if (address.kind !== 'sentinel') return new Client({ ...options, ...address.hosts[0] });
  return new Client({
    ...options,
    sentinels: [...address.hosts],
    name: address.masterName,
    sentinelPassword: address.sentinelPassword,
    sentinelCommandTimeout: COMMAND_TIMEOUT_MS,
    sentinelRetryStrategy: retryDelay,
    enableTLSForSentinelMode: address.isTls,
    ...(address.isTls && { sentinelTLS: {} }),
  });
}

function createCluster(address: RedisAddress, commandTimeoutMs: number): Cluster {
  return new Cluster([...address.hosts], {
    lazyConnect: true,
    clusterRetryStrategy: retryDelay,
    // Without a queue, a node that is still connecting counts as unavailable. `RedisConnection` makes sure that nothing
    // is queued while the whole cluster is unavailable.
    enableOfflineQueue: true,
    retryDelayOnFailover: 0,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    // Ends the connection to an unresponsive node, which is then replaced. Not used for a single server: the timer
    // outlives the connection it was set for, and would end the next one.
    redisOptions: { ...optionsOf(address, commandTimeoutMs), socketTimeout: commandTimeoutMs },
  });
}

/** Creates the subscriber. Each node of a cluster gets all messages, so one is enough; on a loss, try the next one. */
function createSubscriber(address: RedisAddress): Client {
  const client = createClient(address, COMMAND_TIMEOUT_MS);
  if (address.kind !== 'cluster') return client;
  client.options.retryStrategy = (attempt) => {
    Object.assign(client.options, address.hosts[attempt % address.hosts.length]);
    return retryDelay(attempt);
  };
  return client;
}

/** A connection that rejects commands while it is not ready, and reconnects when a command times out. */
class RedisConnection implements Connection {
  readonly #client: Client | Cluster;
  readonly #commandTimeoutMs: number;

  constructor(client: Client | Cluster, commandTimeoutMs: number) {
    this.#client = client;
    this.#commandTimeoutMs = commandTimeoutMs;
  }

  get isReady(): boolean {
    return this.#client.status === 'ready';
  }

  /** Connects. Resolves once ready; retries until then. */
  open(): Promise<void> {
    const ready = new Promise<void>((resolve) => this.#client.once('ready', () => resolve()));
    // The client retries by itself and emits errors.
    this.#client.connect().catch(() => undefined);
    return ready;
  }

  call(name: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.#send(() => this.#client.call(name, ...args));
  }

  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.#send(async () => {
      try {
        return await this.#client.evalsha(script.sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!isReply(error, 'NOSCRIPT')) throw error;
        return this.#client.eval(script.lua, keys.length, ...keys, ...args);
      }
    });
  }

  close(): void {
    this.#client.disconnect();
  }

  /** Closes the connection after the replies to pending commands. */
  async quit(): Promise<void> {
    if (this.isReady) await this.#client.quit().catch(() => undefined);
    this.close();
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    if (!this.isReady) throw new Error('Redis is unavailable.');
    const startedAt = performance.now();
    try {
      return await send();
    } catch (error) {
      if (performance.now() - startedAt > 0.9 * this.#commandTimeoutMs) this.#reconnect();
      throw error;
    }
  }

  /** Reconnects to an unresponsive peer. Further commands fail at once until the connection is ready again. */
  #reconnect(): void {
    if (this.#client instanceof Client && this.isReady) this.#client.disconnect(true);
  }
}

/** Options of `createRedis`. */
export interface RedisOptions {
  /** Called for errors that no caller receives; repeatedly while Redis is unavailable. */
  readonly onError: (error: unknown) => void;
  /** How long `start` waits for the connections, in milliseconds. Defaults to 2,000 ms. */
  readonly startTimeoutMs?: number;
}

/** All connections of the process. */
class RedisConnections implements Redis {
  readonly main: RedisConnection;
  readonly subscriber: RedisConnection;
  readonly onError: (error: unknown) => void;
  readonly #address: RedisAddress;
  readonly #subscriberClient: Client;
  readonly #stopping = new AbortController();
  readonly #blocking: RedisConnection[] = [];
  readonly #startTimeoutMs: number;
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(address: RedisAddress, { onError, startTimeoutMs = START_TIMEOUT_MS }: RedisOptions) {
    this.#address = address;
    this.#startTimeoutMs = startTimeoutMs;
    this.onError = onError;
    this.main = this.#open(COMMAND_TIMEOUT_MS);
    this.#subscriberClient = createSubscriber(address).on('error', onError);
    this.subscriber = new RedisConnection(this.#subscriberClient, COMMAND_TIMEOUT_MS);
  }

  listen(listener: ChannelListener): void {
    this.#subscriberClient.on('message', (channel, payload) => listener.onMessage(channel, payload));
    this.#subscriberClient.on('ready', () => listener.onReady());
    this.#subscriberClient.on('close', () => listener.onLost());
  }

  openBlocking(blockMs: number): Connection {
    const connection = this.#open(blockMs + COMMAND_TIMEOUT_MS);
    this.#blocking.push(connection);
    void connection.open();
    return connection;
  }

  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  state(): 'ok' | 'unavailable' {
    return this.main.isReady && this.subscriber.isReady ? 'ok' : 'unavailable';
  }

  async start(): Promise<void> {
    this.#pingTimer ??= setInterval(() => this.#ping(), PING_INTERVAL_MS).unref();
    const connected = Promise.all([this.main.open(), this.subscriber.open()]);
    await Promise.race([connected, pause(this.#startTimeoutMs, undefined, { ref: false })]);
  }

  async stop(): Promise<void> {
    clearInterval(this.#pingTimer);
    this.#stopping.abort();
    for (const connection of this.#blocking) connection.close();
    await Promise.all([this.main.quit(), this.subscriber.quit()]);
  }

  async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #open(commandTimeoutMs: number): RedisConnection {
    const create = this.#address.kind === 'cluster' ? createCluster : createClient;
    const client: Client | Cluster = create(this.#address, commandTimeoutMs);
    return new RedisConnection(client.on('error', this.onError), commandTimeoutMs);
  }

  #ping(): void {
    for (const connection of [this.main, this.subscriber]) {
      if (connection.isReady) connection.call('ping').catch(this.onError);
    }
  }
}

/** Creates the connections. An unavailable Redis is no error: `state` reports it, and commands reject. */
export function createRedis(url: string, options: RedisOptions): Redis {
  return new RedisConnections(parseRedisUrl(url), options);
}

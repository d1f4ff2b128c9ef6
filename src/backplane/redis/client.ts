import { setTimeout as pause } from 'node:timers/promises';

import { Cluster, Redis as Client } from 'ioredis';
import type { RedisOptions } from 'ioredis';

import { parseRedisUrl } from './redis-url.js';
import type { RedisAddress } from './redis-url.js';
import { isReply } from './redis.js';
import type { ChannelListener, Connection, Redis } from './redis.js';
import type { Script } from './redis.js';

/** A server that takes longer is given up, and left alone till it can be connected to anew. */
const COMMAND_MS = 1_000;
const CONNECT_MS = 2_000;
const START_MS = 2_000;
/** A silent peer does not close its end: so long it is given for it. */
const DISCONNECT_TIMEOUT_MS = 50;
/** Silence is noticed by asking: so often, where nothing else is asked. */
const PING_MS = 3_000;
const KEEP_ALIVE_MS = 10_000;
const LOADING_RETRY_MS = 250;

/** Quick at first, for most absences are short; events are to flow again soon after Redis does. */
const retryDelay = (times: number) => Math.min(50 * 2 ** Math.min(times - 1, 10), 1_000);

function optionsOf({ username, password, db, isTls }: RedisAddress, commandMs: number): RedisOptions {
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(isTls && { tls: {} }),
    db,
    lazyConnect: true,
    // What cannot be sent now is the caller's to send again: a queue would turn an absence into a wave of old news,
    // and what was sent but not answered may have been done.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // The bus subscribes anew by itself, for it must know when that is done.
    autoResubscribe: false,
    commandTimeout: commandMs,
    connectTimeout: CONNECT_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    keepAlive: KEEP_ALIVE_MS,
    maxLoadingRetryTime: LOADING_RETRY_MS,
    disableClientInfo: true,
    retryStrategy: retryDelay,
    // A master that has become a replica: its place must be looked up anew.
    reconnectOnError: (error) => isReply(error, 'READONLY'),
  };
}

/** A client of one server: the one given, or the master that the sentinels name. */
function createClient(address: RedisAddress, commandMs: number): Client {
  const options = optionsOf(address, commandMs);
  if (address.kind !== 'sentinel') return new Client({ ...options, ...address.hosts[0] });
  return new Client({
    ...options,
    sentinels: [...address.hosts],
    name: address.masterName,
    sentinelPassword: address.sentinelPassword,
    sentinelCommandTimeout: COMMAND_MS,
    sentinelRetryStrategy: retryDelay,
    enableTLSForSentinelMode: address.isTls,
    ...(address.isTls && { sentinelTLS: {} }),
  });
}

function createCluster(address: RedisAddress, commandMs: number): Cluster {
  return new Cluster([...address.hosts], {
    lazyConnect: true,
    clusterRetryStrategy: retryDelay,
    // A node counts as away while it is still being connected to, where there is no queue; `RedisConnection` sees to
    // it that nothing is queued while the whole cluster is away.
    enableOfflineQueue: true,
    retryDelayOnFailover: 0,
    slotsRefreshTimeout: COMMAND_MS,
    // Ends a node's connection for good, which is then made anew. Not for a lone server: the timer outlives the
    // connection that it was set for, and would end the next one.
    redisOptions: { ...optionsOf(address, commandMs), socketTimeout: commandMs },
  });
}

/** All nodes of a cluster hear all that is published: one will do, and after its loss the next that is known. */
function createSubscriber(address: RedisAddress): Client {
  const client = createClient(address, COMMAND_MS);
  if (address.kind !== 'cluster') return client;
  client.options.retryStrategy = (times) => {
    Object.assign(client.options, address.hosts[times % address.hosts.length]);
    return retryDelay(times);
  };
  return client;
}

class RedisConnection implements Connection {
  readonly #client: Client | Cluster;
  readonly #commandMs: number;

  constructor(client: Client | Cluster, commandMs: number) {
    this.#client = client;
    this.#commandMs = commandMs;
  }

  get isReady(): boolean {
    return this.#client.status === 'ready';
  }

  open(): Promise<void> {
    const ready = new Promise<void>((resolve) => this.#client.once('ready', () => resolve()));
    // Goes on trying by itself, and tells of failures as errors of the client.
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

  /** Waits for the answers to what was sent. */
  async quit(): Promise<void> {
    if (this.isReady) await this.#client.quit().catch(() => undefined);
    this.close();
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    if (!this.isReady) throw new Error('Redis is away.');
    const begunAt = performance.now();
    try {
      return await send();
    } catch (error) {
      if (performance.now() - begunAt > 0.9 * this.#commandMs) this.#hangUp();
      throw error;
    }
  }

  /** Ends a connection whose peer is silent, so that what is asked next fails at once; it is then made anew. */
  #hangUp(): void {
    if (this.#client instanceof Client && this.isReady) this.#client.disconnect(true);
  }
}

/** The connections of one process. */
class RedisConnections implements Redis {
  readonly main: RedisConnection;
  readonly subscriber: RedisConnection;
  readonly onError: (error: unknown) => void;
  readonly #address: RedisAddress;
  readonly #ear: Client;
  readonly #stopping = new AbortController();
  readonly #blocking: RedisConnection[] = [];
  #pinging: NodeJS.Timeout | undefined;

  constructor(address: RedisAddress, onError: (error: unknown) => void) {
    this.#address = address;
    this.onError = onError;
    this.main = this.#open(COMMAND_MS);
    this.#ear = createSubscriber(address).on('error', onError);
    this.subscriber = new RedisConnection(this.#ear, COMMAND_MS);
  }

  listen(listener: ChannelListener): void {
    this.#ear.on('message', (channel, text) => listener.onMessage(channel, text));
    this.#ear.on('ready', () => listener.onReady());
    this.#ear.on('close', () => listener.onLost());
  }

  openBlocking(blockMs: number): Connection {
    const connection = this.#open(blockMs + COMMAND_MS);
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
    this.#pinging ??= setInterval(() => this.#ping(), PING_MS).unref();
    const connected = Promise.all([this.main.open(), this.subscriber.open()]);
    await Promise.race([connected, pause(START_MS, undefined, { ref: false })]);
  }

  async stop(): Promise<void> {
    clearInterval(this.#pinging);
    this.#stopping.abort();
    for (const connection of this.#blocking) connection.close();
    await Promise.all([this.main.quit(), this.subscriber.quit()]);
  }

  async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #open(commandMs: number): RedisConnection {
    const create = this.#address.kind === 'cluster' ? createCluster : createClient;
    const client: Client | Cluster = create(this.#address, commandMs);
    return new RedisConnection(client.on('error', this.onError), commandMs);
  }

  #ping(): void {
    for (const connection of [this.main, this.subscriber]) {
      if (connection.isReady) connection.call('ping').catch(this.onError);
    }
  }
}

/** Connects to a Redis, as far as it is there: absence is told by `state`, and by calls that reject. */
export function createRedis(url: string, onError: (error: unknown) => void): Redis {
  return new RedisConnections(parseRedisUrl(url), onError);
}

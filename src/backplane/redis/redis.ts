import { createHash } from 'node:crypto';

/** A Lua script, which Redis runs atomically, and its SHA-1 for EVALSHA. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

/** Creates a script and computes its SHA-1. */
export function createScript(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** Lua prologue that sets the local `now` to the time of Redis, in whole milliseconds since 1970. */
export const LUA_NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** A connection to Redis, or to all nodes of a cluster, that reconnects automatically. */
export interface Connection {
  readonly isReady: boolean;
  /** Sends a command by its lower-case name. Rejects at once while disconnected, and after a second without a reply. */
  call(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** Runs a script. Rejects like `call`. */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** Closes the connection without waiting for replies. */
  close(): void;
}

/** Receives the events of the subscriber connection. */
export interface ChannelListener {
  onMessage(channel: string, text: string): void;
  /** Called after each connect and reconnect, when the connection has no subscriptions. */
  onReady(): void;
  /** Called when the connection is lost: no messages are received until `onReady`. */
  onLost(): void;
}

/** All connections of the process to Redis. */
export interface Redis {
  /** For all commands except `subscribe`, `unsubscribe` and blocking ones. */
  readonly main: Connection;
  /** For `subscribe` and `unsubscribe` only: Redis accepts nothing else on a connection with subscriptions. */
  readonly subscriber: Connection;
  /** Registers a listener on the subscriber connection. */
  listen(listener: ChannelListener): void;
  /** Opens a connection for commands that block for up to `blockMs` milliseconds. */
  openBlocking(blockMs: number): Connection;
  /** Reports an error that no caller receives. */
  onError(error: unknown): void;
  /** 'ok' while both the main and the subscriber connection are ready. */
  state(): 'ok' | 'unavailable';
  readonly isStopped: boolean;
  /** Resolves once connected, at the latest after two seconds. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves after `ms` milliseconds, or at once when stopped. */
  pause(ms: number): Promise<void>;
}

/** True for an error reply of Redis with this code, which is the first word of its message. */
export function isReply(error: unknown, code: string): boolean {
  return error instanceof Error && error.message.startsWith(`${code} `);
}

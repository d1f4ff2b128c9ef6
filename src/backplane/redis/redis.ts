import { createHash } from 'node:crypto';

/** A Lua script, which Redis runs without anything in between, and the name that Redis has for it. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

export function createScript(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** The time of Redis, in whole milliseconds since 1970, as the local `now` of a script that begins with it. */
export const LUA_NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** One connection to Redis, or to all nodes of a cluster, that is made again whenever it is lost. */
export interface Connection {
  readonly isReady: boolean;
  /** Sends one command, by its name in small letters; rejects at once while Redis is away, within a second when it is silent. */
  call(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  close(): void;
}

/** What a connection that listens hears. */
export interface ChannelListener {
  onMessage(channel: string, text: string): void;
  /** Connected, at first or again: nothing is subscribed to. */
  onReady(): void;
  /** Nothing is heard any more. */
  onLost(): void;
}

/** The connections of one process to Redis. */
export interface Redis {
  readonly main: Connection;
  /** For `subscribe` and `unsubscribe` only, as Redis has it. */
  readonly subscriber: Connection;
  listen(listener: ChannelListener): void;
  /** Opens a connection for commands that wait so long for something to come. */
  openBlocking(blockMs: number): Connection;
  /** Where failures are told that no caller hears of. */
  onError(error: unknown): void;
  /** Whether changes can be kept and heard. */
  state(): 'ok' | 'unavailable';
  readonly isStopped: boolean;
  /** Resolves once connected, or after two seconds without. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves after so long, and when all is stopped. */
  pause(ms: number): Promise<void>;
}

/** Whether that is Redis's answer under such a code, which is the first word of the answer. */
export function isReply(error: unknown, code: string): boolean {
  return error instanceof Error && error.message.startsWith(`${code} `);
}

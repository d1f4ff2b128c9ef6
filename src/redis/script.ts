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

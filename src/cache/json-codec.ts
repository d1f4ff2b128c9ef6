import type { Loaded } from './cache.js';

/** A value and its JSON, as a cache stores it. */
export function toJson<V>(value: V): Loaded<V> {
  return { value, bytes: Buffer.from(JSON.stringify(value)) };
}

/** Makes a value from its JSON; `V` is the type that `toJson` was given. */
export function decodeJson<V>(_key: string, bytes: Buffer): V {
  return JSON.parse(bytes.toString()) as V;
}

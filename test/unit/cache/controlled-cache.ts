import { Cache } from '../../../src/cache/cache.js';
import type { CacheOptions } from '../../../src/cache/cache.js';
import { decodeJson, toJson } from '../../../src/cache/json-codec.js';

export interface Value {
  readonly word: string;
}

export const NOT_FOUND = new Error('not found');
export const DOWN = new Error('down');
/** A cache over an upstream that the test controls: each read waits until the test responds to it. */
export function createControlledCache(options: Partial<CacheOptions<Value>> = {}) {
  const reads: {
    key: string;
    startedAt: number;
    isForHint: boolean;
    respond: (word: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const cache = new Cache<Value>({
    read: (key, { startedAt, isForHint }) =>
      new Promise((resolve, reject) => {
        reads.push({ key, startedAt, isForHint, respond: (word) => resolve(toJson({ word })), fail: reject });
      }),
    decode: decodeJson,
    ttlMs: 3_000,
    staleIfErrorMs: 60_000,
    canServeStale: (error) => error !== NOT_FOUND,
    maxBytes: 1024 * 1024,
    ...options,
  });
  const wordOf = async (key: string) => (await cache.get(key)).word;

  /** Gets a key and responds to the read that this starts. */
  async function load(key: string, word: string): Promise<string> {
    const result = wordOf(key);
    reads.at(-1)?.respond(word);
    return result;
  }

  /** Gets a key and fails the read that this starts. */
  async function failWith(key: string, error: Error): Promise<string> {
    const result = wordOf(key);
    reads.at(-1)?.fail(error);
    return result;
  }
  return { cache, reads, wordOf, load, failWith };
}

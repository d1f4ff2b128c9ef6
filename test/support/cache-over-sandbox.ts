import { onTestFinished } from 'vitest';

import { createMemoryBackplane } from '../../src/backplane/backplane.js';
import { ChangeFeed } from '../../src/live/change-feed.js';
import { MxClient } from '../../src/mx/client.js';
import { MxCache } from '../../src/cache/mx-cache.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { DEFAULT_POLL_INTERVALS } from '../../src/live/poll-interval.js';

export interface CacheOverSandbox {
  readonly sandbox: Sandbox;
  readonly client: MxClient;
  readonly cache: MxCache;
  readonly changeFeed: ChangeFeed;
  /** The words that were told to be unknown, in their order. */
  readonly unknownWords: readonly string[];
}

/** The cache of a process over a sandbox, for the test that calls this, without a server above them. */
export async function useCache({ freshnessMs = 3_000 } = {}): Promise<CacheOverSandbox> {
  const sandbox = createSandbox();
  const baseUrl = await sandbox.start();
  const client = new MxClient({ baseUrl, ...sandbox.credentials, apiVersion: 'v20250224' });
  onTestFinished(async () => {
    await client.close();
    await sandbox.stop();
  });
  const unknownWords: string[] = [];
  const onUnknownStatus = (word: string) => void unknownWords.push(word);
  const cache = new MxCache({ client, freshnessMs, leases: null, onUnknownStatus });
  const backplane = createMemoryBackplane({ watchReadsPerSecond: 100 });
  const now = () => Promise.resolve(Date.now());
  const changeFeed = new ChangeFeed({
    cache,
    backplane,
    pollIntervals: DEFAULT_POLL_INTERVALS,
    now,
    onError: () => undefined,
  });
  onTestFinished(() => changeFeed.stop());
  return { sandbox, client, unknownWords, cache, changeFeed };
}

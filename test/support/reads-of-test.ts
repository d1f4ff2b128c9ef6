import { onTestFinished } from 'vitest';

import { createMemoryBackplane } from '../../src/backplane/backplane.js';
import { Live } from '../../src/live/change-feed.js';
import { MxClient } from '../../src/mx/client.js';
import { Reads } from '../../src/cache/mx-cache.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { PACE } from '../../src/live/poll-interval.js';

export interface SandboxReads {
  readonly sandbox: Sandbox;
  readonly client: MxClient;
  readonly reads: Reads;
  readonly live: Live;
  /** The words that were told to be unknown, in their order. */
  readonly unknownWords: readonly string[];
}

/** The reads of a process over a sandbox, for the test that calls this, without a server above them. */
export async function readsOfTest({ freshnessMs = 3_000 } = {}): Promise<SandboxReads> {
  const sandbox = createSandbox();
  const baseUrl = await sandbox.start();
  const client = new MxClient({ baseUrl, ...sandbox.credentials, apiVersion: 'v20250224' });
  onTestFinished(async () => {
    await client.close();
    await sandbox.stop();
  });
  const unknownWords: string[] = [];
  const onUnknownStatus = (word: string) => void unknownWords.push(word);
  const reads = new Reads({ client, freshnessMs, windows: null, onUnknownStatus });
  const backplane = createMemoryBackplane({ watchReadsPerSecond: 100 });
  const now = () => Promise.resolve(Date.now());
  const live = new Live({ reads, backplane, pace: PACE, now, onFault: () => undefined });
  onTestFinished(() => live.stop());
  return { sandbox, client, unknownWords, reads, live };
}

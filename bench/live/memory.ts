import { setTimeout as sleep } from 'node:timers/promises';

/** What a process holds, in bytes, after its garbage has been collected. */
export interface Held {
  readonly resident: number;
  readonly heap: number;
  readonly external: number;
}

const COLLECTIONS = 4;
const PAUSE_MS = 500;

/** Needs `--expose-gc`. Pages go back to the system some time after a collection, so it is done more than once. */
export async function held(): Promise<Held> {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error('started without --expose-gc');
  for (let done = 0; done < COLLECTIONS; done += 1) {
    gc();
    await sleep(PAUSE_MS);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss, heap: heapUsed, external };
}

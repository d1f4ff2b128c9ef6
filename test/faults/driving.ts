import type { UserRecord } from '../../src/status/change.js';
import type { Cluster, ClusterViewer } from '../support/cluster.js';
import { positionOf, wordsOfStored } from '../support/follower.js';
import type { Follower } from '../support/follower.js';
import { waitFor } from '../support/wait-for.js';

/** Statuses at rest: none of them makes the watcher look by itself within a test. */
export const WORDS = [
  'DENIED',
  'LOCKED',
  'FAILED',
  'IMPEDED',
  'EXPIRED',
  'CONNECTED',
  'DEGRADED',
  'IMPAIRED',
  'CLOSED',
] as const;

/** What is to become of each member in a round, by guid: in each another status than in the one before. */
export function statusesOf({ members }: ClusterViewer, round: number): ReadonlyMap<string, string> {
  return new Map(members.map((guid, i) => [guid, WORDS[(round + i) % WORDS.length] ?? '']));
}

export function force({ sandbox }: Cluster, memberGuid: string, status: string): void {
  sandbox.control.forceMember(memberGuid, { connection_status: status });
}

/** Forces all members of a viewer on to other statuses. */
export function forceAll(cluster: Cluster, viewer: ClusterViewer, round: number): void {
  for (const [guid, status] of statusesOf(viewer, round)) force(cluster, guid, status);
}

export async function recordOf(cluster: Cluster, { userGuid }: ClusterViewer): Promise<UserRecord | null> {
  return (await cluster.backplane.store.readSnapshot(userGuid, null)).record;
}

/** All changes as they are stored, in few words. */
export async function storedWords(cluster: Cluster, { userGuid }: ClusterViewer): Promise<string[]> {
  return (await cluster.backplane.store.history(userGuid)).changes.map(wordsOfStored);
}

/** Waits till a round of `forceAll` is what the store knows. */
export async function roundStored(cluster: Cluster, viewer: ClusterViewer, round: number): Promise<void> {
  const wanted = [...statusesOf(viewer, round)];
  await waitFor(
    async () => {
      const record = await recordOf(cluster, viewer);
      return wanted.every(([guid, status]) => record?.members[guid]?.status === status);
    },
    { what: `round ${round} to be stored`, deadlineMs: 15_000 },
  );
}

/** Waits till a follower was told of the last change of all. */
export async function toldLast(cluster: Cluster, viewer: ClusterViewer, follower: Follower): Promise<void> {
  const n = (await recordOf(cluster, viewer))?.n ?? 0;
  const isTold = () => follower.events.some((event) => positionOf(event).n === n);
  await waitFor(isTold, { what: `change ${n}, beside ${JSON.stringify(follower.events.at(-1))}` });
}

/** Waits till no hint waits to be followed. */
export function hintsFollowed(cluster: Cluster, deadlineMs = 10_000): Promise<boolean> {
  return waitFor(async () => (await cluster.hints()) === 0, { what: 'all hints to be followed', deadlineMs });
}

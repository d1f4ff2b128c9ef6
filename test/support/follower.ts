import { decodeCursor } from '../../src/status/cursor.js';
import type { StatusChange } from '../../src/status/change.js';
import type { Position } from '../../src/status/cursor.js';
import type { GraphqlFault } from './graphql-client.js';
import { connectSocket, openStream } from './live-client.js';
import type { Closing, LiveSocket } from './live-client.js';
import { waitFor } from './wait-for.js';
import type { WaitOptions } from './wait-for.js';

/** An event as a client reads it. */
export interface FollowedEvent {
  readonly cursor: string;
  readonly memberGuid: string | null;
  readonly previousStatus: string | null;
  readonly connectionStatus: string | null;
  readonly isBeingAggregated: boolean;
  readonly isDeleted: boolean;
  readonly cause: string;
  readonly observedAt: string;
  readonly isReset: boolean;
}

interface Told {
  readonly memberStatusChanged: FollowedEvent;
}

export interface FollowOptions {
  readonly token: string;
  readonly memberGuid?: string;
  readonly after?: string;
}

export const FOLLOW = `subscription ($memberGuid: String, $after: String) {
  memberStatusChanged(memberGuid: $memberGuid, after: $after) {
    cursor memberGuid previousStatus connectionStatus isBeingAggregated isDeleted cause observedAt isReset
  }
}`;

/** For as long as a test may last. */
const FOR_EVER = 10 * 60_000;

/** One subscription, and all that it was told. */
export class Follower {
  readonly events: FollowedEvent[] = [];
  readonly faults: GraphqlFault[] = [];
  /** Why nothing more comes; null while more may. */
  end: string | null = null;

  take(payload: { data?: Told | null; errors?: readonly GraphqlFault[] } | null | undefined): void {
    this.faults.push(...(payload?.errors ?? []));
    if (payload?.data) this.events.push(payload.data.memberStatusChanged);
  }

  get snapshots(): readonly FollowedEvent[] {
    return this.events.filter(({ cause }) => cause === 'SNAPSHOT');
  }

  get changes(): readonly FollowedEvent[] {
    return this.events.filter(({ cause }) => cause !== 'SNAPSHOT');
  }

  /** The cursor of the last event. */
  get cursor(): string {
    const last = this.events.at(-1);
    if (!last) throw new Error('Nothing has been told yet.');
    return last.cursor;
  }

  /** The last status that was told of a member. */
  statusOf(memberGuid: string): string | null | undefined {
    return this.events.findLast((event) => event.memberGuid === memberGuid)?.connectionStatus;
  }

  /** The first change that is told from now on, or was told before, and that suits. */
  change(suits: (event: FollowedEvent) => boolean, options: WaitOptions = {}): Promise<FollowedEvent> {
    return waitFor(() => this.changes.find(suits), {
      ...options,
      what: `${options.what ?? 'a change'}, beside ${this.changes.map(wordsOfEvent).slice(-10).join('; ')} ${JSON.stringify(this.faults)}`,
    });
  }

  /** Resolves when the first event has come. */
  async begun(): Promise<this> {
    await waitFor(() => this.events.length > 0, { what: `a first event ${JSON.stringify(this.faults)}` });
    return this;
  }
}

export class SocketFollower extends Follower {
  readonly live: LiveSocket;
  readonly closed: Promise<Closing>;

  constructor(live: LiveSocket) {
    super();
    this.live = live;
    this.closed = live.closed;
  }

  /** Goes without a farewell. */
  leave(): void {
    this.live.socket.terminate();
  }
}

const variablesOf = ({ memberGuid, after }: FollowOptions) => ({ memberGuid, after });

async function read(follower: SocketFollower): Promise<void> {
  for (;;) {
    const { type, payload } = await follower.live.next<Told>(FOR_EVER);
    if (type === 'error') follower.faults.push(...(payload ?? []));
    if (type === 'next') follower.take(payload);
    if (type === 'complete' || type === 'error') follower.end = type;
  }
}

/** Follows over a WebSocket of its own, till the end of the test; resolves when the first event has come. */
export async function follow(serverUrl: string, options: FollowOptions): Promise<SocketFollower> {
  const live = await connectSocket(serverUrl, { token: options.token });
  const follower = new SocketFollower(live);
  live.subscribe('1', FOLLOW, variablesOf(options));
  read(follower).catch((error: unknown) => (follower.end = String(error)));
  return follower.begun();
}

/** As `follow`, over SSE. */
export async function followStream(serverUrl: string, options: FollowOptions): Promise<Follower> {
  const headers = { authorization: `Bearer ${options.token}` };
  const stream = await openStream(serverUrl, FOLLOW, { headers, variables: variablesOf(options) });
  const follower = new Follower();
  const readAll = async () => {
    for (;;) {
      const { event, data } = await stream.next<Told>(FOR_EVER);
      if (event === 'next') follower.take(data);
      else follower.end = event;
    }
  };
  readAll().catch((error: unknown) => (follower.end ??= String(error)));
  return follower.begun();
}

/** The place that an event names. */
export function positionOf({ cursor }: Pick<FollowedEvent, 'cursor'>): Position {
  const position = decodeCursor(cursor);
  if (!position) throw new Error(`${cursor} is no cursor.`);
  return position;
}

const words = (n: number, change: readonly (string | boolean | null | undefined)[]) =>
  [n, ...change].map(String).join(' ');

/** A change in few words, as it was told. */
export function wordsOfEvent(event: FollowedEvent): string {
  const { memberGuid, previousStatus, connectionStatus, isBeingAggregated } = event;
  return words(positionOf(event).n, [memberGuid, previousStatus, connectionStatus, isBeingAggregated]);
}

/** The same words of the change as it is stored. */
export function wordsOfStored({ n, memberGuid, previous, next }: StatusChange): string {
  return words(n, [
    memberGuid,
    previous?.status ?? null,
    next?.status ?? null,
    next?.isBeingAggregated ?? false,
  ]);
}

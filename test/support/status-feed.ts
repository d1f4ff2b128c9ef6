import type { GraphqlFault } from './graphql-client.js';
import { connectSocket } from './live-client.js';
import type { LiveSocket } from './live-client.js';

/** What the tests read of a change. */
export interface ChangeEvent {
  readonly cursor: string;
  readonly memberGuid: string | null;
  readonly previousStatus: string | null;
  readonly connectionStatus: string | null;
  readonly isBeingAggregated: boolean;
  readonly isTerminal: boolean;
  readonly isDeleted: boolean;
  readonly cause: string;
  readonly observedAt: string;
  readonly isReset: boolean;
  readonly isSnapshotEnd: boolean;
  readonly kind: string;
  readonly kinds: readonly string[];
  readonly freshness: string | null;
  readonly transactionsCreated: number | null;
  readonly transactionsUpdated: number | null;
  readonly member: {
    readonly guid: string;
    readonly connectionStatus: string | null;
    readonly isBeingAggregated: boolean;
    readonly freshness: string | null;
  } | null;
}

/** A subscription to `memberStatusChanged` over a socket of its own. */
export interface StatusFeed {
  readonly live: LiveSocket;
  next(deadlineMs?: number): Promise<ChangeEvent>;
  /** The next event for which this holds; those before it are passed over. */
  until(isMeant: (event: ChangeEvent) => boolean, deadlineMs?: number): Promise<ChangeEvent>;
  /** The errors of the next event, which must have some. */
  nextErrors(): Promise<readonly GraphqlFault[]>;
  /** The events of the snapshot. */
  snapshot(members: number): Promise<ChangeEvent[]>;
}

export interface FeedOptions {
  readonly userGuid?: string;
  readonly memberGuid?: string;
  readonly after?: string;
  readonly token?: string;
}

const SUBSCRIPTION = `subscription ($userGuid: String, $memberGuid: String, $after: String) {
  memberStatusChanged(userGuid: $userGuid, memberGuid: $memberGuid, after: $after) {
    cursor memberGuid previousStatus connectionStatus isBeingAggregated isTerminal isDeleted cause observedAt
    isReset isSnapshotEnd kind kinds freshness transactionsCreated transactionsUpdated
    member { guid connectionStatus isBeingAggregated freshness }
  }
}`;

interface Payload {
  readonly memberStatusChanged: ChangeEvent;
}

/** Subscribes over WebSocket, for as long as the test lasts. */
export async function openFeed(
  serverUrl: string,
  { token, ...variables }: FeedOptions = {},
): Promise<StatusFeed> {
  const live = await connectSocket(serverUrl, token === undefined ? {} : { token });
  live.subscribe('feed', SUBSCRIPTION, variables);

  async function nextPayload(deadlineMs?: number) {
    const message = await live.next<Payload>(deadlineMs);
    if (message.type === 'next' && message.payload) return message.payload;
    throw new Error(`Expected an event; got ${JSON.stringify(message)}.`);
  }
  async function next(deadlineMs?: number): Promise<ChangeEvent> {
    const { data, errors } = await nextPayload(deadlineMs);
    if (data?.memberStatusChanged) return data.memberStatusChanged;
    throw new Error(`Expected an event without errors; got ${JSON.stringify(errors)}.`);
  }

  return {
    live,
    next,
    async until(isMeant, deadlineMs) {
      for (;;) {
        const event = await next(deadlineMs);
        if (isMeant(event)) return event;
      }
    },
    async nextErrors() {
      const { errors } = await nextPayload();
      if (errors && errors.length > 0) return errors;
      throw new Error('Expected an event with errors.');
    },
    async snapshot(members) {
      const events: ChangeEvent[] = [];
      while (events.length < members) events.push(await next());
      return events;
    },
  };
}

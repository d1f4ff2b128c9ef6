/**
 * All key names in Redis. In a cluster, the part in braces decides which node holds a key: all keys of a user are on
 * the same node, so that one script can access them.
 */
const userPrefix = (userGuid: string) => `mx:{${userGuid}}`;

/** Hash of the last observed states: `v`, a unique version per write, and `json`. */
export const recordKey = (userGuid: string) => `${userPrefix(userGuid)}:record`;

/** Stream of the changes, each with the id `<ms>-<n>`. */
export const changesKey = (userGuid: string) => `${userPrefix(userGuid)}:changes`;

/** Id of the instance that holds the lease to poll the user. */
export const watchLeaseKey = (userGuid: string) => `${userPrefix(userGuid)}:lease`;

/** Hash of the read lease of `USR-…` or `USR-…/…`. */
export function readLeaseKey(key: string): string {
  const userGuid = userOf(key);
  return `${userPrefix(userGuid)}:read${key.slice(userGuid.length)}`;
}

/** Hash of recent writes to MX, by member. */
export const writesKey = (userGuid: string) => `${userPrefix(userGuid)}:writes`;

/** Time until which a viewer has used up the rate limit. */
export const rateLimitKey = (viewerId: string) => `${userPrefix(viewerId)}:operations`;

/** Hash of the last write to a subject of the user. */
export const writeLockKey = ({ userGuid, subject }: { userGuid: string; subject: string }) =>
  `${userPrefix(userGuid)}:write:${subject}`;

/** Extracts the user from the key of a read lease. */
export const userOf = (key: string) => key.split('/', 1)[0] ?? key;

/** Channel for the user's changes. */
export const channelOf = userPrefix;

/** Extracts the user from the name of a channel. */
export const userOfChannel = (channel: string) => channel.slice('mx:{'.length, -'}'.length);

/** Stream of hints. */
export const INBOX_KEY = 'mx:webhooks';

/** Consumer group of all instances, which share the hints. */
export const INBOX_GROUP = 'instances';

/** Hash of the current second and the polls in it. */
export const POLL_BUDGET_KEY = 'mx:watch-reads';

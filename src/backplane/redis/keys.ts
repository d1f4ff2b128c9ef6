/**
 * Every name that is used in Redis. What is in braces decides, in a cluster, where a key lies: all keys of a user lie
 * together, so that one script may touch them.
 */
const ofUser = (userGuid: string) => `mx:{${userGuid}}`;

/** The hash of the last seen states: `v`, a word of its own for each write, and `json`. */
export const recordKey = (userGuid: string) => `${ofUser(userGuid)}:record`;

/** The stream of the changes, each under the id `<ms>-<n>`. */
export const changesKey = (userGuid: string) => `${ofUser(userGuid)}:changes`;

/** The name of the instance that watches the user. */
export const watchLeaseKey = (userGuid: string) => `${ofUser(userGuid)}:lease`;

/** The hash of the freshness window of `USR-…` or `USR-…/…`. */
export function readLeaseKey(key: string): string {
  const userGuid = userOf(key);
  return `${ofUser(userGuid)}:read${key.slice(userGuid.length)}`;
}

/** The hash of what was written at MX lately, by member. */
export const writesKey = (userGuid: string) => `${ofUser(userGuid)}:writes`;

/** Until when a viewer has used up its operations. */
export const rateLimitKey = (viewerId: string) => `${ofUser(viewerId)}:operations`;

/** Whose window it is. */
export const userOf = (key: string) => key.split('/', 1)[0] ?? key;

/** The channel on which a user's changes are told. */
export const channelOf = ofUser;

export const userOfChannel = (channel: string) => channel.slice('mx:{'.length, -'}'.length);

/** The stream of hints. */
export const INBOX_KEY = 'mx:webhooks';

/** The group of all instances, who share the hints among them. */
export const INBOX_GROUP = 'instances';

/** The hash of the present second and the reads spent in it. */
export const POLL_BUDGET_KEY = 'mx:watch-reads';

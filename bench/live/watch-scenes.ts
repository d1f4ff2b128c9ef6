import { setTimeout as sleep } from 'node:timers/promises';

import { memberGuid, userDigits, userGuid } from '../fixture.js';
import { DEFAULT_POLL_INTERVALS } from '../../src/live/poll-interval.js';
import { Jobs } from './jobs.js';
import type { MemberNumber } from './jobs.js';
import { latencyOf } from './latency.js';
import type { Latency } from './latency.js';
import { Stack, startLiveUpstream, startPollers, startProbed, startSubscribers } from './processes.js';
import type { RunningUpstream } from './processes.js';
import { AGGREGATE, WATCHING } from './queries.js';
import type { Sighting } from './pollers.js';
import type { Arrival } from './subscribers.js';
import type { Happening } from './world.js';

export interface WatchScale {
  readonly members: number;
  readonly active: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What it took to know of changes that nobody announces. */
export interface Watched {
  readonly jobsPerSecond: number;
  /** Reads a second by their reason. */
  readonly reads: Readonly<Record<string, number>>;
  /** Reads a second in all. */
  readonly total: number;
  /** From a change to somebody knowing of it; of changes that were never told, how many. */
  readonly delay: Latency;
  readonly missed: number;
}

/** The longest after a change that anybody might still be told of it. */
const TOLD_WITHIN_MS = 8_000;
const POLL_MS = 3_000;
/** A look comes later than its time by between nothing and this part of it: `JITTER` in `pace.ts`. */
const MEAN_LATENESS = 1.1;

/** Watches with the product: the users' frontends subscribe, and begin jobs by mutations. */
export async function watchWithProduct(scale: WatchScale, membersPerUser: number): Promise<Watched> {
  const users = scale.members / membersPerUser;
  const stack = new Stack();
  try {
    const upstream = await stack.start(startLiveUpstream({ membersPerUser }));
    const product = await stack.start(startProbed(upstream.url, { COUNT_READS: 'yes' }));
    const subscribers = await stack.start(startSubscribers());
    const all = { url: product.url, upstream: upstream.url, from: 0, count: users, query: WATCHING };
    await subscribers.remote.ask('open', all);
    const begin = await beginOverGraphql(product.port, upstream.url, users);
    const jobs = new Jobs({ upstream, users, membersPerUser, atOnce: scale.active, begin });
    jobs.start();
    await sleep(scale.warmUpMs);
    await subscribers.remote.ask('record');
    const before = await product.remote.ask('reads');
    const { happenings, jobsPerSecond, perSecond, counts } = await observe(upstream, jobs, scale.measureMs);
    const after = await product.remote.ask('reads');
    const busyUsers = jobs.busyUsers;
    const arrivals = await subscribers.remote.ask('collect', {
      expected: Number.MAX_SAFE_INTEGER,
      timeoutMs: TOLD_WITHIN_MS,
    });
    jobs.stop();
    const reads: Record<string, number> = {};
    for (const [reason, count] of Object.entries(after))
      reads[reason] = perSecond(count - (before[reason] ?? 0));
    reads['slow looks, computed'] =
      ((users - busyUsers) / DEFAULT_POLL_INTERVALS.idleMs / MEAN_LATENESS) * 1_000;
    const measured = perSecond((counts['list'] ?? 0) + (counts['member'] ?? 0));
    const told = arrivals.flatMap(toSightings);
    return {
      ...delaysOf(happenings, told),
      jobsPerSecond,
      reads,
      total: measured + reads['slow looks, computed'],
    };
  } finally {
    await stack.stop();
  }
}

/** The same without: each frontend asks MX every three seconds. */
export async function watchByPolling(scale: WatchScale): Promise<Watched> {
  const users = scale.members;
  const stack = new Stack();
  try {
    const upstream = await stack.start(startLiveUpstream());
    const pollers = await stack.start(startPollers());
    await pollers.remote.ask('start', { upstream: upstream.url, users, everyMs: POLL_MS });
    const begin = ({ user, member }: MemberNumber): Promise<void> => post(upstream.url, user, member);
    const jobs = new Jobs({ upstream, users, membersPerUser: 1, atOnce: scale.active, begin });
    jobs.start();
    await sleep(scale.warmUpMs);
    const { happenings, jobsPerSecond, perSecond, counts } = await observe(upstream, jobs, scale.measureMs);
    await sleep(TOLD_WITHIN_MS);
    jobs.stop();
    const sightings = await pollers.remote.ask('stop');
    const total = perSecond(counts['member'] ?? 0);
    return { ...delaysOf(happenings, sightings), jobsPerSecond, reads: { polls: total }, total };
  } finally {
    await stack.stop();
  }
}

/** What happens, and is asked of MX, from now on for so long. */
async function observe(upstream: RunningUpstream, jobs: Jobs, ms: number) {
  await upstream.remote.ask('takeCalls');
  await upstream.remote.ask('takeHappenings');
  jobs.takeBegun();
  const begunAt = performance.now();
  await sleep(ms);
  const { counts } = await upstream.remote.ask('takeCalls');
  const seconds = (performance.now() - begunAt) / 1_000;
  const happenings = await upstream.remote.ask('takeHappenings');
  const perSecond = (count: number): number => count / seconds;
  return { counts, happenings, jobsPerSecond: perSecond(jobs.takeBegun()), perSecond };
}

async function post(upstream: string, user: number, member: number): Promise<void> {
  const guid = memberGuid(userDigits(user), member);
  await fetch(`${upstream}/users/${userGuid(user)}/members/${guid}/aggregate`, { method: 'POST' });
}

async function beginOverGraphql(
  port: number,
  upstream: string,
  users: number,
): Promise<(member: MemberNumber) => Promise<void>> {
  const tokens = (await (await fetch(`${upstream}/bench/tokens?count=${users}`)).json()) as string[];
  return async ({ user, member }) => {
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[user]}` },
      body: JSON.stringify({ query: AGGREGATE, variables: { guid: memberGuid(userDigits(user), member) } }),
    });
    const text = await answer.text();
    if (!text.includes('"userErrors":[]')) throw new Error(`no job for user ${user}: ${text}`);
  };
}

interface EventMessage {
  readonly payload: {
    readonly data: {
      readonly memberStatusChanged: {
        readonly memberGuid: string;
        readonly connectionStatus: string;
        readonly isBeingAggregated: boolean;
      };
    };
  };
}

function toSightings({ user, at, text }: Arrival): Sighting[] {
  if (!text.includes('"memberStatusChanged":{')) return [];
  const event = (JSON.parse(text) as EventMessage).payload.data.memberStatusChanged;
  const { connectionStatus: status, isBeingAggregated } = event;
  return [{ user, member: Number(event.memberGuid.slice(4, 12)), status, isBeingAggregated, at }];
}

function delaysOf(
  happenings: readonly Happening[],
  sightings: readonly Sighting[],
): Pick<Watched, 'delay' | 'missed'> {
  const toldOf = new Map<string, Sighting[]>();
  for (const one of sightings) {
    const key = `${one.user}/${one.member}`;
    toldOf.set(key, [...(toldOf.get(key) ?? []), one]);
  }
  const unannounced = happenings.filter(({ isAnnounced }) => !isAnnounced);
  const delays = unannounced.flatMap(({ user, member, status, isBeingAggregated, at }) => {
    const told = toldOf
      .get(`${user}/${member}`)
      ?.find((one) => one.at >= at && one.status === status && one.isBeingAggregated === isBeingAggregated);
    return told ? [told.at - at] : [];
  });
  return { delay: latencyOf(delays), missed: unannounced.length - delays.length };
}

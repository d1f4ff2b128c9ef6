import { createHmac, hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { LRUCache } from 'lru-cache';

import { RESULT_TTL_MS } from '../backplane/write-locks.js';
import type { WriteLockResult, WriteLocks, WriteOutcome, WriteRequest } from '../backplane/write-locks.js';
import { decodeFailure, encodeFailure, isMxError } from '../mx/errors.js';
import type { MxAccount, MxChallengeAnswer, MxMember } from '../mx/types.js';
import { DEFAULT_FRESHNESS_LIMITS } from '../status/freshness.js';
import type { FreshnessLimits } from '../status/freshness.js';
import { ObservedMember } from '../status/observed-member.js';
import type { ObservedMembers } from '../status/observed-member.js';
import { succeeded } from './mutation.js';
import type {
  AccountAttempt,
  AccountResult,
  Deduplicator,
  MutationResult,
  ValuesMutation,
} from './mutation.js';

/** Options of `MutationDeduplicator`. */
export interface DeduplicatorOptions {
  /** Shared with other instances; null if there are none. */
  readonly locks: WriteLocks | null;
  /** Makes the digests of values useless to those who can read them. All instances must have the same one. */
  readonly secret: string;
  /** From which age on the data of members is late or stale. Defaults to `DEFAULT_FRESHNESS_LIMITS`. */
  readonly limits?: FreshnessLimits;
  /** Called when the locks are unreachable. The mutation is then deduplicated in this process only. */
  readonly onError: (error: unknown) => void;
}

type Work = () => Promise<MutationResult>;

/** How the result of a write is passed to other instances. */
interface Codec<R> {
  /** What they need of the result; null if it is not shared. */
  readonly encode: (result: R) => WriteOutcome;
  readonly decode: (json: string) => R;
}

/** A write under a lock. */
interface LockedWrite<R> extends Codec<R> {
  readonly locks: WriteLocks;
  readonly request: WriteRequest;
}

interface Entry {
  readonly digest: string;
  readonly result: Promise<MutationResult>;
}

const MAX_RECENT = 1_000;
/** How often an instance asks whether the write of another one has ended, in milliseconds. */
const POLL_MS = 50;
const RENEW_MS = 1_000;

interface Success extends Entry {
  readonly member: ObservedMember;
}

/**
 * The member after a success that repeated mutations may share. Not one that only a read has shown, after a response
 * was lost: what is sent after that is a new attempt.
 */
function sharedMember({ member, userErrors, isVerified }: MutationResult): ObservedMember | null {
  return userErrors.length > 0 || isVerified === true ? null : member;
}

function encodeResult(result: MutationResult): WriteOutcome {
  const member = sharedMember(result);
  if (!member) return null;
  return { result: JSON.stringify({ member: member.member, observedMs: member.observedMs }) };
}

const ACCOUNT_CODEC: Codec<AccountResult> = {
  encode: ({ account }) => account && { result: JSON.stringify(account) },
  decode: (json) => ({ account: JSON.parse(json) as MxAccount, userErrors: [] }),
};

/**
 * Sends a mutation once that a client sends twice, e.g. because of a double click. The same values for the same member
 * share the result of the mutation that is in flight, and for a second a success, unless a read has shown meanwhile that
 * its job has ended. After a failure they are sent again. Other values wait until those in flight have ended. With
 * Redis, all of this holds over all instances; neither the values nor anything that reveals them is stored.
 */
export class MutationDeduplicator implements Deduplicator {
  readonly #options: DeduplicatorOptions;
  readonly #key: string;
  /** The last mutation of each subject, while it is in flight. */
  readonly #inFlight = new Map<string, Entry>();
  readonly #succeeded = new LRUCache<string, Success>({
    maxSize: MAX_RECENT,
    sizeCalculation: () => 1,
    ttl: RESULT_TTL_MS,
  });

  /** The attempts to create an account that are in flight, and those that have just succeeded. */
  readonly #attempts = new Map<string, Promise<AccountResult>>();
  readonly #succeededAttempts = new LRUCache<string, Promise<AccountResult>>({
    max: MAX_RECENT,
    ttl: RESULT_TTL_MS,
  });

  constructor(options: DeduplicatorOptions) {
    this.#options = options;
    this.#key = hash('sha256', `values of mutations:${options.secret}`);
  }

  /** Returns the result of `work`, or that of the same mutation if it is in flight or has just succeeded. */
  run({ name, userGuid, memberGuid, values }: ValuesMutation, work: Work): Promise<MutationResult> {
    const request: WriteRequest = {
      userGuid,
      subject: `${name}/${memberGuid}`,
      digest: this.#digestOf(values),
    };
    const subject = `${userGuid}/${request.subject}`;
    const last = this.#inFlight.get(subject) ?? this.#succeeded.get(subject);
    if (last?.digest === request.digest) return last.result;
    const entry = { digest: request.digest, result: this.#runAfter(last, request, work) };
    this.#inFlight.set(subject, entry);
    this.#succeeded.delete(subject);
    void this.#settle(subject, entry);
    return entry.result;
  }

  /** Returns the result of `work`, or that of the same attempt if it is in flight or has just succeeded. */
  runAttempt({ userGuid, id }: AccountAttempt, work: () => Promise<AccountResult>): Promise<AccountResult> {
    const known = this.#attempts.get(id) ?? this.#succeededAttempts.get(id);
    if (known) return known;
    const { locks } = this.#options;
    const request: WriteRequest = { userGuid, subject: `createManualAccount/${id}`, digest: id };
    const result = locks ? this.#runLocked({ locks, request, ...ACCOUNT_CODEC }, work) : work();
    this.#attempts.set(id, result);
    void this.#settleAttempt(id, result);
    return result;
  }

  async #settleAttempt(id: string, result: Promise<AccountResult>): Promise<void> {
    const { account } = await result.catch(() => ({ account: null }));
    this.#attempts.delete(id);
    if (account) this.#succeededAttempts.set(id, result);
  }

  /**
   * Takes note of members that were read. Once the job has ended that new credentials have started, the end user may
   * have been told so, and the same credentials are a new attempt. The answers to a question are never one.
   */
  observe(userGuid: string, members: ObservedMembers): void {
    if (this.#succeeded.size === 0) return;
    for (const { guid, isBeingAggregated, observedMs } of members.values()) {
      const subject = `${userGuid}/updateMemberCredentials/${guid}`;
      const last = this.#succeeded.get(subject)?.member;
      if (last && !isBeingAggregated && observedMs > last.observedMs) this.#succeeded.delete(subject);
    }
  }

  #digestOf(values: readonly MxChallengeAnswer[]): string {
    const pairs = values.map(({ guid, value }) => JSON.stringify([guid, value])).sort();
    return createHmac('sha256', this.#key).update(JSON.stringify(pairs)).digest('base64url');
  }

  async #runAfter(last: Entry | undefined, request: WriteRequest, work: Work): Promise<MutationResult> {
    await last?.result.catch(() => undefined);
    const { locks } = this.#options;
    if (!locks) return work();
    const decode = (json: string) => this.#decodeResult(request.userGuid, json);
    return this.#runLocked({ locks, request, encode: encodeResult, decode }, work);
  }

  async #settle(subject: string, entry: Entry): Promise<void> {
    const result = await entry.result.catch(() => null);
    if (this.#inFlight.get(subject) !== entry) return;
    this.#inFlight.delete(subject);
    const member = result && sharedMember(result);
    if (member) this.#succeeded.set(subject, { ...entry, member });
  }

  async #runLocked<R>(write: LockedWrite<R>, work: () => Promise<R>): Promise<R> {
    const { locks, request } = write;
    let lock = await this.#acquire(locks, request, null);
    while (lock?.kind === 'pending') {
      await pause(POLL_MS);
      lock = await this.#acquire(locks, request, lock.token);
    }
    if (!lock) return work();
    if (lock.kind === 'done') return write.decode(lock.result);
    if (lock.kind === 'failed') throw decodeFailure(lock.failure);
    return this.#runAndComplete(write, lock.token, work);
  }

  #decodeResult(userGuid: string, json: string): MutationResult {
    const { member, observedMs } = JSON.parse(json) as { member: MxMember; observedMs: number };
    const { limits = DEFAULT_FRESHNESS_LIMITS } = this.#options;
    return succeeded(new ObservedMember(userGuid, member, { observedMs, limits }));
  }

  /** Null if the locks are unreachable. */
  #acquire(
    locks: WriteLocks,
    request: WriteRequest,
    waitedFor: string | null,
  ): Promise<WriteLockResult | null> {
    return locks.acquire(request, waitedFor).catch((error: unknown) => {
      this.#options.onError(error);
      return null;
    });
  }

  async #runAndComplete<R>(
    { locks, request, encode }: LockedWrite<R>,
    token: string,
    work: () => Promise<R>,
  ): Promise<R> {
    const { onError } = this.#options;
    const renewal = setInterval(() => void locks.renew(request, token).catch(onError), RENEW_MS);
    const complete = (outcome: WriteOutcome) => locks.complete(request, token, outcome).catch(onError);
    try {
      const result = await work();
      await complete(encode(result));
      return result;
    } catch (error) {
      await complete(isMxError(error) ? { failure: encodeFailure(error) } : null);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }
}

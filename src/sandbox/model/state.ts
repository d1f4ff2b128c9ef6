import type { AccountFields } from './account-types.js';
import type { Challenge } from './challenges.js';
import type { Timer } from '../timers.js';

export interface User {
  guid: string;
  id: string | null;
  email: string | null;
  isDisabled: boolean;
  metadata: string | null;
  members: Map<string, Member>;
}

export type JobType = 'AGGREGATION' | 'VERIFICATION' | 'IDENTIFICATION' | 'BALANCE' | 'HISTORY' | 'STATEMENT';

/** A part of a job, run by a timer. */
export interface Step {
  /** Delay before this step, as a fraction of the job's duration. */
  share: number;
  run: () => void;
}

/** A job of a member. A job without steps is waiting for the answer to a challenge. */
export interface Job {
  guid: string;
  type: JobType;
  startedAt: number;
  steps: Step[];
  timer: Timer | null;
}

/** Options of an OAuth sign-in: where it redirects to, and whether it starts an aggregation. */
export interface OauthOptions {
  referralSource: 'BROWSER' | 'APP';
  clientRedirectUrl: string | null;
  webviewScheme: string | null;
  skipAggregation: boolean;
}

/** A sign-in page that was issued, or that is open and waits for the user's decision. */
export interface OauthVisit {
  member: Member;
  options: OauthOptions;
}

export type UseCase = 'MONEY_MOVEMENT' | 'PFM';

export interface Member {
  guid: string;
  id: string | null;
  user: User;
  institutionCode: string;
  name: string;
  metadata: string | null;
  /** Any string, so that clients can be tested with statuses that MX does not have yet. */
  status: string | null;
  message: string | null;
  error: unknown;
  isBeingAggregated: boolean;
  aggregatedAt: number | null;
  successfullyAggregatedAt: number | null;
  /** Time of the last successful standard aggregation, from which the three hours count. */
  throttledSince: number | null;
  isAuthenticated: boolean;
  hasAccounts: boolean;
  hasTransactions: boolean;
  hasAccountNumbers: boolean;
  /** When a job last received the accounts; null before the first time. */
  accountsReceivedAt: number | null;
  /** Accounts that the partner has created. */
  manualAccounts: AccountFields[];
  isOauth: boolean;
  isManual: boolean;
  isManagedByUser: boolean;
  /** Created through the managed routes, so it has no connection. */
  isPartnerManaged: boolean;
  needsUpdatedCredentials: boolean;
  backgroundAggregationIsDisabled: boolean;
  useCases: UseCase[];
  credentials: Record<string, string>;
  deniedInARow: number;
  challenges: Challenge[];
  /** Whether its challenges carry their type as a number. */
  integerTypes: boolean;
  /** Token of the sign-in page that was issued last, whether or not it was opened. */
  oauthToken: string | null;
  lastJobGuid: string | null;
  job: Job | null;
  /** Timer that ends the current status: a challenge or an unused sign-in expires. */
  expiry: Timer | null;
  createdAt: number;
  /** Value of the `x-callback-payload` header, repeated in the member's webhooks. */
  callbackPayload: string | null;
  revision: number;
}

export type MemberFields = Partial<Member> & Pick<Member, 'guid' | 'user' | 'institutionCode' | 'name'>;

const MEMBER_DEFAULTS: Omit<
  Member,
  'guid' | 'user' | 'institutionCode' | 'name' | 'credentials' | 'challenges' | 'manualAccounts'
> = {
  id: null,
  metadata: null,
  status: null,
  message: null,
  error: null,
  isBeingAggregated: false,
  aggregatedAt: null,
  successfullyAggregatedAt: null,
  throttledSince: null,
  isAuthenticated: false,
  hasAccounts: false,
  hasTransactions: false,
  hasAccountNumbers: false,
  accountsReceivedAt: null,
  isOauth: false,
  isManual: false,
  isManagedByUser: true,
  isPartnerManaged: false,
  needsUpdatedCredentials: false,
  backgroundAggregationIsDisabled: false,
  useCases: ['PFM'],
  deniedInARow: 0,
  integerTypes: false,
  oauthToken: null,
  lastJobGuid: null,
  job: null,
  expiry: null,
  createdAt: 0,
  callbackPayload: null,
  revision: 0,
};

/** All users and members, by guid. */
export class Store {
  readonly users = new Map<string, User>();
  readonly members = new Map<string, Member>();

  addUser(fields: Partial<User> & Pick<User, 'guid'>): User {
    const defaults = { id: null, email: null, isDisabled: false, metadata: null };
    const user: User = { ...defaults, members: new Map(), ...fields };
    this.users.set(user.guid, user);
    return user;
  }

  addMember(fields: MemberFields): Member {
    const member: Member = {
      ...MEMBER_DEFAULTS,
      credentials: {},
      challenges: [],
      manualAccounts: [],
      ...fields,
    };
    member.user.members.set(member.guid, member);
    this.members.set(member.guid, member);
    return member;
  }

  removeMember(member: Member): void {
    member.user.members.delete(member.guid);
    this.members.delete(member.guid);
  }

  userByPartnerId(id: string): User | undefined {
    for (const user of this.users.values()) if (user.id === id) return user;
    return undefined;
  }

  clear(): void {
    this.users.clear();
    this.members.clear();
  }
}

export function memberByPartnerId(user: User, id: string): Member | undefined {
  for (const member of user.members.values()) if (member.id === id) return member;
  return undefined;
}

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

/** A part of a job, run when its time has come. */
export interface Step {
  /** How much of the job's time passes before it. */
  share: number;
  run: () => void;
}

/** A job of a member. Without steps it waits for the answer to a challenge. */
export interface Job {
  guid: string;
  type: JobType;
  startedAt: number;
  steps: Step[];
  timer: Timer | null;
}

/** What the partner asked of a sign-in: where it comes back to and whether data is fetched afterwards. */
export interface OauthOptions {
  referralSource: 'BROWSER' | 'APP';
  clientRedirectUrl: string | null;
  webviewScheme: string | null;
  skipAggregation: boolean;
}

/** A sign-in page that was handed out, or one that is open and waits for the user's decision. */
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
  /** Any string, so that a word MX adds tomorrow can be tried today. */
  status: string | null;
  message: string | null;
  error: unknown;
  isBeingAggregated: boolean;
  aggregatedAt: number | null;
  successfullyAggregatedAt: number | null;
  /** The last success of a standard aggregation, which is what the three hours count from. */
  throttledSince: number | null;
  isAuthenticated: boolean;
  hasAccounts: boolean;
  hasTransactions: boolean;
  hasAccountNumbers: boolean;
  isOauth: boolean;
  isManual: boolean;
  isManagedByUser: boolean;
  /** Made through the managed routes, hence without any connection. */
  isPartnerManaged: boolean;
  needsUpdatedCredentials: boolean;
  backgroundAggregationIsDisabled: boolean;
  useCases: UseCase[];
  credentials: Record<string, string>;
  deniedInARow: number;
  challenges: Challenge[];
  /** Its challenges tell their type as a number. */
  integerTypes: boolean;
  /** The sign-in page that was last handed out, whether visited or not. */
  oauthToken: string | null;
  lastJobGuid: string | null;
  job: Job | null;
  /** What ends the present status by itself: a lapsing challenge, an unused sign-in. */
  lapse: Timer | null;
  createdAt: number;
  /** Echoed in its webhooks when the partner sent one. */
  callbackPayload: string | null;
  revision: number;
}

export type MemberFields = Partial<Member> & Pick<Member, 'guid' | 'user' | 'institutionCode' | 'name'>;

const BLANK: Omit<Member, 'guid' | 'user' | 'institutionCode' | 'name' | 'credentials' | 'challenges'> = {
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
  lapse: null,
  createdAt: 0,
  callbackPayload: null,
  revision: 0,
};

/** All users and members, found by guid in one step. */
export class Store {
  readonly users = new Map<string, User>();
  readonly members = new Map<string, Member>();

  addUser(fields: Partial<User> & Pick<User, 'guid'>): User {
    const blank = { id: null, email: null, isDisabled: false, metadata: null };
    const user: User = { ...blank, members: new Map(), ...fields };
    this.users.set(user.guid, user);
    return user;
  }

  addMember(fields: MemberFields): Member {
    const member: Member = { ...BLANK, credentials: {}, challenges: [], ...fields };
    member.user.members.set(member.guid, member);
    this.members.set(member.guid, member);
    return member;
  }

  removeMember(member: Member): void {
    member.user.members.delete(member.guid);
    this.members.delete(member.guid);
  }

  userByOwnId(id: string): User | undefined {
    for (const user of this.users.values()) if (user.id === id) return user;
    return undefined;
  }

  clear(): void {
    this.users.clear();
    this.members.clear();
  }
}

export function memberByOwnId(user: User, id: string): Member | undefined {
  for (const member of user.members.values()) if (member.id === id) return member;
  return undefined;
}

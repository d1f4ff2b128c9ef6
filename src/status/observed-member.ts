import { wallNow } from '../clock.js';
import type { MxMember } from '../mx/types.js';
import type { MemberState } from './member-state.js';
import { nextFreshnessChange, pastTime } from './freshness.js';
import type { Freshness, FreshnessLimits } from './freshness.js';
import { memberErrorOf } from './member-error.js';
import type { MemberError } from './member-error.js';
import { evidenceOf, interpret, isManualMember } from './status.js';
import type {
  ActionStep,
  ConnectionPhase,
  ConnectionStatus,
  ConnectionStatusRow,
  MemberView,
  Party,
  RequiredAction,
} from './status.js';
import { aggregatableAt } from './throttle.js';

/** When a member was read, and from which age on its data is late or stale. */
export interface ReadOptions {
  /** On the clock of reads. */
  readonly observedMs: number;
  readonly limits: FreshnessLimits;
}

/**
 * A member as MX sent it, its user, when it was read, and its interpretation. The properties are named like the fields
 * of the GraphQL type, so that most fields need no resolver: a single response has hundreds of them.
 */
export class ObservedMember {
  readonly observedMs: number;
  readonly #limits: FreshnessLimits;
  #state: MemberState | null = null;
  #view: MemberView | null = null;
  /** Until when these hold without new data, in milliseconds since 1970, by the wall clock. */
  #until = Infinity;

  constructor(
    readonly userGuid: string,
    readonly member: MxMember,
    { observedMs, limits }: ReadOptions,
  ) {
    this.observedMs = observedMs;
    this.#limits = limits;
  }

  get view(): MemberView {
    const known = this.#view;
    // Only a connected member can be out of date, and reading the clock for each field of each member takes time.
    if (known && (known.row.phase !== 'CONNECTED' || wallNow() < this.#until)) return known;
    this.#view = interpret(this.state);
    return this.#view;
  }
  /** The state that is compared to detect changes. */
  get state(): MemberState {
    const now = wallNow();
    if (this.#state && now < this.#until) return this.#state;
    const state: MemberState = evidenceOf(this.member, now, this.#limits);
    this.#state = state;
    this.#view = null;
    this.#until = nextFreshnessChange(state.dataAt ?? null, state.freshness ?? null, this.#limits);
    return state;
  }

  get guid(): string {
    return this.member.guid;
  }
  get name(): string | null {
    return this.member.name;
  }
  get user(): { guid: string } {
    return { guid: this.userGuid };
  }
  get connectionStatus(): ConnectionStatus | null {
    return this.view.row.status;
  }
  get connectionStatusCode(): number | null {
    return this.view.row.code;
  }
  get rawConnectionStatus(): string | null {
    return this.member.connection_status;
  }
  get statusInfo(): ConnectionStatusRow {
    return this.view.row;
  }
  get phase(): ConnectionPhase {
    return this.view.phase;
  }
  get providerMessage(): string | null {
    return this.member.connection_status_message;
  }
  get requiredAction(): RequiredAction {
    return this.view.requiredAction;
  }
  get actionSteps(): readonly ActionStep[] {
    return this.view.actionSteps;
  }
  get isTerminal(): boolean {
    return this.view.isTerminal;
  }
  get waitingOn(): Party {
    return this.view.waitingOn;
  }
  get isBeingAggregated(): boolean {
    return this.member.is_being_aggregated;
  }
  /** True if MX never aggregates the member: a manual one (MX's term if the end user maintains it) or a managed one. */
  get isManual(): boolean {
    return isManualMember(this.member);
  }
  get isOauth(): boolean {
    return this.member.is_oauth;
  }
  get isInProgress(): boolean {
    return this.view.isInProgress;
  }
  get backgroundAggregation(): boolean {
    return !this.isManual && !this.member.background_aggregation_is_disabled;
  }
  get aggregatedAt(): string | null {
    const { aggregated_at: time } = this.member;
    return pastTime(time, wallNow()) === null ? null : time;
  }
  get successfullyAggregatedAt(): string | null {
    const { successfully_aggregated_at: time } = this.member;
    return pastTime(time, wallNow()) === null ? null : time;
  }
  get freshness(): Freshness | null {
    return this.state.freshness ?? null;
  }
  get freshUntil(): Date | null {
    const { dataAt } = this.state;
    return dataAt === undefined ? null : new Date(dataAt + this.#limits.freshMs);
  }
  get staleSince(): Date | null {
    const { dataAt, freshness } = this.state;
    return dataAt === undefined || freshness !== 'STALE' ? null : new Date(dataAt + this.#limits.lateMs);
  }
  get aggregatableAt(): Date | null {
    return aggregatableAt(this.member, wallNow());
  }
  get error(): MemberError | null {
    return memberErrorOf(this.member.error);
  }
}

/** The members of one user by guid, in MX's order. */
export interface ObservedMembers extends ReadonlyMap<string, ObservedMember> {
  /** True if there is no such member. False for any other guid if MX's list was not whole. */
  isAbsent(memberGuid: string): boolean;
  /** Indexes of the rows of MX's list that could not be read, and so may be members that are missing here. */
  readonly unreadableRows: readonly number[];
  /** False if MX's list may have omitted members. */
  readonly isWhole: boolean;
}

/** The members of a list of MX, and of earlier lists as far as this one says nothing about them. */
export class MemberList extends Map<string, ObservedMember> implements ObservedMembers {
  readonly unreadableRows: readonly number[];
  /** Deleted by a mutation. */
  readonly #deleted: ReadonlyMap<string, unknown>;
  readonly isWhole: boolean;

  constructor(list: {
    readonly isWhole: boolean;
    readonly unreadableRows: readonly number[];
    readonly deleted: ReadonlyMap<string, unknown>;
  }) {
    super();
    this.unreadableRows = list.unreadableRows;
    this.isWhole = list.isWhole;
    this.#deleted = list.deleted;
  }

  isAbsent(memberGuid: string): boolean {
    return !this.has(memberGuid) && (this.isWhole || this.#deleted.has(memberGuid));
  }
}

/** The states of all members by guid. */
export function statesOf(members: ObservedMembers): ReadonlyMap<string, MemberState> {
  const states = new Map<string, MemberState>();
  for (const [guid, { state }] of members) states.set(guid, state);
  return states;
}

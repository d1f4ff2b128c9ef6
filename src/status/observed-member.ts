import { wallNow } from '../clock.js';
import type { MxMember } from '../mx/types.js';
import type { MemberState } from './change.js';
import { memberErrorOf } from './member-error.js';
import type { MemberError } from './member-error.js';
import { interpretMember } from './status.js';
import type {
  ActionStep,
  ConnectionPhase,
  ConnectionStatus,
  ConnectionStatusRow,
  MemberView,
  Party,
  RequiredAction,
} from './status.js';
import { nextAttemptAt } from './throttle.js';

/**
 * A member as MX sent it, its user, when it was read, and its interpretation. The properties are named like the fields
 * of the GraphQL type, so that most fields need no resolver: a single response has hundreds of them.
 */
export class ObservedMember {
  readonly view: MemberView;

  /** @param observedMs when the member was read from MX, on the clock of reads */
  constructor(
    readonly userGuid: string,
    readonly member: MxMember,
    readonly observedMs: number,
  ) {
    this.view = interpretMember(member);
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
    return this.view.row.phase;
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
    return this.member.is_manual || !this.member.is_managed_by_user;
  }
  get isOauth(): boolean {
    return this.member.is_oauth;
  }
  get aggregatedAt(): string | null {
    return this.member.aggregated_at;
  }
  get successfullyAggregatedAt(): string | null {
    return this.member.successfully_aggregated_at;
  }
  get nextAttemptAt(): Date | null {
    return nextAttemptAt(this.member, wallNow());
  }
  get error(): MemberError | null {
    return memberErrorOf(this.member.error);
  }
}

/** The state of a member that is compared to detect changes. */
export function stateOf({ member }: ObservedMember): MemberState {
  return {
    status: member.connection_status,
    isBeingAggregated: member.is_being_aggregated,
    isOauth: member.is_oauth,
  };
}

/** The members of one user by guid, in MX's order. */
export interface ObservedMembers extends ReadonlyMap<string, ObservedMember> {
  /** True if there is no such member. False for any other guid if MX's list was not whole. */
  isAbsent(memberGuid: string): boolean;
  /** False if MX's list may have omitted members. */
  readonly isWhole: boolean;
}

/** The members of a list of MX, and of earlier lists as far as this one says nothing about them. */
export class MemberList extends Map<string, ObservedMember> implements ObservedMembers {
  /** Deleted by a mutation. */
  readonly #deleted: ReadonlyMap<string, unknown>;
  readonly isWhole: boolean;

  constructor(list: { readonly isWhole: boolean; readonly deleted: ReadonlyMap<string, unknown> }) {
    super();
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
  for (const [guid, member] of members) states.set(guid, stateOf(member));
  return states;
}

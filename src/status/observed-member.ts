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
 * A member as MX sent it, whose it is, when MX was asked, and how it reads. Its properties have the names of the
 * graph's fields, so that a field that needs nothing else needs no resolver: a page has hundreds of them.
 */
export class ObservedMember {
  readonly view: MemberView;

  /** @param observedMs when MX was asked, in milliseconds since 1970 */
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
  /** MX calls it manual when the end user keeps it, and managed when the partner does. */
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
  get observedAt(): Date {
    return new Date(this.observedMs);
  }
  get nextAttemptAt(): Date | null {
    return nextAttemptAt(this.member, Date.now());
  }
  get error(): MemberError | null {
    return memberErrorOf(this.member.error);
  }
}

/** What of a member counts when its changes are told. */
export function stateOf({ member }: ObservedMember): MemberState {
  return {
    status: member.connection_status,
    isBeingAggregated: member.is_being_aggregated,
    isOauth: member.is_oauth,
  };
}

/** One user's members by guid, in MX's order. */
export type ObservedMembers = ReadonlyMap<string, ObservedMember>;

/** What counts of each member when changes are told, by guid. */
export function statesOf(members: ObservedMembers): ReadonlyMap<string, MemberState> {
  const states = new Map<string, MemberState>();
  for (const [guid, member] of members) states.set(guid, stateOf(member));
  return states;
}

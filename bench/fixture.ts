import { isTerminal, requiredAction, statusRow, userMessage } from './peers/member-view.js';

/** The stub's world: every guid follows from two numbers, so that any process can say what a right answer is. */
export const INSTITUTIONS = [
  { code: 'bench_bank_0', name: 'Bench Bank' },
  { code: 'bench_bank_1', name: 'First Measured Credit Union' },
  { code: 'bench_bank_2', name: 'Median Savings' },
  { code: 'bench_bank_3', name: 'Percentile Trust' },
  { code: 'bench_bank_4', name: 'Bank of Steady State' },
] as const;

/** All 22 words of MX; a page of 25 members shows each of them. */
export const STATUS_WORDS = [
  ...['CONNECTED', 'CHALLENGED', 'DENIED', 'CREATED', 'EXPIRED', 'PREVENTED', 'REJECTED', 'LOCKED'],
  ...['IMPEDED', 'RECONNECTED', 'DEGRADED', 'DISCONNECTED', 'DISCONTINUED', 'CLOSED', 'DELAYED', 'FAILED'],
  ...['UPDATED', 'DISABLED', 'IMPORTED', 'RESUMED', 'IMPAIRED', 'PENDING'],
];

export interface PageMember {
  readonly guid: string;
  readonly name: string;
  readonly connectionStatus: string;
  readonly userMessage?: string | null;
  readonly requiredAction?: string;
  readonly isTerminal?: boolean;
  readonly institution: { readonly name: string };
}

export type PageKind = 'full' | 'short';

export const userDigits = (user: number): string => String(user).padStart(12, '0');
export const userGuid = (user: number): string => `USR-00000000-0000-4000-8000-${userDigits(user)}`;

export const memberGuid = (digits: string, member: number): string =>
  `MBR-${String(member).padStart(8, '0')}-0000-4000-8000-${digits}`;

export const institutionOf = (member: number): (typeof INSTITUTIONS)[number] =>
  INSTITUTIONS[member % INSTITUTIONS.length] ?? INSTITUTIONS[0];

export const statusOf = (member: number): string => STATUS_WORDS[member % STATUS_WORDS.length] ?? 'CONNECTED';

export const isBeingAggregated = (member: number): boolean => member % 6 === 4;

function fullMember(user: number, member: number): PageMember {
  const institution = institutionOf(member);
  const row = statusRow(statusOf(member));
  if (!row) throw new Error(`no row for status ${statusOf(member)}`);
  return {
    guid: memberGuid(userDigits(user), member),
    name: institution.name,
    connectionStatus: statusOf(member),
    userMessage: userMessage(row, institution.name),
    requiredAction: requiredAction(row, isBeingAggregated(member)),
    isTerminal: isTerminal(row, isBeingAggregated(member)),
    institution: { name: institution.name },
  };
}

function shortMember(user: number, member: number): PageMember {
  const { guid, name, connectionStatus, institution } = fullMember(user, member);
  return { guid, name, connectionStatus, institution };
}

/** The right answer to the page of one user. */
export function expectedMembers(user: number, members: number, kind: PageKind): PageMember[] {
  const build = kind === 'full' ? fullMember : shortMember;
  return Array.from({ length: members }, (_, member) => build(user, member));
}

import { describe, expect, it } from 'vitest';

import { interpretMember } from '../../../src/status/status.js';
import type { MemberFields, MemberView } from '../../../src/status/status.js';
import { STATUS_COLUMNS } from '../../support/status-fixtures.js';
import type { StatusColumns } from '../../support/status-fixtures.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const LIMITS = { freshMs: 36 * HOUR_MS, lateMs: 72 * HOUR_MS };

const AGES = [
  { name: 'FRESH', hours: 1 },
  { name: 'LATE', hours: 48 },
  { name: 'STALE', hours: 100 },
] as const;
const CODES = [null, 1000, 1001, 1002, 2001, 2002, 2003, 2004, 2005, 3000, 3001, 3002, 4711];

interface Case {
  readonly columns: StatusColumns;
  readonly isRunning: boolean;
  readonly isOauth: boolean;
  readonly needsCredentials: boolean;
  readonly code: number | null;
  readonly age: (typeof AGES)[number];
}

const BOOLEANS = [false, true];

/** All combinations: 24 statuses × job × OAuth × wanted credentials × 13 error codes × 3 ages. */
function* allCases(): Iterable<Case> {
  for (const columns of STATUS_COLUMNS)
    for (const isRunning of BOOLEANS)
      for (const isOauth of BOOLEANS)
        for (const needsCredentials of BOOLEANS)
          for (const code of CODES)
            for (const age of AGES) yield { columns, isRunning, isOauth, needsCredentials, code, age };
}

function toMember({ columns, isRunning, isOauth, needsCredentials, code, age }: Case): MemberFields {
  return {
    connection_status: columns.status === 'UNKNOWN' ? 'QUARANTINED' : columns.status,
    is_being_aggregated: isRunning,
    is_oauth: isOauth,
    needs_updated_credentials: needsCredentials,
    error: code === null ? null : { error_code: code },
    successfully_aggregated_at: new Date(NOW - age.hours * HOUR_MS).toISOString(),
  };
}

type Decided = Pick<MemberView, 'phase' | 'requiredAction' | 'waitingOn' | 'isTerminal'>;
type Rule = (one: Case) => (Partial<Decided> & { isEvidence?: true }) | null;

const isOneOf = (status: string | null, ...statuses: readonly (string | null)[]) => statuses.includes(status);

const signIn = (isOauth: boolean) => ({
  phase: 'ACTION_REQUIRED' as const,
  requiredAction: isOauth ? ('COMPLETE_OAUTH' as const) : ('UPDATE_CREDENTIALS' as const),
  waitingOn: 'END_USER' as const,
  isTerminal: true,
});

/** The rules of the design, in its order and words, written without a look at the code. */
const RULES: readonly Rule[] = [
  ({ columns, isRunning }) => {
    if (!isRunning) return null;
    if (isOneOf(columns.action, 'ANSWER_CHALLENGE', 'COMPLETE_OAUTH')) return { isTerminal: false };
    if (columns.status === 'CONNECTED') return { isTerminal: false };
    return { requiredAction: 'WAIT', waitingOn: 'MX', isTerminal: false };
  },
  ({ columns: { status } }) =>
    isOneOf(status, null, 'UNKNOWN', 'CHALLENGED', 'PENDING', 'LOCKED', 'DISCONTINUED', 'CLOSED', 'DISABLED')
      ? {}
      : null,
  ({ columns, needsCredentials, isOauth }) => {
    if (!needsCredentials) return null;
    // The status decides the same, and says why.
    if (columns.action === 'UPDATE_CREDENTIALS') return signIn(isOauth);
    return { ...signIn(isOauth), isEvidence: true };
  },
  ({ columns: { status }, code, isOauth }) => {
    if (!isOneOf(status, 'DEGRADED', 'DISCONNECTED', 'FAILED')) return null;
    if (code === 2004 || code === 2005) return { ...signIn(isOauth), isEvidence: true };
    const toUser = { phase: 'ACTION_REQUIRED', waitingOn: 'END_USER', isTerminal: true } as const;
    if (code === 2001 || code === 2002 || code === 2003)
      return { ...toUser, requiredAction: 'AGGREGATE', isEvidence: true };
    if (code === 1002) return { ...toUser, requiredAction: 'VISIT_INSTITUTION', isEvidence: true };
    if (code === 3000 || code === 3001 || code === 3002)
      return status === 'FAILED'
        ? {}
        : {
            phase: 'UNAVAILABLE',
            requiredAction: 'RETRY_LATER',
            waitingOn: 'INSTITUTION',
            isTerminal: true,
            isEvidence: true,
          };
    return null;
  },
  ({ columns: { status }, age }) =>
    status === 'CONNECTED' && age.name === 'STALE'
      ? {
          phase: 'OUT_OF_DATE',
          requiredAction: 'AGGREGATE',
          waitingOn: 'APPLICATION',
          isTerminal: true,
          isEvidence: true,
        }
      : null,
  ({ columns, isOauth }) => ({
    ...(columns.action === 'UPDATE_CREDENTIALS' && isOauth && { requiredAction: 'COMPLETE_OAUTH' as const }),
    ...(isOneOf(columns.status, 'CREATED', 'UPDATED', 'RECONNECTED') && { isTerminal: true }),
  }),
];

function expected(one: Case) {
  const { phase, action, waitingOn, isTerminal } = one.columns;
  const base = { phase, requiredAction: action, waitingOn, isTerminal };
  const decided = RULES.map((rule) => rule(one)).find((result) => result !== null) ?? {};
  const { isEvidence = false, ...rest } = decided;
  const isInProgress = one.isRunning || isOneOf(one.columns.status, 'RESUMED', 'DELAYED');
  return { ...base, ...rest, isInProgress, isEvidence };
}

const toLine = (one: Case) =>
  [
    String(one.columns.status),
    one.isRunning && 'running',
    one.isOauth && 'OAuth',
    one.needsCredentials && 'needs credentials',
    one.code,
    one.age.name,
  ]
    .filter(Boolean)
    .join(' ');

function actual(one: Case) {
  const view = interpretMember(toMember(one), { now: NOW, limits: LIMITS });
  const { phase, requiredAction, waitingOn, isTerminal, isInProgress, sentence } = view;
  return { phase, requiredAction, waitingOn, isTerminal, isInProgress, isEvidence: sentence !== null };
}

describe('the reading of a member', () => {
  it('follows the rules of the design for all combinations', () => {
    const cases = [...allCases()];
    expect(cases).toHaveLength(24 * 2 * 2 * 2 * 13 * 3);
    const wrong = cases.flatMap((one) => {
      const [is, should] = [JSON.stringify(actual(one)), JSON.stringify(expected(one))];
      const sorted = (json: string) => JSON.stringify(Object.entries(JSON.parse(json) as object).sort());
      return sorted(is) === sorted(should) ? [] : [`${toLine(one)}: ${is} instead of ${should}`];
    });
    expect(wrong).toEqual([]);
  });

  it('ends the steps of each action with one that fits it', () => {
    for (const one of allCases()) {
      const { requiredAction, actionSteps } = interpretMember(toMember(one), { now: NOW, limits: LIMITS });
      if (requiredAction === 'UPDATE_CREDENTIALS') expect(actionSteps).toContain('UPDATE_CREDENTIALS');
      if (requiredAction === 'COMPLETE_OAUTH') expect(actionSteps).toContain('REDIRECT_TO_OAUTH');
      if (requiredAction === 'COMPLETE_OAUTH') expect(actionSteps).not.toContain('UPDATE_CREDENTIALS');
      if (requiredAction === 'AGGREGATE') expect(actionSteps).toContain('AGGREGATE');
    }
  });

  it.each([
    ['a manual member', { is_manual: true }],
    ['a member that a partner manages', { is_managed_by_user: false }],
  ])('never finds the data of %s out of date', (_, fields) => {
    const member = { connection_status: 'CONNECTED', successfully_aggregated_at: '2020-01-01T00:00:00Z' };
    expect(interpretMember({ ...member, ...fields }).phase).toBe('CONNECTED');
    expect(interpretMember(member).phase).toBe('OUT_OF_DATE');
  });
});

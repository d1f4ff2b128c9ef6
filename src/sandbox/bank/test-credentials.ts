import { findInstitution } from '../model/institutions.js';
import type { ChallengeKind } from '../model/challenges.js';
import type { Member } from '../model/state.js';

/** The bank's response to a login or to an answer. */
export type Outcome =
  { kind: 'connect' } | { kind: 'challenge'; ask: ChallengeKind } | { kind: 'fail'; status: string };

const CONNECT: Outcome = { kind: 'connect' };
const fail = (status: string): Outcome => ({ kind: 'fail', status });
const ask = (kind: ChallengeKind): Outcome => ({ kind: 'challenge', ask: kind });

/** MX Bank's special passwords. They are case-sensitive. Any other password connects. */
export const PASSWORD_OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['challenge', ask('TEXT')],
  ['options', ask('OPTIONS')],
  ['image', ask('IMAGE_DATA')],
  ['BAD_REQUEST', fail('FAILED')],
  ['UNAUTHORIZED', fail('DENIED')],
  ['INVALID', fail('DENIED')],
  ['LOCKED', fail('LOCKED')],
  ['DISABLED', fail('DENIED')],
  ['SERVER_ERROR', fail('FAILED')],
  ['UNAVAILABLE', fail('FAILED')],
]);

/** MX Bank's special answers. Any other answer is wrong. `again` asks the same kind of question again. */
export const ANSWER_OUTCOMES: ReadonlyMap<string, Outcome | 'again'> = new Map<string, Outcome | 'again'>([
  ['correct', CONNECT],
  ['challenge', 'again'],
  ['DISABLED', fail('DENIED')],
  ['SERVER_ERROR', fail('FAILED')],
  ['UNAVAILABLE', fail('FAILED')],
]);

/** The bank's response to a member's login. MX does not try a login that needs new credentials. */
export function loginOutcome(member: Member): Outcome {
  if (member.needsUpdatedCredentials && member.status !== null) return fail(member.status);
  const fields = findInstitution(member.institutionCode)?.credentials ?? [];
  const password = fields.find((field) => field.field_name === 'PASSWORD');
  const value = password && member.credentials[password.guid];
  return (value !== undefined && PASSWORD_OUTCOMES.get(value)) || CONNECT;
}

/** The bank's response to the answers, in the order of the questions. The first wrong answer decides. */
export function answerOutcome(answers: readonly string[], kind: ChallengeKind): Outcome {
  for (const answer of answers) {
    const outcome = ANSWER_OUTCOMES.get(answer) ?? fail('REJECTED');
    if (outcome === 'again') return ask(kind);
    if (outcome.kind !== 'connect') return outcome;
  }
  return CONNECT;
}

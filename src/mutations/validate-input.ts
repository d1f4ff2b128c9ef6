import type { MxChallengeAnswer } from '../mx/types.js';
import type { UserError, UserErrorCode } from './mutation.js';

/** What of the input is checked, and what its faults are called. */
interface Subject {
  /** The name of the list in the input. */
  readonly list: string;
  readonly missing: UserErrorCode;
  readonly unknown: UserErrorCode;
}

const CREDENTIALS: Subject = {
  list: 'credentials',
  missing: 'CREDENTIALS_MISSING',
  unknown: 'CREDENTIALS_UNKNOWN',
};
const ANSWERS: Subject = { list: 'answers', missing: 'ANSWERS_MISSING', unknown: 'CHALLENGE_UNKNOWN' };

interface Wanted {
  readonly guid: string;
  readonly label: string | null;
}

function repeated(given: readonly MxChallengeAnswer[]): ReadonlySet<number> {
  const seen = new Set<string>();
  return new Set(given.flatMap(({ guid }, index) => (seen.size < seen.add(guid).size ? [] : [index])));
}

/** Holds values against what is asked for: every one there, none besides, none twice. Speaks of guids and labels only. */
function validateValues(
  wanted: readonly Wanted[],
  given: readonly MxChallengeAnswer[],
  subject: Subject,
): UserError[] {
  const twice = repeated(given);
  const strangers = given.flatMap(({ guid }, index): UserError[] => {
    const path = ['input', subject.list, String(index), 'guid'];
    if (!wanted.some((one) => one.guid === guid)) {
      return [{ code: subject.unknown, message: 'Nothing is asked for under this guid.', path }];
    }
    return twice.has(index) ? [{ code: subject.unknown, message: 'This guid was given before.', path }] : [];
  });
  const missing = wanted
    .filter((one) => !given.some(({ guid, value }) => guid === one.guid && value !== ''))
    .map((one): UserError => ({
      code: subject.missing,
      message: `A value is missing for ${JSON.stringify(one.label ?? one.guid)} (${one.guid}).`,
      path: ['input', subject.list],
    }));
  return [...strangers, ...missing];
}

/** What is wrong with credentials, held against the fields that the institution asks for. */
export function validateCredentials(
  fields: readonly Wanted[],
  given: readonly MxChallengeAnswer[],
): UserError[] {
  return validateValues(fields, given, CREDENTIALS);
}

/** What is wrong with answers, held against the challenges that are pending. */
export function validateAnswers(
  challenges: readonly Wanted[],
  given: readonly MxChallengeAnswer[],
): UserError[] {
  return validateValues(challenges, given, ANSWERS);
}

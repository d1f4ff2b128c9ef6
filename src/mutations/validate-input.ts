import type { MxChallengeAnswer } from '../mx/types.js';
import type { UserError, UserErrorCode } from './mutation.js';

/** An array of the input, and the codes of its errors. */
interface Subject {
  /** Name of the array in the input. */
  readonly name: string;
  readonly missing: UserErrorCode;
  readonly unknown: UserErrorCode;
}

const CREDENTIALS: Subject = {
  name: 'credentials',
  missing: 'CREDENTIALS_MISSING',
  unknown: 'CREDENTIALS_UNKNOWN',
};
const ANSWERS: Subject = { name: 'answers', missing: 'ANSWERS_MISSING', unknown: 'CHALLENGE_UNKNOWN' };

interface ExpectedField {
  readonly guid: string;
  readonly label: string | null;
}

function findDuplicates(given: readonly MxChallengeAnswer[]): ReadonlySet<number> {
  const seen = new Set<string>();
  return new Set(given.flatMap(({ guid }, index) => (seen.size < seen.add(guid).size ? [] : [index])));
}

/** Checks that each expected field has exactly one value. Messages contain guids and labels, never the values. */
function validateValues(
  expected: readonly ExpectedField[],
  given: readonly MxChallengeAnswer[],
  subject: Subject,
): UserError[] {
  const twice = findDuplicates(given);
  const unknown = given.flatMap(({ guid }, index): UserError[] => {
    const path = ['input', subject.name, String(index), 'guid'];
    if (!expected.some((one) => one.guid === guid)) {
      return [{ code: subject.unknown, message: 'No value is expected for this guid.', path }];
    }
    return twice.has(index)
      ? [{ code: subject.unknown, message: 'This guid occurs more than once.', path }]
      : [];
  });
  const missing = expected
    .filter((one) => !given.some(({ guid, value }) => guid === one.guid && value !== ''))
    .map((one): UserError => ({
      code: subject.missing,
      message: `A value is missing for ${JSON.stringify(one.label ?? one.guid)} (${one.guid}).`,
      path: ['input', subject.name],
    }));
  return [...unknown, ...missing];
}

/** Validates credentials against the fields that the institution requires. */
export function validateCredentials(
  fields: readonly ExpectedField[],
  given: readonly MxChallengeAnswer[],
): UserError[] {
  return validateValues(fields, given, CREDENTIALS);
}

/** Validates answers against the pending challenges. */
export function validateAnswers(
  challenges: readonly ExpectedField[],
  given: readonly MxChallengeAnswer[],
): UserError[] {
  return validateValues(challenges, given, ANSWERS);
}

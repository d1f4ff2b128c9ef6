import type { MxChallengeAnswer } from '../mx/types.js';
import type { PlainUserError } from './mutation.js';

/** An array of the input, and the codes of its errors. */
interface Subject {
  /** Path of the array in the input. */
  readonly path: readonly string[];
  readonly missing: PlainUserError['code'];
  readonly unknown: PlainUserError['code'];
}

const ANSWERS: Subject = {
  path: ['input', 'answers'],
  missing: 'ANSWERS_MISSING',
  unknown: 'CHALLENGE_UNKNOWN',
};

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
  { path: arrayPath, missing: missingCode, unknown: unknownCode }: Subject,
): PlainUserError[] {
  const twice = findDuplicates(given);
  const unknown = given.flatMap(({ guid }, index): PlainUserError[] => {
    const path = [...arrayPath, String(index), 'guid'];
    if (!expected.some((one) => one.guid === guid)) {
      return [{ code: unknownCode, message: 'No value is expected for this guid.', path }];
    }
    return twice.has(index) ? [{ code: unknownCode, message: 'This guid occurs more than once.', path }] : [];
  });
  const missing = expected
    .filter((one) => !given.some(({ guid, value }) => guid === one.guid && value !== ''))
    .map((one): PlainUserError => ({
      code: missingCode,
      message: `A value is missing for ${JSON.stringify(one.label ?? one.guid)} (${one.guid}).`,
      path: arrayPath,
    }));
  return [...unknown, ...missing];
}

/** Validates credentials against the fields that the institution requires. `path` is that of the credentials. */
export function validateCredentials(
  fields: readonly ExpectedField[],
  given: readonly MxChallengeAnswer[],
  path: readonly string[],
): PlainUserError[] {
  return validateValues(fields, given, {
    path,
    missing: 'CREDENTIALS_MISSING',
    unknown: 'CREDENTIALS_UNKNOWN',
  });
}

/** Validates answers against the pending challenges. */
export function validateAnswers(
  challenges: readonly ExpectedField[],
  given: readonly MxChallengeAnswer[],
): PlainUserError[] {
  return validateValues(challenges, given, ANSWERS);
}

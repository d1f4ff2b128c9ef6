import { discPng } from './challenge-images.js';
import { newGuid } from '../guid.js';

export const CHALLENGE_KINDS = [
  'TEXT',
  'OPTIONS',
  'IMAGE_DATA',
  'IMAGE_OPTIONS',
  'TOKEN',
  'SEVERAL',
] as const;

/** Kind of a set of challenges. SEVERAL asks two questions at once. */
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

export interface ChallengeOption {
  guid: string;
  label: string;
  value: string;
  data_uri?: string;
}

export interface Challenge {
  guid: string;
  /** MX's API reference shows a string, but one of its guides shows a number. */
  type: string | number;
  label: string;
  field_name: string;
  image_data?: string;
  options?: ChallengeOption[];
  image_options?: ChallengeOption[];
}

/** The types as numbers, for members with `integerTypes`. */
const TYPE_NUMBERS: Readonly<Record<string, number>> = {
  TEXT: 0,
  OPTIONS: 2,
  TOKEN: 12,
  IMAGE_DATA: 13,
  IMAGE_OPTIONS: 14,
};

function option(value: string, image?: string): ChallengeOption {
  const plain = { guid: newGuid('CRD'), label: value, value };
  return image === undefined ? plain : { ...plain, data_uri: `data:image/png;base64,${image}` };
}

type Question = Omit<Challenge, 'guid' | 'field_name'>;

const QUESTIONS: Readonly<Record<Exclude<ChallengeKind, 'SEVERAL'>, () => Question>> = {
  TEXT: () => ({ type: 'TEXT', label: 'What city were you born in?' }),
  OPTIONS: () => ({
    type: 'OPTIONS',
    label: 'Which of these is yours?',
    options: ['correct', 'incorrect', 'challenge'].map((value) => option(value)),
  }),
  IMAGE_DATA: () => ({
    type: 'IMAGE_DATA',
    label: 'What does the picture show?',
    image_data: discPng([38, 98, 184]),
  }),
  IMAGE_OPTIONS: () => ({
    type: 'IMAGE_OPTIONS',
    label: 'Which picture did you choose?',
    image_options: [option('correct', discPng([26, 127, 90])), option('incorrect', discPng([176, 50, 50]))],
  }),
  TOKEN: () => ({ type: 'TOKEN', label: '314 159' }),
};

function createChallenge(kind: Exclude<ChallengeKind, 'SEVERAL'>, numeric: boolean): Challenge {
  const question = QUESTIONS[kind]();
  const guid = newGuid('CRD');
  return { guid, field_name: guid, ...question, type: numeric ? (TYPE_NUMBERS[kind] ?? 0) : kind };
}

/** Creates the questions of a kind. Each call gives them new guids. */
export function createChallenges(kind: ChallengeKind, numeric: boolean): Challenge[] {
  if (kind !== 'SEVERAL') return [createChallenge(kind, numeric)];
  return [createChallenge('TEXT', numeric), createChallenge('OPTIONS', numeric)];
}

/** The kind that a set of challenges was created from. */
export function kindOf(challenges: readonly Challenge[]): ChallengeKind {
  if (challenges.length > 1) return 'SEVERAL';
  const type = challenges[0]?.type;
  return CHALLENGE_KINDS.find((kind) => kind === type || TYPE_NUMBERS[kind] === type) ?? 'TEXT';
}

/** Resolves an answer to a value. An option can be given by its guid, label or value. */
export function expectedAnswer(challenge: Challenge, value: string): string {
  const options = challenge.options ?? challenge.image_options ?? [];
  const chosen = options.find(({ guid, label, value: own }) => [guid, label, own].includes(value));
  return chosen?.value ?? value;
}

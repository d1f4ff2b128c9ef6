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

/** A sort of questioning; SEVERAL asks two questions at once. */
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

export interface ChallengeOption {
  guid: string;
  label: string;
  value: string;
  data_uri?: string;
}

export interface Challenge {
  guid: string;
  /** MX's documents show a word; one of its guides shows a number. */
  type: string | number;
  label: string;
  field_name: string;
  image_data?: string;
  options?: ChallengeOption[];
  image_options?: ChallengeOption[];
}

/** Where the type is sent as a number, this is it. */
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

function ask(kind: Exclude<ChallengeKind, 'SEVERAL'>, numeric: boolean): Challenge {
  const question = QUESTIONS[kind]();
  const guid = newGuid('CRD');
  return { guid, field_name: guid, ...question, type: numeric ? (TYPE_NUMBERS[kind] ?? 0) : kind };
}

/** New questions of a kind, under new guids every time. */
export function createChallenges(kind: ChallengeKind, numeric: boolean): Challenge[] {
  if (kind !== 'SEVERAL') return [ask(kind, numeric)];
  return [ask('TEXT', numeric), ask('OPTIONS', numeric)];
}

/** The kind of questioning a set of questions came from. */
export function kindOf(challenges: readonly Challenge[]): ChallengeKind {
  if (challenges.length > 1) return 'SEVERAL';
  const type = challenges[0]?.type;
  return CHALLENGE_KINDS.find((kind) => kind === type || TYPE_NUMBERS[kind] === type) ?? 'TEXT';
}

/** An option may be named by its guid, its label or its value: they all mean its value. */
export function expectedAnswer(challenge: Challenge, value: string): string {
  const options = challenge.options ?? challenge.image_options ?? [];
  const chosen = options.find((one) => one.guid === value || one.label === value || one.value === value);
  return chosen?.value ?? value;
}

import { messageFor, needsInstitutionName } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import { DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION } from './sentence.js';
import type { Sentence } from './sentence.js';

/** The messages for end users in one language. */
export interface Catalogue {
  readonly locale: string;
  /** Replacement for the institution's name if MX has none. */
  readonly nameless: string;
  /** Returns true if the message of the row contains the institution's name. */
  readonly needsInstitutionName: (row: StatusRow) => boolean;
  /** Returns the message of the row with the institution's name filled in; null if the status table has none. */
  readonly sentence: (row: StatusRow, institutionName: string) => string | null;
}

/** The messages of a catalogue file by key: MX's statuses, and `institution` for the replacement of a missing name. */
export type Texts = ReadonlyMap<string, Sentence>;

/** The English catalogue: the status table itself. It needs no parsing, and most requests use it. */
export const ENGLISH: Catalogue = {
  locale: DEFAULT_LOCALE,
  nameless: 'your institution',
  needsInstitutionName,
  sentence: messageFor,
};

/** Creates the catalogue of a locale. Messages that are missing are taken from the status table. */
export function createCatalogue(locale: string, texts: Texts): Catalogue {
  if (texts.size === 0) return { ...ENGLISH, locale };
  const findMessage = ({ status }: StatusRow) => (status === null ? undefined : texts.get(status));
  return {
    locale,
    nameless: texts.get(INSTITUTION)?.say('') ?? ENGLISH.nameless,
    needsInstitutionName: (row) => findMessage(row)?.namesInstitution ?? ENGLISH.needsInstitutionName(row),
    sentence: (row, name) => findMessage(row)?.say(name) ?? ENGLISH.sentence(row, name),
  };
}

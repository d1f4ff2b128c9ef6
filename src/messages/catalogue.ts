import { messageFor, needsInstitutionName } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import { DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION } from './sentence.js';
import type { Sentence } from './sentence.js';

/** The end user's sentences in one language. */
export interface Catalogue {
  readonly locale: string;
  /** What stands in a sentence where an institution has no name at MX. */
  readonly nameless: string;
  /** True where the sentence cannot be said without the institution's name. */
  readonly needsInstitutionName: (row: StatusRow) => boolean;
  /** Null where the status table has no sentence. */
  readonly sentence: (row: StatusRow, institutionName: string) => string | null;
}

/** The sentences of a language by their keys: the words of MX, and `institution` for one without a name. */
export type Texts = ReadonlyMap<string, Sentence>;

/** The status table itself, word for word: most of what is asked for, and no work but that of the table. */
export const ENGLISH: Catalogue = {
  locale: DEFAULT_LOCALE,
  nameless: 'your institution',
  needsInstitutionName,
  sentence: messageFor,
};

/** The sentences of a catalogue file, and the table's where it has none. */
export function createCatalogue(locale: string, texts: Texts): Catalogue {
  if (texts.size === 0) return { ...ENGLISH, locale };
  const find = ({ status }: StatusRow) => (status === null ? undefined : texts.get(status));
  return {
    locale,
    nameless: texts.get(INSTITUTION)?.say('') ?? ENGLISH.nameless,
    needsInstitutionName: (row) => find(row)?.namesInstitution ?? ENGLISH.needsInstitutionName(row),
    sentence: (row, name) => find(row)?.say(name) ?? ENGLISH.sentence(row, name),
  };
}

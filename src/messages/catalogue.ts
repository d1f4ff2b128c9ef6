import { messageFor, needsInstitutionName } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import { DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION } from './message.js';
import type { Message } from './message.js';
import { englishNeedsInstitutionName, englishText } from './texts.js';
import type { TextKey } from './texts.js';

export type { TextKey } from './texts.js';

/** The messages for end users in one language. */
export interface Catalogue {
  readonly locale: string;
  /** Replacement for the institution's name if MX has none. */
  readonly fallbackName: string;
  /** Returns true if the message of the row contains the institution's name. */
  readonly needsInstitutionName: (row: StatusRow) => boolean;
  /** Returns the message of the row with the institution's name filled in; null if the status table has none. */
  readonly format: (row: StatusRow, institutionName: string) => string | null;
  /** Returns true if the text contains the institution's name. */
  readonly textNeedsInstitutionName: (key: TextKey) => boolean;
  /** Returns the text with the institution's name filled in. Most texts do not contain it, and need none. */
  readonly text: (key: TextKey, institutionName?: string) => string;
}

/** The messages of a catalogue file by key: MX's statuses, the keys of texts, and `institution` for a missing name. */
export type MessageMap = ReadonlyMap<string, Message>;

/** The English catalogue: the status table and the texts. It needs no parsing, and most requests use it. */
export const ENGLISH: Catalogue = {
  locale: DEFAULT_LOCALE,
  fallbackName: 'your institution',
  needsInstitutionName,
  format: messageFor,
  textNeedsInstitutionName: englishNeedsInstitutionName,
  text: englishText,
};

/** Creates the catalogue of a locale. Messages that are missing are taken from the English one. */
export function createCatalogue(locale: string, messages: MessageMap): Catalogue {
  if (messages.size === 0) return { ...ENGLISH, locale };
  const findMessage = ({ status }: StatusRow) => (status === null ? undefined : messages.get(status));
  return {
    locale,
    fallbackName: messages.get(INSTITUTION)?.format('') ?? ENGLISH.fallbackName,
    needsInstitutionName: (row) => findMessage(row)?.hasInstitution ?? ENGLISH.needsInstitutionName(row),
    format: (row, name) => findMessage(row)?.format(name) ?? ENGLISH.format(row, name),
    textNeedsInstitutionName: (key) =>
      messages.get(key)?.hasInstitution ?? ENGLISH.textNeedsInstitutionName(key),
    text: (key, name = '') => messages.get(key)?.format(name) ?? ENGLISH.text(key, name),
  };
}

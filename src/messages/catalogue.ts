import { messageFor, needsInstitutionName } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import { DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION } from './message.js';
import type { Message } from './message.js';

/** The messages for end users in one language. */
export interface Catalogue {
  readonly locale: string;
  /** Replacement for the institution's name if MX has none. */
  readonly fallbackName: string;
  /** Returns true if the message of the row contains the institution's name. */
  readonly needsInstitutionName: (row: StatusRow) => boolean;
  /** Returns the message of the row with the institution's name filled in; null if the status table has none. */
  readonly format: (row: StatusRow, institutionName: string) => string | null;
}

/** The messages of a catalogue file by key: MX's statuses, and `institution` for the replacement of a missing name. */
export type MessageMap = ReadonlyMap<string, Message>;

/** The English catalogue: the status table itself. It needs no parsing, and most requests use it. */
export const ENGLISH: Catalogue = {
  locale: DEFAULT_LOCALE,
  fallbackName: 'your institution',
  needsInstitutionName,
  format: messageFor,
};

/** Creates the catalogue of a locale. Messages that are missing are taken from the status table. */
export function createCatalogue(locale: string, messages: MessageMap): Catalogue {
  if (messages.size === 0) return { ...ENGLISH, locale };
  const findMessage = ({ status }: StatusRow) => (status === null ? undefined : messages.get(status));
  return {
    locale,
    fallbackName: messages.get(INSTITUTION)?.format('') ?? ENGLISH.fallbackName,
    needsInstitutionName: (row) => findMessage(row)?.hasInstitution ?? ENGLISH.needsInstitutionName(row),
    format: (row, name) => findMessage(row)?.format(name) ?? ENGLISH.format(row, name),
  };
}

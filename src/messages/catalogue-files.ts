import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { needsInstitutionName, STATUS_TABLE } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import type { MessageMap } from './catalogue.js';
import { canonicalTag, DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION, parseMessage } from './message.js';
import type { PlaceholderRule, Message } from './message.js';
import { englishNeedsInstitutionName, isTextKey, keysOfSameGroup, mayNeedInstitutionName } from './texts.js';
import type { TextKey } from './texts.js';

/** The catalogues of a folder by locale, and the errors in its files. */
export interface CatalogueFiles {
  readonly byLocale: ReadonlyMap<string, MessageMap>;
  /** Each error contains the file, the key if it is about one, and what was expected. */
  readonly errors: readonly string[];
}

const rows: readonly StatusRow[] = STATUS_TABLE;
const ROW_BY_STATUS: ReadonlyMap<string | null, StatusRow> = new Map(rows.map((row) => [row.status, row]));
const SUFFIX = '.json';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'an error';

function placeholderRuleOfText(key: TextKey): PlaceholderRule {
  if (englishNeedsInstitutionName(key)) return 'must';
  return mayNeedInstitutionName(key) ? 'may' : 'never';
}

function unknownKey(key: string): { error: string } {
  const keys = keysOfSameGroup(key);
  if (keys.length > 0) return { error: `must be one of ${keys.join(', ')}` };
  return {
    error: `must be a status of the status table, a text such as label.CONNECTED, or "${INSTITUTION}"`,
  };
}

/** Whether the message of this key needs the institution's name, or an error if the key may not have a message. */
function placeholderRuleOf(key: string): { rule: PlaceholderRule } | { error: string } {
  if (key === INSTITUTION) return { rule: 'never' };
  if (isTextKey(key)) return { rule: placeholderRuleOfText(key) };
  const row = ROW_BY_STATUS.get(key);
  if (!row) return unknownKey(key);
  if (row.message === null) return { error: 'must be omitted because this status has no message' };
  return { rule: needsInstitutionName(row) ? 'must' : 'may' };
}

/** Parses the messages of a file. Invalid ones are reported and left out. */
function parseMessages(json: object, locale: string, fail: (error: string) => void): MessageMap {
  const messages = new Map<string, Message>();
  for (const [key, source] of Object.entries(json) as [string, unknown][]) {
    const expected = placeholderRuleOf(key);
    const parsed = 'error' in expected ? expected : parseMessage(source, expected.rule, locale);
    if ('error' in parsed) fail(`${key}: ${parsed.error}`);
    else messages.set(key, parsed.message);
  }
  return messages;
}

/** Reads the JSON object of a file. Errors do not repeat its contents, because it may not be a catalogue at all. */
function readJson(path: string, fail: (error: string) => void): object {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
    fail('must be a JSON object that maps statuses and texts to messages');
  } catch (error) {
    fail(
      error instanceof SyntaxError ? 'is not valid JSON' : `must be a readable file; got ${codeOf(error)}`,
    );
  }
  return {};
}

/** Returns the locale that a file is named after. Null if its name is not a language tag. */
function localeOf(file: string, fail: (error: string) => void): string | null {
  const tag = canonicalTag(file.slice(0, -SUFFIX.length));
  // Longer words can be valid tags, but no registered language has one: such a file is something else.
  if (tag === null || !/^[a-z]{2,3}(-|$)/.test(tag)) {
    fail('must be named after a BCP 47 language tag, such as es.json or fr-CA.json');
    return null;
  }
  const { baseName } = new Intl.Locale(tag);
  if (file === `${baseName}${SUFFIX}`) return tag;
  fail(`must be named ${baseName}${SUFFIX}`);
  return null;
}

/** Ignores hidden files, e.g. of an editor or a volume mount, and files of other types, e.g. a README. */
const isCatalogue = (file: string) => !file.startsWith('.') && file.toLowerCase().endsWith(SUFFIX);

/** Reads all catalogues of a folder, named `<locale>.json`, and checks them against the status table and the texts. */
export function readCatalogueFiles(folder: string): CatalogueFiles {
  const errors: string[] = [];
  const byLocale = new Map<string, MessageMap>();
  let files: string[];
  try {
    files = readdirSync(folder).filter(isCatalogue).sort();
  } catch (error) {
    return { byLocale, errors: [`must be a readable folder; got ${codeOf(error)}`] };
  }
  for (const file of files) {
    const fail = (error: string) => void errors.push(`${file}: ${error}`);
    const locale = localeOf(file, fail);
    const messages = parseMessages(readJson(join(folder, file), fail), locale ?? DEFAULT_LOCALE, fail);
    if (locale !== null) byLocale.set(locale, messages);
  }
  return { byLocale, errors };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { needsInstitutionName, STATUS_TABLE } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import type { Texts } from './catalogue.js';
import { canonicalTag, DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION, readSentence } from './sentence.js';
import type { Naming, Sentence } from './sentence.js';

/** The catalogues of a folder by locale, and the errors in its files. */
export interface CatalogueFiles {
  readonly texts: ReadonlyMap<string, Texts>;
  /** Each error contains the file, the status if it is about one, and what was expected. */
  readonly faults: readonly string[];
}

const rows: readonly StatusRow[] = STATUS_TABLE;
const ROW_BY_STATUS: ReadonlyMap<string | null, StatusRow> = new Map(rows.map((row) => [row.status, row]));
const SUFFIX = '.json';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'an error';

/** Whether the message of this key needs the institution's name, or an error if the key may not have a message. */
function namingOf(key: string): { naming: Naming } | { fault: string } {
  if (key === INSTITUTION) return { naming: 'never' };
  const row = ROW_BY_STATUS.get(key);
  if (!row) return { fault: `must be a status of the status table or "${INSTITUTION}"` };
  if (row.message === null) return { fault: 'must be omitted because this status has no message' };
  return { naming: needsInstitutionName(row) ? 'must' : 'may' };
}

/** Parses the messages of a file. Invalid ones are reported and left out. */
function parseMessages(json: object, locale: string, fail: (fault: string) => void): Texts {
  const texts = new Map<string, Sentence>();
  for (const [key, text] of Object.entries(json) as [string, unknown][]) {
    const rule = namingOf(key);
    const read = 'fault' in rule ? rule : readSentence(text, rule.naming, locale);
    if ('fault' in read) fail(`${key}: ${read.fault}`);
    else texts.set(key, read.sentence);
  }
  return texts;
}

/** Reads the JSON object of a file. Errors do not repeat its contents, because it may not be a catalogue at all. */
function readJson(path: string, fail: (fault: string) => void): object {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
    fail('must be a JSON object that maps statuses to messages');
  } catch (error) {
    fail(
      error instanceof SyntaxError ? 'is not valid JSON' : `must be a readable file; got ${codeOf(error)}`,
    );
  }
  return {};
}

/** Returns the locale that a file is named after. Null if its name is not a language tag. */
function localeOf(file: string, fail: (fault: string) => void): string | null {
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

/** Reads all catalogues of a folder, named `<locale>.json`, and checks them against the status table. */
export function readCatalogueFiles(folder: string): CatalogueFiles {
  const faults: string[] = [];
  const texts = new Map<string, Texts>();
  let files: string[];
  try {
    files = readdirSync(folder).filter(isCatalogue).sort();
  } catch (error) {
    return { texts, faults: [`must be a readable folder; got ${codeOf(error)}`] };
  }
  for (const file of files) {
    const fail = (fault: string) => void faults.push(`${file}: ${fault}`);
    const locale = localeOf(file, fail);
    const read = parseMessages(readJson(join(folder, file), fail), locale ?? DEFAULT_LOCALE, fail);
    if (locale !== null) texts.set(locale, read);
  }
  return { texts, faults };
}

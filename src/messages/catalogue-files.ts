import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { needsInstitutionName, STATUS_TABLE } from '../status/status.js';
import type { StatusRow } from '../status/status.js';
import type { Texts } from './catalogue.js';
import { canonicalTag, DEFAULT_LOCALE } from './locale.js';
import { INSTITUTION, readSentence } from './sentence.js';
import type { Naming, Sentence } from './sentence.js';

/** The catalogues of a folder by their locales, and all that is wrong with them. */
export interface CatalogueFiles {
  readonly texts: ReadonlyMap<string, Texts>;
  /** Each names its file, its status where it is about one, and what was expected. */
  readonly faults: readonly string[];
}

const rows: readonly StatusRow[] = STATUS_TABLE;
const ROWS: ReadonlyMap<string | null, StatusRow> = new Map(rows.map((row) => [row.status, row]));
const SUFFIX = '.json';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'an error';

/** How a text names the institution, or why there is no place for a text of this key. */
function namingOf(key: string): { naming: Naming } | { fault: string } {
  if (key === INSTITUTION) return { naming: 'never' };
  const row = ROWS.get(key);
  if (!row) return { fault: `must be a status of the status table or "${INSTITUTION}"` };
  if (row.message === null) return { fault: 'must be omitted because this status has no message' };
  return { naming: needsInstitutionName(row) ? 'must' : 'may' };
}

/** The sentences of a file, those that can be used. */
function readTexts(json: object, locale: string, fail: (fault: string) => void): Texts {
  const texts = new Map<string, Sentence>();
  for (const [key, text] of Object.entries(json) as [string, unknown][]) {
    const place = namingOf(key);
    const read = 'fault' in place ? place : readSentence(text, place.naming, locale);
    if ('fault' in read) fail(`${key}: ${read.fault}`);
    else texts.set(key, read.sentence);
  }
  return texts;
}

/** The JSON object of a file. What the file says is not said back: it may be no catalogue at all. */
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

/** The locale that a file is named after; null where its name is not that of one. */
function localeOf(file: string, fail: (fault: string) => void): string | null {
  const tag = canonicalTag(file.slice(0, -SUFFIX.length));
  // Words of more letters can be tags too, but of no language that is registered: they name other files.
  if (tag === null || !/^[a-z]{2,3}(-|$)/.test(tag)) {
    fail('must be named after a BCP 47 language tag, such as es.json or fr-CA.json');
    return null;
  }
  const { baseName } = new Intl.Locale(tag);
  if (file === `${baseName}${SUFFIX}`) return tag;
  fail(`must be named ${baseName}${SUFFIX}`);
  return null;
}

/** Hidden files are those of whoever mounts or edits the folder; others may explain it. */
const isCatalogue = (file: string) => !file.startsWith('.') && file.toLowerCase().endsWith(SUFFIX);

/** Reads all catalogues of a folder, `<locale>.json` each, and checks them against the status table. */
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
    const read = readTexts(readJson(join(folder, file), fail), locale ?? DEFAULT_LOCALE, fail);
    if (locale !== null) texts.set(locale, read);
  }
  return { texts, faults };
}

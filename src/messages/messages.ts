import { fileURLToPath } from 'node:url';

import { LRUCache } from 'lru-cache';

import { SettingsError } from '../config/config.js';
import type { ServerConfig } from '../config/config.js';
import { MAX_HEADER_LENGTH, pickLocale } from './accept-language.js';
import { createCatalogue, ENGLISH } from './catalogue.js';
import type { Catalogue, MessageMap } from './catalogue.js';
import { readCatalogueFiles } from './catalogue-files.js';
import { canonicalTag, DEFAULT_LOCALE, matchLocales } from './locale.js';

export type { Catalogue, TextKey } from './catalogue.js';

/** The built-in catalogues, at the same relative path from `src/messages` and from `dist/messages`. */
const BUILT_IN_FOLDER = fileURLToPath(new URL('../../messages/', import.meta.url));

/** Maximum number of cached tags, and of cached headers. */
const MAX_CACHED = 500;
/** Longer tags are not cached. V8 would keep the whole document in memory that such a substring was cut from. */
const MAX_CACHED_TAG_LENGTH = 12;

/** The messages for end users in all available languages. */
export class Messages {
  /** All available locales, English first. */
  readonly locales: readonly string[];
  readonly #catalogues: ReadonlyMap<string, Catalogue>;
  readonly #byTag = new LRUCache<string, Catalogue>({ max: MAX_CACHED });
  readonly #byHeader = new LRUCache<string, Catalogue>({ max: MAX_CACHED });

  /** @param byLocale the messages by locale; a missing message is taken from the next best locale for its readers */
  constructor(byLocale: ReadonlyMap<string, MessageMap>) {
    const others = [...byLocale.keys()].filter((locale) => locale !== DEFAULT_LOCALE);
    this.locales = [DEFAULT_LOCALE, ...others.sort()];
    this.#catalogues = new Map(this.locales.map((locale) => [locale, this.#catalogueOf(locale, byLocale)]));
  }

  /** Returns the catalogue for a language, English if it is not available. Null if the tag is not valid BCP 47. */
  forLocale(tag: string): Catalogue | null {
    const cached = this.#byTag.get(tag);
    if (cached) return cached;
    const canonical = canonicalTag(tag);
    if (canonical === null) return null;
    const catalogue = this.#get(matchLocales(canonical, this.locales)[0]);
    if (tag.length <= MAX_CACHED_TAG_LENGTH) this.#byTag.set(tag, catalogue);
    return catalogue;
  }

  /** Returns the catalogue for an `Accept-Language` header. Defaults to English, also for an invalid header. */
  forAcceptLanguage(header: string | undefined): Catalogue {
    if (header === undefined) return this.#get(DEFAULT_LOCALE);
    const cached = this.#byHeader.get(header);
    if (cached) return cached;
    const catalogue = this.#get(pickLocale(header, this.locales));
    if (header.length <= MAX_HEADER_LENGTH) this.#byHeader.set(header, catalogue);
    return catalogue;
  }

  #get(locale = DEFAULT_LOCALE): Catalogue {
    return this.#catalogues.get(locale) ?? ENGLISH;
  }

  #catalogueOf(locale: string, byLocale: ReadonlyMap<string, MessageMap>): Catalogue {
    const sources = matchLocales(locale, this.locales);
    if (!sources.includes(DEFAULT_LOCALE)) sources.push(DEFAULT_LOCALE);
    const merged = sources.reverse().flatMap((source) => [...(byLocale.get(source) ?? [])]);
    return createCatalogue(locale, new Map(merged));
  }
}

/** The messages, and the errors in the custom catalogues. Each error contains file, key and what was expected. */
export interface ReadMessages {
  readonly messages: Messages;
  readonly errors: readonly string[];
}

/** Reads the built-in catalogues and overrides them with those of a custom folder. */
export function readMessages(folder: string | null): ReadMessages {
  const builtIn = readCatalogueFiles(BUILT_IN_FOLDER);
  const [error] = builtIn.errors;
  if (error !== undefined) throw new Error(`The messages of this package are invalid: ${error}`);
  const { byLocale, errors } =
    folder === null ? { byLocale: new Map<string, MessageMap>(), errors: [] } : readCatalogueFiles(folder);
  const merged = new Map(builtIn.byLocale);
  for (const [locale, overrides] of byLocale)
    merged.set(locale, new Map([...(builtIn.byLocale.get(locale) ?? []), ...overrides]));
  return { messages: new Messages(merged), errors };
}

/** Loads all messages. Throws a `SettingsError` with all errors in the custom catalogues. */
export function loadMessages({ messagesDir = null }: Pick<ServerConfig, 'messagesDir'>): Messages {
  const { messages, errors } = readMessages(messagesDir);
  if (errors.length > 0) throw new SettingsError(errors.map((error) => `MESSAGES_DIR: ${error}`));
  return messages;
}

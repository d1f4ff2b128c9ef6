import { fileURLToPath } from 'node:url';

import { LRUCache } from 'lru-cache';

import { SettingsError } from '../config/config.js';
import type { ServerConfig } from '../config/config.js';
import { MAX_HEADER_LENGTH, pickLocale } from './accept-language.js';
import { createCatalogue, ENGLISH } from './catalogue.js';
import type { Catalogue, Texts } from './catalogue.js';
import { readCatalogueFiles } from './catalogue-files.js';
import { canonicalTag, DEFAULT_LOCALE, matchesOf } from './locale.js';

export type { Catalogue } from './catalogue.js';

/** Where the project's own catalogues are, at the same distance from `src/messages` and from `dist/messages`. */
const OWN_FOLDER = fileURLToPath(new URL('../../messages/', import.meta.url));

const MAX_KEPT = 500;
/** A longer tag may be a part of the text of a document, all of which it would keep in memory. */
const MAX_KEPT_TAG_LENGTH = 12;

/** The end user's sentences in all languages that there are. */
export class Messages {
  /** English first. */
  readonly locales: readonly string[];
  readonly #catalogues: ReadonlyMap<string, Catalogue>;
  readonly #ofTags = new LRUCache<string, Catalogue>({ max: MAX_KEPT });
  readonly #ofHeaders = new LRUCache<string, Catalogue>({ max: MAX_KEPT });

  /** @param texts those of each locale; what one has not is taken from the next that would serve its readers */
  constructor(texts: ReadonlyMap<string, Texts>) {
    const others = [...texts.keys()].filter((locale) => locale !== DEFAULT_LOCALE);
    this.locales = [DEFAULT_LOCALE, ...others.sort()];
    this.#catalogues = new Map(this.locales.map((locale) => [locale, this.#catalogueOf(locale, texts)]));
  }

  /** The sentences for a reader of a language, English where there are none; null for what is no BCP 47 tag. */
  inLocale(tag: string): Catalogue | null {
    const kept = this.#ofTags.get(tag);
    if (kept) return kept;
    const canonical = canonicalTag(tag);
    if (canonical === null) return null;
    const catalogue = this.#get(matchesOf(canonical, this.locales)[0]);
    if (tag.length <= MAX_KEPT_TAG_LENGTH) this.#ofTags.set(tag, catalogue);
    return catalogue;
  }

  /** The sentences in the language that an `Accept-Language` header asks for; whatever it says, there are some. */
  accepted(header: string | undefined): Catalogue {
    if (header === undefined) return this.#get(DEFAULT_LOCALE);
    const kept = this.#ofHeaders.get(header);
    if (kept) return kept;
    const catalogue = this.#get(pickLocale(header, this.locales));
    if (header.length <= MAX_HEADER_LENGTH) this.#ofHeaders.set(header, catalogue);
    return catalogue;
  }

  #get(locale = DEFAULT_LOCALE): Catalogue {
    return this.#catalogues.get(locale) ?? ENGLISH;
  }

  #catalogueOf(locale: string, texts: ReadonlyMap<string, Texts>): Catalogue {
    const sources = matchesOf(locale, this.locales);
    if (!sources.includes(DEFAULT_LOCALE)) sources.push(DEFAULT_LOCALE);
    const all = sources.reverse().flatMap((source) => [...(texts.get(source) ?? [])]);
    return createCatalogue(locale, new Map(all));
  }
}

/** The sentences, and all that is wrong with a company's own, each naming file, status and what was expected. */
export interface ReadMessages {
  readonly messages: Messages;
  readonly faults: readonly string[];
}

/** Reads the project's catalogues and, over them, those of a company's own folder. */
export function readMessages(folder: string | null): ReadMessages {
  const own = readCatalogueFiles(OWN_FOLDER);
  const [fault] = own.faults;
  if (fault !== undefined) throw new Error(`The messages of this package are invalid: ${fault}`);
  const { texts, faults } =
    folder === null ? { texts: new Map<string, Texts>(), faults: [] } : readCatalogueFiles(folder);
  const all = new Map(own.texts);
  for (const [locale, given] of texts) all.set(locale, new Map([...(own.texts.get(locale) ?? []), ...given]));
  return { messages: new Messages(all), faults };
}

/** The sentences in all languages; throws a `SettingsError` that names all that is wrong with a company's own. */
export function loadMessages({ messagesDir = null }: Pick<ServerConfig, 'messagesDir'>): Messages {
  const { messages, faults } = readMessages(messagesDir);
  if (faults.length > 0) throw new SettingsError(faults.map((fault) => `MESSAGES_DIR: ${fault}`));
  return messages;
}

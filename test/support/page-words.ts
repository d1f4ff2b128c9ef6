import { readFileSync } from 'node:fs';

function catalogueOf(locale: string): Readonly<Record<string, unknown>> {
  const file = new URL(`../../web/messages/${locale}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** What the page says in a language under a key of its catalogue. */
export function wordsIn(locale: string, key: string): string {
  const text = catalogueOf(locale)[key];
  if (typeof text !== 'string') throw new Error(`The page has no text of its own for "${key}".`);
  return text;
}

/** What the page says in English, with values in their places. */
export function wordsOf(key: string, values: Readonly<Record<string, string>> = {}): string {
  return wordsIn('en', key).replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** What a text of the page begins with, as far as it is the same for all values. */
export function beginningOf(key: string): string {
  return wordsOf(key).replace(/\{.*/s, '');
}

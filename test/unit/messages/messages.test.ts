import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { MAX_HEADER_LENGTH, pickLocale } from '../../../src/messages/accept-language.js';
import { ENGLISH } from '../../../src/messages/catalogue.js';
import { canonicalTag, matchLocales } from '../../../src/messages/locale.js';
import { readMessages } from '../../../src/messages/messages.js';
import type { Catalogue } from '../../../src/messages/messages.js';
import { TEXT_KEYS } from '../../../src/messages/texts.js';
import { messageFor, needsInstitutionName, STATUS_TABLE, statusOf } from '../../../src/status/status.js';
import { STATUS_TEXTS } from '../../support/status-fixtures.js';

const { messages, errors } = readMessages(null);
const TRANSLATED = ['es', 'fr-CA'];

function inLocale(tag: string): Catalogue {
  const catalogue = messages.forLocale(tag);
  if (!catalogue) throw new Error(`${tag} is not a language tag.`);
  return catalogue;
}

/** The content of a catalogue file. */
function fileOf(locale: string): Record<string, string> {
  const url = new URL(`../../../messages/${locale}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>;
}

const withMessage = STATUS_TABLE.flatMap(({ status, message }) =>
  status === null || message === null ? [] : [{ status, message }],
);
const ROWS = STATUS_TEXTS.map((text) => ({ ...text, name: String(text.status) }));

it('readMessages finds English, Spanish and Canadian French, English first', () => {
  expect(messages.locales).toEqual(['en', 'es', 'fr-CA']);
  expect(errors).toEqual([]);
});

describe('the English catalogue', () => {
  it.each(ROWS)('has the sentence of the table for $name, word for word', ({ status, message }) => {
    const wanted = message === null ? null : message.split('[…]').join('Harbor Lane');
    expect(inLocale('en').format(statusOf(status), 'Harbor Lane')).toBe(wanted);
    expect(inLocale('en').format(statusOf(status), '[…]')).toBe(message);
  });

  it('uses the status table directly, also for British English and unknown languages', () => {
    for (const catalogue of [
      inLocale('en'),
      inLocale('en-GB'),
      inLocale('de'),
      messages.forAcceptLanguage(undefined),
    ]) {
      expect(catalogue.format).toBe(messageFor);
      expect(catalogue.needsInstitutionName).toBe(needsInstitutionName);
    }
    expect(ENGLISH.fallbackName).toBe('your institution');
  });
});

describe.each(TRANSLATED)('the catalogue %s', (locale) => {
  const catalogue = inLocale(locale);
  const file = fileOf(locale);

  it.each(ROWS)('has a sentence for $name exactly if the table has one', ({ status, message }) => {
    const sentence = catalogue.format(statusOf(status), 'Harbor Lane');
    expect(sentence === null).toBe(message === null);
    if (status !== null) expect(sentence).toBe(file[status]?.replace('{institution}', 'Harbor Lane') ?? null);
  });

  it.each(ROWS)('names the institution for $name exactly if the table does', ({ status, message }) => {
    const isNamed = message?.includes('[…]') ?? false;
    expect(catalogue.needsInstitutionName(statusOf(status))).toBe(isNamed);
    expect(catalogue.format(statusOf(status), 'Harbor Lane')?.includes('Harbor Lane') ?? false).toBe(isNamed);
  });

  it('has no sentence for UNKNOWN, which shows the message of MX', () => {
    expect(catalogue.format(statusOf('QUARANTINED'), 'Harbor Lane')).toBeNull();
  });

  it('translates every sentence and nothing else', () => {
    expect(Object.keys(file)).toEqual([
      'institution',
      ...withMessage.map(({ status }) => status),
      ...TEXT_KEYS,
    ]);
    for (const { status, message } of withMessage) expect(file[status]).not.toBe(message);
    expect(catalogue.fallbackName).toBe(file['institution']);
    expect(catalogue.fallbackName).not.toBe(ENGLISH.fallbackName);
  });

  it('has equal sentences exactly where the table has equal sentences', () => {
    const english = withMessage.map(({ message }) => withMessage.findIndex((row) => row.message === message));
    const translated = withMessage.map(({ status }) =>
      withMessage.findIndex((row) => file[row.status] === file[status]),
    );
    expect(translated).toEqual(english);
  });

  it.each(withMessage)('uses the right punctuation and spacing for $status', ({ status, message }) => {
    const text = file[status] ?? '';
    expect(text.slice(-1)).toBe(message.slice(-1));
    expect(text).not.toMatch(/'|"|\.\.\.| {2}|^\s|\s$|\bMX\b/);
    expect(text).toBe(text.normalize('NFC'));
  });

  it.each([
    '{name}',
    '{',
    '}',
    "O'Hare '{' Bank",
    '#',
    '<b>Bank</b>',
    '$&',
    '[…]',
    '{institution}',
    '',
    '日本銀行 🏦',
    'a\nb',
  ])('inserts the name %j unchanged', (name) => {
    const [before = '', after = ''] = (file['LOCKED'] ?? '').split('{institution}');
    expect(catalogue.format(statusOf('LOCKED'), name)).toBe(`${before}${name}${after}`);
  });
});

describe('a language tag', () => {
  it.each([
    ['en', 'en'],
    ['EN-us', 'en'],
    ['en-GB', 'en'],
    ['es', 'es'],
    ['es-MX', 'es'],
    ['es-419', 'es'],
    ['ES', 'es'],
    ['es-Latn-US-x-home', 'es'],
    ['es-u-co-trad', 'es'],
    ['fr-CA', 'fr-CA'],
    ['fr-ca', 'fr-CA'],
    ['fr', 'fr-CA'],
    ['fr-FR', 'fr-CA'],
    ['fr-Latn-CA', 'fr-CA'],
    ['de', 'en'],
    ['tlh', 'en'],
    ['est', 'en'],
    ['und', 'en'],
    ['zh-Hant-TW', 'en'],
  ])('%s is served in %s', (tag, locale) => {
    expect(inLocale(tag).locale).toBe(locale);
    expect(inLocale(tag)).toBe(inLocale(tag));
  });

  it.each([
    ['empty', ''],
    ['a space', ' '],
    ['one letter', 'e'],
    ['written with an underscore', 'es_MX'],
    ['followed by a hyphen', 'es-'],
    ['preceded by a hyphen', '-es'],
    ['written with a space', 'es MX'],
    ['a list of two', 'es,fr'],
    ['a wildcard', '*'],
    ['a language with a wildcard', 'en-*'],
    ['not ASCII', 'é'],
    ['followed by a null character', 'es\u0000'],
    ['a million characters long', 'x'.repeat(1_000_000)],
  ])('is invalid when it is %s', (_, tag) => {
    expect(messages.forLocale(tag)).toBeNull();
  });

  it.each([
    ['zh-TW', ['zh-Hans', 'zh-Hant'], ['zh-Hant', 'zh-Hans']],
    ['zh', ['zh-Hant', 'zh-Hans'], ['zh-Hans', 'zh-Hant']],
    ['sr-Latn-RS', ['sr', 'sr-Latn'], ['sr-Latn', 'sr']],
    ['pt-BR', ['pt-PT'], ['pt-PT']],
    ['es-MX', ['es', 'es-AR', 'es-MX'], ['es-MX', 'es', 'es-AR']],
    ['en-GB', ['en', 'en-AU', 'en-GB'], ['en-GB', 'en']],
    ['fil', ['fi'], []],
  ])('%s matches, out of %j, in this order: %j', (tag, locales, matches) => {
    expect(matchLocales(tag, locales)).toEqual(matches);
  });

  it('is converted to its canonical form', () => {
    expect(canonicalTag('FR-ca')).toBe('fr-CA');
    expect(canonicalTag('zh-hant-tw')).toBe('zh-Hant-TW');
    expect(canonicalTag('iw')).toBe('he');
  });
});

describe('Accept-Language', () => {
  it.each([
    ['es', 'es'],
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['fr-CA,fr;q=0.9,en-CA;q=0.8', 'fr-CA'],
    ['fr-FR, fr;q=0.9', 'fr-CA'],
    ['en-US,en;q=0.9,es;q=0.8', 'en'],
    ['en;q=0.1, es;q=0.2, fr;q=0.15', 'es'],
    ['es;q=0.5,fr-CA', 'fr-CA'],
    ['es;q=0.5,fr;q=0.5', 'es'],
    ['fr;q=0.5,es;q=0.5', 'fr-CA'],
    ['de,it;q=0.9,es;q=0.1', 'es'],
    ['de, it', 'en'],
    ['*', 'en'],
    ['de, *;q=0.5, es;q=0.1', 'en'],
    ['es, *;q=0.5', 'es'],
    ['en;q=0, *', 'es'],
    ['es;q=0, es-MX', 'en'],
    ['fr;q=0, fr-CA, es;q=0.1', 'es'],
    ['*;q=0', 'en'],
    ['es;q=0', 'en'],
    ['es;q=0.000', 'en'],
    ['es;q=1.000', 'es'],
    ['es;q=0.12345', 'es'],
    ['es ; q=0.8 , fr ; q = 0.9', 'fr-CA'],
    ['ES;Q=0.8', 'es'],
    ['', 'en'],
    [',,,', 'en'],
    [',,es,,', 'es'],
    [';q=1', 'en'],
    ['es;q=2, fr;q=0.1', 'fr-CA'],
    ['es;q=-1', 'en'],
    ['es;q=abc, fr', 'fr-CA'],
    ['es;q=', 'en'],
    ['es;q', 'en'],
    ['es;level=1', 'en'],
    ['es_MX', 'en'],
    ['es-*', 'en'],
    ['*-MX, es', 'es'],
    ['{"es":1}', 'en'],
    ['español', 'en'],
    ['es\u0000', 'en'],
    ['__proto__, constructor, es', 'es'],
    ['<script>', 'en'],
    ['%65%73', 'en'],
  ])('%j selects the catalogue %s', (header, locale) => {
    expect(messages.forAcceptLanguage(header).locale).toBe(locale);
    expect(pickLocale(header, messages.locales)).toBe(locale);
  });

  it('defaults to English', () => {
    expect(messages.forAcceptLanguage(undefined).locale).toBe('en');
  });

  it.each([
    ['the 20th language', `${'de,'.repeat(19)}es`, 'es'],
    ['the 21st language', `${'de,'.repeat(20)}es`, 'en'],
    ['a language after 1,000 characters', `${'de,'.repeat(333)}es`, 'en'],
    ['a language before 1,000 characters', `es,${'de,'.repeat(333)}`, 'es'],
    ['a tag of 1,000 characters', 'e'.repeat(1_000), 'en'],
    ['1,000 commas', ','.repeat(1_000), 'en'],
    ['1,000 spaces and a language', `${' '.repeat(1_000)}es`, 'en'],
    ['a quality of 1,000 digits', `es;q=0.${'1'.repeat(1_000)}`, 'en'],
    ['a tag that the length limit cuts in half', `${'q'.repeat(MAX_HEADER_LENGTH - 3)},estonian`, 'en'],
  ])('is read up to its limits, and quickly: %s', (_, header, locale) => {
    const start = performance.now();
    for (let time = 0; time < 100; time += 1) expect(messages.forAcceptLanguage(header).locale).toBe(locale);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

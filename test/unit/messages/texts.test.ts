import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readMessages } from '../../../src/messages/messages.js';
import type { Catalogue } from '../../../src/messages/messages.js';
import { TEXT_KEYS, TEXTS } from '../../../src/messages/texts.js';

const { messages } = readMessages(null);

function inLocale(tag: string): Catalogue {
  const catalogue = messages.forLocale(tag);
  if (!catalogue) throw new Error(`${tag} is not a language tag.`);
  return catalogue;
}

const english = inLocale('en');
/** The values of an enum of the schema. */
function valuesOf(file: string, name: string): string[] {
  const sdl = readFileSync(new URL(`../../../schema/${file}.graphql`, import.meta.url), 'utf8');
  const body = new RegExp(`enum ${name} \\{(.*?)\\n\\}`, 's').exec(sdl)?.[1] ?? '';
  return [...body.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, value = '']) => value);
}

const keysOf = (group: string) => TEXT_KEYS.filter((key) => key.startsWith(`${group}.`));

it.each([
  ['label', 'status', 'ConnectionPhase', ['UPDATING'], []],
  ['action', 'status', 'RequiredAction', ['CONTINUE', 'UPDATE'], ['NONE', 'WAIT']],
  ['userError', 'user-error', 'UserErrorCode', [], []],
  ['memberError', 'member', 'MemberErrorCode', [], []],
])('%s has a text for each value of the enum, and no other', (...[group, file, name, more, without]) => {
  const values = valuesOf(file, name).filter((value) => !without.includes(value));
  expect(values.length).toBeGreaterThan(6);
  expect([...keysOf(group)].sort()).toEqual([...values, ...more].map((value) => `${group}.${value}`).sort());
});

const NAMED = TEXT_KEYS.filter((key) => TEXTS[key].includes('{institution}'));

describe('the English texts', () => {
  it.each(TEXT_KEYS)('%s has the name of the institution in its place', (key) => {
    expect(english.text(key, 'Harbor Lane')).toBe(TEXTS[key].replaceAll('{institution}', 'Harbor Lane'));
    expect(english.textNeedsInstitutionName(key)).toBe(NAMED.includes(key));
  });

  it('name the institution only in readings, never at the beginning, where its replacement is in lower case', () => {
    expect(NAMED.length).toBeGreaterThan(0);
    for (const key of NAMED) {
      expect(key).toMatch(/^reading\./);
      expect(TEXTS[key]).not.toMatch(/(^|[.:] )\{/);
    }
  });

  it('insert any name unchanged', () => {
    for (const name of ['$&', '{institution}', '', "d'{", '<b>']) {
      expect(english.text('reading.CREDENTIALS_REQUIRED', name)).toBe(
        `Please sign in to ${name} again to keep this connection up to date.`,
      );
    }
  });
});

/** What a sentence ends with; a badge or a button has no period. */
const hasPeriod = (text: string) => text.endsWith('.');

describe.each(['es', 'fr-CA'])('the texts in %s', (locale) => {
  const catalogue = inLocale(locale);

  it.each(TEXT_KEYS)('%s is translated and names the institution where English does', (key) => {
    const text = catalogue.text(key, 'Harbor Lane');
    expect(text).not.toBe(english.text(key, 'Harbor Lane'));
    expect(text.includes('Harbor Lane')).toBe(NAMED.includes(key));
    expect(catalogue.textNeedsInstitutionName(key)).toBe(NAMED.includes(key));
  });

  it.each(TEXT_KEYS)('%s has the right punctuation and spacing', (key) => {
    const text = catalogue.text(key, '[…]');
    expect(hasPeriod(text)).toBe(hasPeriod(TEXTS[key]));
    expect(text).not.toMatch(/'|"|\.\.\.| {2}|^\s|\s$|\bMX\b/);
    expect(text).toBe(text.normalize('NFC'));
    expect(text).not.toMatch(locale === 'es' ? / [:;?!]/ : /[ \p{L}]:|\s[;?!]|\bde \[…\]/u);
    expect(text).not.toMatch(/(^|[.:] )\[…\]/);
  });

  it('has equal texts where English has equal texts', () => {
    for (const key of TEXT_KEYS) {
      const same = TEXT_KEYS.filter((other) => TEXTS[other] === TEXTS[key]);
      expect(new Set(same.map((other) => catalogue.text(other))).size).toBe(1);
    }
  });
});

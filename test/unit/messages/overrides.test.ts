import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readMessages } from '../../../src/messages/messages.js';
import type { Messages, TextKey } from '../../../src/messages/messages.js';
import { messageFor, statusOf } from '../../../src/status/status.js';
import { messageFolder } from '../../support/message-folder.js';

type Files = Readonly<Record<string, object | string>>;

async function messagesOf(files: Files): Promise<Messages> {
  const { messages, errors } = readMessages(await messageFolder(files));
  expect(errors).toEqual([]);
  return messages;
}

async function errorsOf(files: Files): Promise<readonly string[]> {
  return readMessages(await messageFolder(files)).errors;
}

const sentence = (messages: Messages, locale: string, status: string) =>
  messages.forLocale(locale)?.format(statusOf(status), 'Harbor Lane');

describe('custom messages', () => {
  it('replace single sentences of a built-in catalogue', async () => {
    const messages = await messagesOf({ 'es.json': { CONNECTED: '¡Listo! {institution} está conectada.' } });
    expect(sentence(messages, 'es', 'CONNECTED')).toBe('¡Listo! Harbor Lane está conectada.');
    expect(sentence(messages, 'es-MX', 'CONNECTED')).toBe('¡Listo! Harbor Lane está conectada.');
    expect(sentence(messages, 'es', 'CREATED')).toBe('Conectando con Harbor Lane…');
    expect(sentence(messages, 'en', 'CONNECTED')).toBe('Connected to Harbor Lane …');
    expect(messages.locales).toEqual(['en', 'es', 'fr-CA']);
  });

  it('replace English sentences; the others remain those of the status table', async () => {
    const messages = await messagesOf({ 'en.json': { DEGRADED: 'Back soon.', institution: 'your bank' } });
    expect(sentence(messages, 'en', 'DEGRADED')).toBe('Back soon.');
    expect(sentence(messages, 'en-GB', 'DEGRADED')).toBe('Back soon.');
    expect(sentence(messages, 'de', 'DEGRADED')).toBe('Back soon.');
    expect(messages.forAcceptLanguage(undefined).format(statusOf('DEGRADED'), '')).toBe('Back soon.');
    expect(messages.forAcceptLanguage(undefined).fallbackName).toBe('your bank');
    const row = statusOf('LOCKED');
    expect(sentence(messages, 'en', 'LOCKED')).toBe(messageFor(row, 'Harbor Lane'));
    expect(messages.forAcceptLanguage(undefined).needsInstitutionName(row)).toBe(true);
    expect(sentence(messages, 'en', 'PENDING')).toBeNull();
  });

  it('add languages, which fall back to the closest one for missing sentences', async () => {
    const messages = await messagesOf({
      'de.json': { FAILED: '{institution} antwortet nicht.' },
      'es-MX.json': { FAILED: '{institution} no responde.' },
      'fr-FR.json': { FAILED: '{institution} ne répond pas.' },
      'en-GB.json': { FAILED: '{institution} is poorly.' },
    });
    expect(messages.locales).toEqual(['en', 'de', 'en-GB', 'es', 'es-MX', 'fr-CA', 'fr-FR']);
    expect(sentence(messages, 'de-AT', 'FAILED')).toBe('Harbor Lane antwortet nicht.');
    expect(sentence(messages, 'de-AT', 'CREATED')).toBe('Connecting to Harbor Lane …');
    expect(sentence(messages, 'es-MX', 'FAILED')).toBe('Harbor Lane no responde.');
    expect(sentence(messages, 'es-MX', 'CREATED')).toBe('Conectando con Harbor Lane…');
    expect(sentence(messages, 'es', 'FAILED')).toContain('Hubo un problema');
    expect(sentence(messages, 'fr-FR', 'CREATED')).toBe('Connexion à Harbor Lane en cours…');
    expect(sentence(messages, 'fr-CA', 'FAILED')).toContain('Un problème');
    expect(sentence(messages, 'en-GB', 'FAILED')).toBe('Harbor Lane is poorly.');
    expect(sentence(messages, 'en-US', 'FAILED')).toContain('There was a problem');
  });

  it('may name the institution where the table does not, and select by its name', async () => {
    const messages = await messagesOf({
      'en.json': {
        DENIED: 'Your credentials at {institution} have changed.',
        FAILED: "{institution, select, Chase {Chase can't be reached; not '{'} other {{institution} is #1}}",
      },
    });
    expect(messages.forLocale('en')?.needsInstitutionName(statusOf('DENIED'))).toBe(true);
    expect(sentence(messages, 'en', 'DENIED')).toBe('Your credentials at Harbor Lane have changed.');
    expect(sentence(messages, 'en', 'FAILED')).toBe('Harbor Lane is #1');
    expect(messages.forLocale('en')?.format(statusOf('FAILED'), 'Chase')).toBe(
      "Chase can't be reached; not {",
    );
  });

  it('replace badges, buttons and other texts, and leave the rest', async () => {
    const messages = await messagesOf({
      'en.json': { 'label.CONNECTED': 'All good' },
      'es.json': {
        'action.UPDATE': 'Actualizar ya',
        'reading.ANSWER_REJECTED': 'No le sirvió a {institution}.',
      },
      'de.json': { 'label.ENDED': 'Beendet', 'reading.OUT_OF_DATE': '{institution} schweigt.' },
    });
    const textOf = (locale: string, key: TextKey) => messages.forLocale(locale)?.text(key, 'Harbor Lane');
    expect(textOf('en', 'label.CONNECTED')).toBe('All good');
    expect(textOf('en', 'label.ENDED')).toBe('Ended');
    expect(textOf('es', 'action.UPDATE')).toBe('Actualizar ya');
    expect(textOf('es', 'label.CONNECTED')).toBe('Conectada');
    expect(textOf('es', 'reading.ANSWER_REJECTED')).toBe('No le sirvió a Harbor Lane.');
    expect(messages.forLocale('es')?.textNeedsInstitutionName('reading.ANSWER_REJECTED')).toBe(true);
    expect(messages.forLocale('en')?.textNeedsInstitutionName('reading.ANSWER_REJECTED')).toBe(false);
    expect(textOf('de', 'label.ENDED')).toBe('Beendet');
    expect(textOf('de', 'label.CONNECTED')).toBe('All good');
    expect(textOf('de', 'reading.OUT_OF_DATE')).toBe('Harbor Lane schweigt.');
  });

  it('are plain text, in which HTML is not interpreted', async () => {
    const messages = await messagesOf({ 'en.json': { CREATED: '<b>{institution}</b> & <i/> …' } });
    expect(sentence(messages, 'en', 'CREATED')).toBe('<b>Harbor Lane</b> & <i/> …');
  });

  it('may be empty, and other files and the leftovers of a mount are ignored', async () => {
    const folder = await messageFolder({
      'README.md': '# Ours',
      '.es.json.swp': 'x',
      'es.json': {},
      'de.json': {},
    });
    await mkdir(join(folder, '..data-of-mount'));
    await symlink(join(folder, 'es.json'), join(folder, 'fr-CA.json'));
    const { messages, errors } = readMessages(folder);
    expect(errors).toEqual([]);
    expect(messages.locales).toEqual(['en', 'de', 'es', 'fr-CA']);
    expect(sentence(messages, 'fr', 'CREATED')).toBe('Connexion à Harbor Lane en cours…');
    expect(sentence(messages, 'de', 'CREATED')).toBe('Connecting to Harbor Lane …');
  });
});

const PLAIN = 'must contain {institution}, as the English message contains the institution’s name';
const STATUS = 'must be a status of the status table, a text such as label.CONNECTED, or "institution"';
const OBJECT = 'must be a JSON object that maps statuses and texts to messages';
const NAME = 'must be named after a BCP 47 language tag, such as es.json or fr-CA.json';
const SYNTAX = 'must be ICU MessageFormat; got';

describe('an error in custom messages', () => {
  it.each<[string, Files, string]>([
    ['an unknown status', { 'es.json': { DENID: 'x' } }, `es.json: DENID: ${STATUS}`],
    ['a status in lower case', { 'es.json': { denied: 'x' } }, `es.json: denied: ${STATUS}`],
    ['the status __proto__', { 'es.json': '{"__proto__":"x"}' }, `es.json: __proto__: ${STATUS}`],
    ['the status null', { 'es.json': { null: 'x' } }, `es.json: null: ${STATUS}`],
    [
      'a status without a sentence',
      { 'es.json': { PENDING: 'x' } },
      'es.json: PENDING: must be omitted because this status has no message',
    ],
    [
      'UNKNOWN, which shows the message of MX',
      { 'es.json': { UNKNOWN: 'x' } },
      'es.json: UNKNOWN: must be omitted because this status has no message',
    ],
    ['a missing placeholder', { 'es.json': { FAILED: 'Error.' } }, `es.json: FAILED: ${PLAIN}`],
    ['a placeholder in quotes', { 'es.json': { FAILED: "d'{institution}" } }, `es.json: FAILED: ${PLAIN}`],
    ['the placeholder of the table', { 'es.json': { FAILED: 'En […].' } }, `es.json: FAILED: ${PLAIN}`],
    [
      'a select that never contains the name',
      { 'es.json': { FAILED: '{institution, select, a {x} other {y}}' } },
      `es.json: FAILED: ${PLAIN}`,
    ],
    [
      'an unknown placeholder',
      { 'es.json': { FAILED: '{institution}: {bank}' } },
      'es.json: FAILED: must have no placeholder other than {institution}; got {bank}',
    ],
    [
      'an unknown placeholder within a select',
      { 'es.json': { FAILED: '{institution, select, a {{x}} other {{institution}}}' } },
      'es.json: FAILED: must have no placeholder other than {institution}; got {x}',
    ],
    [
      'a placeholder in the wrong case',
      { 'es.json': { FAILED: '{Institution}' } },
      'es.json: FAILED: must have no placeholder other than {institution}; got {Institution}',
    ],
    [
      'a name that is formatted as a number',
      { 'es.json': { FAILED: '{institution, number}' } },
      'es.json: FAILED: {institution} must be a plain argument or a select; got a number',
    ],
    [
      'a name that is used as a plural',
      { 'es.json': { FAILED: '{institution, plural, one {x} other {{institution}}}' } },
      'es.json: FAILED: {institution} must be a plain argument or a select; got a plural',
    ],
    [
      'a placeholder in the text for a missing name',
      { 'es.json': { institution: 'su {institution}' } },
      'es.json: institution: must have no placeholder; got {institution}',
    ],
    [
      'an unknown text of an unknown group',
      { 'es.json': { 'page.title': 'x' } },
      `es.json: page.title: ${STATUS}`,
    ],
    [
      'an unknown text of a known group',
      { 'es.json': { 'reading.OUT_OF_DAT': 'x' } },
      'es.json: reading.OUT_OF_DAT: must be one of reading.OUT_OF_DATE, reading.CREDENTIALS_REQUIRED, ' +
        'reading.ANSWER_REJECTED, reading.INSTITUTION_UNAVAILABLE, reading.VISIT_INSTITUTION',
    ],
    [
      'a missing placeholder in a text',
      { 'es.json': { 'reading.OUT_OF_DATE': 'Viejo.' } },
      `es.json: reading.OUT_OF_DATE: ${PLAIN}`,
    ],
    [
      'a placeholder in a badge',
      { 'es.json': { 'label.CONNECTED': '{institution}' } },
      'es.json: label.CONNECTED: must have no placeholder; got {institution}',
    ],
    [
      'an empty button',
      { 'es.json': { 'action.UPDATE': '' } },
      'es.json: action.UPDATE: must be a non-empty string',
    ],
    [
      'an open brace',
      { 'es.json': { FAILED: 'En {institution' } },
      `es.json: FAILED: ${SYNTAX} EXPECT_ARGUMENT_CLOSING_BRACE at character 4`,
    ],
    [
      'an empty placeholder',
      { 'es.json': { FAILED: '{}' } },
      `es.json: FAILED: ${SYNTAX} EMPTY_ARGUMENT at character 1`,
    ],
    [
      'a select without "other"',
      { 'es.json': { FAILED: '{institution, select, a {x}}' } },
      `es.json: FAILED: ${SYNTAX} MISSING_OTHER_CLAUSE at character 28`,
    ],
    ['an empty string', { 'es.json': { DENIED: ' ' } }, 'es.json: DENIED: must be a non-empty string'],
    ['a number', { 'es.json': { DENIED: 5 } }, 'es.json: DENIED: must be a non-empty string'],
    ['null', { 'es.json': { DENIED: null } }, 'es.json: DENIED: must be a non-empty string'],
    ['invalid JSON', { 'es.json': '{"DENIED": "hunter2"' }, `es.json: is not valid JSON`],
    ['an empty file', { 'es.json': '' }, `es.json: is not valid JSON`],
    ['an array instead of an object', { 'es.json': '["x"]' }, `es.json: ${OBJECT}`],
    ['a string instead of an object', { 'es.json': '"hunter2"' }, `es.json: ${OBJECT}`],
    ['null instead of an object', { 'es.json': 'null' }, `es.json: ${OBJECT}`],
    ['a file name with an underscore', { 'es_MX.json': {} }, `es_MX.json: ${NAME}`],
    ['a file name that is not a language tag', { 'messages.json': {} }, `messages.json: ${NAME}`],
    ['an empty file name', { ' .json': {} }, ` .json: ${NAME}`],
    ['a file name in lower case', { 'fr-ca.json': {} }, 'fr-ca.json: must be named fr-CA.json'],
    ['a deprecated language tag', { 'iw.json': {} }, 'iw.json: must be named he.json'],
    [
      'a language tag with an extension',
      { 'de-u-nu-latn.json': {} },
      'de-u-nu-latn.json: must be named de.json',
    ],
    ['a file extension in upper case', { 'es.JSON': {} }, 'es.JSON: must be named es.json'],
  ])('is reported with file, status and expectation: %s', async (_, files, error) => {
    expect(await errorsOf(files)).toEqual([error]);
  });

  it('is reported for a folder in place of a file', async () => {
    const folder = await messageFolder({});
    await mkdir(join(folder, 'es.json'));
    expect(readMessages(folder).errors).toEqual(['es.json: must be a readable file; got EISDIR']);
  });

  it('is reported for a folder that is missing or is a file', async () => {
    const folder = await messageFolder({ 'es.json': {} });
    const expected = 'must be a readable folder; got';
    expect(readMessages(join(folder, 'nope')).errors).toEqual([`${expected} ENOENT`]);
    expect(readMessages(join(folder, 'es.json')).errors).toEqual([`${expected} ENOTDIR`]);
  });

  it('is reported together with all others, also those in a file with an invalid name', async () => {
    const errors = await errorsOf({
      'es.json': { DENID: 'x', FAILED: 'x', DENIED: 'bien' },
      'es_MX.json': { CLOSED: '{' },
      'fr-CA.json': 'x',
    });
    expect(errors).toEqual([
      `es.json: DENID: ${STATUS}`,
      `es.json: FAILED: ${PLAIN}`,
      `es_MX.json: ${NAME}`,
      `es_MX.json: CLOSED: ${SYNTAX} EXPECT_ARGUMENT_CLOSING_BRACE at character 1`,
      `fr-CA.json: is not valid JSON`,
    ]);
  });
});

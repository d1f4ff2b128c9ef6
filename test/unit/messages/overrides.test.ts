import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readMessages } from '../../../src/messages/messages.js';
import type { Messages } from '../../../src/messages/messages.js';
import { messageFor, statusOf } from '../../../src/status/status.js';
import { messageFolder } from '../../support/message-folder.js';

type Files = Readonly<Record<string, object | string>>;

async function messagesOf(files: Files): Promise<Messages> {
  const { messages, errors } = readMessages(await messageFolder(files));
  expect(errors).toEqual([]);
  return messages;
}

async function faultsOf(files: Files): Promise<readonly string[]> {
  return readMessages(await messageFolder(files)).errors;
}

const say = (messages: Messages, locale: string, status: string) =>
  messages.inLocale(locale)?.sentence(statusOf(status), 'Harbor Lane');

describe('a company’s own sentences', () => {
  it('stand over those of the project, one by one', async () => {
    const messages = await messagesOf({ 'es.json': { CONNECTED: '¡Listo! {institution} está conectada.' } });
    expect(say(messages, 'es', 'CONNECTED')).toBe('¡Listo! Harbor Lane está conectada.');
    expect(say(messages, 'es-MX', 'CONNECTED')).toBe('¡Listo! Harbor Lane está conectada.');
    expect(say(messages, 'es', 'CREATED')).toBe('Conectando con Harbor Lane…');
    expect(say(messages, 'en', 'CONNECTED')).toBe('Connected to Harbor Lane …');
    expect(messages.locales).toEqual(['en', 'es', 'fr-CA']);
  });

  it('stand over English too, where all others stay those of the table', async () => {
    const messages = await messagesOf({ 'en.json': { DEGRADED: 'Back soon.', institution: 'your bank' } });
    expect(say(messages, 'en', 'DEGRADED')).toBe('Back soon.');
    expect(say(messages, 'en-GB', 'DEGRADED')).toBe('Back soon.');
    expect(say(messages, 'de', 'DEGRADED')).toBe('Back soon.');
    expect(messages.accepted(undefined).sentence(statusOf('DEGRADED'), '')).toBe('Back soon.');
    expect(messages.accepted(undefined).nameless).toBe('your bank');
    const row = statusOf('LOCKED');
    expect(say(messages, 'en', 'LOCKED')).toBe(messageFor(row, 'Harbor Lane'));
    expect(messages.accepted(undefined).needsInstitutionName(row)).toBe(true);
    expect(say(messages, 'en', 'PENDING')).toBeNull();
  });

  it('add languages, for which the nearest says what they leave out', async () => {
    const messages = await messagesOf({
      'de.json': { FAILED: '{institution} antwortet nicht.' },
      'es-MX.json': { FAILED: '{institution} no responde.' },
      'fr-FR.json': { FAILED: '{institution} ne répond pas.' },
      'en-GB.json': { FAILED: '{institution} is poorly.' },
    });
    expect(messages.locales).toEqual(['en', 'de', 'en-GB', 'es', 'es-MX', 'fr-CA', 'fr-FR']);
    expect(say(messages, 'de-AT', 'FAILED')).toBe('Harbor Lane antwortet nicht.');
    expect(say(messages, 'de-AT', 'CREATED')).toBe('Connecting to Harbor Lane …');
    expect(say(messages, 'es-MX', 'FAILED')).toBe('Harbor Lane no responde.');
    expect(say(messages, 'es-MX', 'CREATED')).toBe('Conectando con Harbor Lane…');
    expect(say(messages, 'es', 'FAILED')).toContain('Hubo un problema');
    expect(say(messages, 'fr-FR', 'CREATED')).toBe('Connexion à Harbor Lane en cours…');
    expect(say(messages, 'fr-CA', 'FAILED')).toContain('Un problème');
    expect(say(messages, 'en-GB', 'FAILED')).toBe('Harbor Lane is poorly.');
    expect(say(messages, 'en-US', 'FAILED')).toContain('There was a problem');
  });

  it('may name the institution where the table does not, and choose by its name', async () => {
    const messages = await messagesOf({
      'en.json': {
        DENIED: 'Your credentials at {institution} have changed.',
        FAILED: "{institution, select, Chase {Chase can't be reached; not '{'} other {{institution} is #1}}",
      },
    });
    expect(messages.inLocale('en')?.needsInstitutionName(statusOf('DENIED'))).toBe(true);
    expect(say(messages, 'en', 'DENIED')).toBe('Your credentials at Harbor Lane have changed.');
    expect(say(messages, 'en', 'FAILED')).toBe('Harbor Lane is #1');
    expect(messages.inLocale('en')?.sentence(statusOf('FAILED'), 'Chase')).toBe(
      "Chase can't be reached; not {",
    );
  });

  it('are text, in which what looks like HTML is itself', async () => {
    const messages = await messagesOf({ 'en.json': { CREATED: '<b>{institution}</b> & <i/> …' } });
    expect(say(messages, 'en', 'CREATED')).toBe('<b>Harbor Lane</b> & <i/> …');
  });

  it('may be none, beside files that are no catalogues and what a mount leaves', async () => {
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
    expect(say(messages, 'fr', 'CREATED')).toBe('Connexion à Harbor Lane en cours…');
    expect(say(messages, 'de', 'CREATED')).toBe('Connecting to Harbor Lane …');
  });
});

const PLAIN = 'must contain {institution}, as the message of the status table contains […]';
const STATUS = 'must be a status of the status table or "institution"';
const OBJECT = 'must be a JSON object that maps statuses to messages';
const NAME = 'must be named after a BCP 47 language tag, such as es.json or fr-CA.json';
const SYNTAX = 'must be ICU MessageFormat; got';

describe('a fault in a company’s own sentences names file, status and what was expected:', () => {
  it.each<[string, Files, string]>([
    ['an unknown status', { 'es.json': { DENID: 'x' } }, `es.json: DENID: ${STATUS}`],
    ['a status in small letters', { 'es.json': { denied: 'x' } }, `es.json: denied: ${STATUS}`],
    ['a status of no language', { 'es.json': '{"__proto__":"x"}' }, `es.json: __proto__: ${STATUS}`],
    ['the status null', { 'es.json': { null: 'x' } }, `es.json: null: ${STATUS}`],
    [
      'a status without a sentence',
      { 'es.json': { PENDING: 'x' } },
      'es.json: PENDING: must be omitted because this status has no message',
    ],
    [
      'UNKNOWN, whose sentence is MX’s',
      { 'es.json': { UNKNOWN: 'x' } },
      'es.json: UNKNOWN: must be omitted because this status has no message',
    ],
    ['a missing placeholder', { 'es.json': { FAILED: 'Error.' } }, `es.json: FAILED: ${PLAIN}`],
    ['a placeholder in quotes', { 'es.json': { FAILED: "d'{institution}" } }, `es.json: FAILED: ${PLAIN}`],
    ['the placeholder of the table', { 'es.json': { FAILED: 'En […].' } }, `es.json: FAILED: ${PLAIN}`],
    [
      'a select that never says the name',
      { 'es.json': { FAILED: '{institution, select, a {x} other {y}}' } },
      `es.json: FAILED: ${PLAIN}`,
    ],
    [
      'an unknown placeholder',
      { 'es.json': { FAILED: '{institution}: {bank}' } },
      'es.json: FAILED: must have no placeholder other than {institution}; got {bank}',
    ],
    [
      'an unknown placeholder within a choice',
      { 'es.json': { FAILED: '{institution, select, a {{x}} other {{institution}}}' } },
      'es.json: FAILED: must have no placeholder other than {institution}; got {x}',
    ],
    [
      'a placeholder in another case',
      { 'es.json': { FAILED: '{Institution}' } },
      'es.json: FAILED: must have no placeholder other than {institution}; got {Institution}',
    ],
    [
      'a name as a number',
      { 'es.json': { FAILED: '{institution, number}' } },
      'es.json: FAILED: {institution} must be a plain argument or a select; got a number',
    ],
    [
      'a name that is counted',
      { 'es.json': { FAILED: '{institution, plural, one {x} other {{institution}}}' } },
      'es.json: FAILED: {institution} must be a plain argument or a select; got a plural',
    ],
    [
      'a placeholder for one without a name',
      { 'es.json': { institution: 'su {institution}' } },
      'es.json: institution: must have no placeholder; got {institution}',
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
      'a select without a last resort',
      { 'es.json': { FAILED: '{institution, select, a {x}}' } },
      `es.json: FAILED: ${SYNTAX} MISSING_OTHER_CLAUSE at character 28`,
    ],
    ['an empty text', { 'es.json': { DENIED: ' ' } }, 'es.json: DENIED: must be a non-empty string'],
    ['a number', { 'es.json': { DENIED: 5 } }, 'es.json: DENIED: must be a non-empty string'],
    ['null', { 'es.json': { DENIED: null } }, 'es.json: DENIED: must be a non-empty string'],
    ['JSON that is none', { 'es.json': '{"DENIED": "hunter2"' }, `es.json: is not valid JSON`],
    ['an empty file', { 'es.json': '' }, `es.json: is not valid JSON`],
    ['a list', { 'es.json': '["x"]' }, `es.json: ${OBJECT}`],
    ['a text', { 'es.json': '"hunter2"' }, `es.json: ${OBJECT}`],
    ['null for a catalogue', { 'es.json': 'null' }, `es.json: ${OBJECT}`],
    ['a name with an underscore', { 'es_MX.json': {} }, `es_MX.json: ${NAME}`],
    ['a name of something else', { 'messages.json': {} }, `messages.json: ${NAME}`],
    ['no name', { ' .json': {} }, ` .json: ${NAME}`],
    ['a name in small letters', { 'fr-ca.json': {} }, 'fr-ca.json: must be named fr-CA.json'],
    ['a name of old', { 'iw.json': {} }, 'iw.json: must be named he.json'],
    ['an extension', { 'de-u-nu-latn.json': {} }, 'de-u-nu-latn.json: must be named de.json'],
    ['a suffix in capitals', { 'es.JSON': {} }, 'es.JSON: must be named es.json'],
  ])('%s', async (_, files, fault) => {
    expect(await faultsOf(files)).toEqual([fault]);
  });

  it('a folder in the place of a file', async () => {
    const folder = await messageFolder({});
    await mkdir(join(folder, 'es.json'));
    expect(readMessages(folder).errors).toEqual(['es.json: must be a readable file; got EISDIR']);
  });

  it('a folder that is not there, or none', async () => {
    const folder = await messageFolder({ 'es.json': {} });
    const expected = 'must be a readable folder; got';
    expect(readMessages(join(folder, 'nope')).errors).toEqual([`${expected} ENOENT`]);
    expect(readMessages(join(folder, 'es.json')).errors).toEqual([`${expected} ENOTDIR`]);
  });

  it('all at once, those of a file whose name is wrong too', async () => {
    const faults = await faultsOf({
      'es.json': { DENID: 'x', FAILED: 'x', DENIED: 'bien' },
      'es_MX.json': { CLOSED: '{' },
      'fr-CA.json': 'x',
    });
    expect(faults).toEqual([
      `es.json: DENID: ${STATUS}`,
      `es.json: FAILED: ${PLAIN}`,
      `es_MX.json: ${NAME}`,
      `es_MX.json: CLOSED: ${SYNTAX} EXPECT_ARGUMENT_CLOSING_BRACE at character 1`,
      `fr-CA.json: is not valid JSON`,
    ]);
  });
});

import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { SettingsError } from '../../src/config/config.js';
import { demoMember } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { openSocket, openStream } from '../support/live-client.js';
import type { LiveSocket } from '../support/live-client.js';
import { messageFolder } from '../support/message-folder.js';
import { sendRaw } from '../support/raw-request.js';
import { serverProcessOfTest } from '../support/server-process.js';
import { useStack, startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 0 });
});
afterAll(() => stack.dispose());

interface Said {
  readonly member: { readonly userMessage: string | null };
}

const ONE = 'query One($guid: String!) { member(by: { guid: $guid }) { userMessage } }';
const ASKED =
  'query One($guid: String!, $locale: String) { member(by: { guid: $guid }) { userMessage(locale: $locale) } }';
const guidOf = (status: string | null, on = stack) => demoMember(on.sandbox, status).guid;
const accept = (language: string) => ({ headers: { 'accept-language': language } });

const ENGLISH = 'We are upgrading this connection. Please try again later.';
const SPANISH = 'Estamos actualizando esta conexión. Inténtelo de nuevo más tarde.';
const FRENCH = 'Nous mettons cette connexion à niveau. Veuillez réessayer plus tard.';

describe('the language of a message, over HTTP', () => {
  const guid = () => guidOf('DEGRADED');

  it.each([
    ['a regional variant', 'es-MX, es;q=0.9, en;q=0.8', SPANISH],
    ['a language', 'fr', FRENCH],
    ['qualities', 'en;q=0.5, fr-CA;q=0.7', FRENCH],
    ['an unavailable language', 'de', ENGLISH],
    ['any language', '*', ENGLISH],
    ['garbage', ';;;q=,,\u00e9', ENGLISH],
    ['333 languages', 'de,'.repeat(333), ENGLISH],
  ])('is that of Accept-Language: %s', async (_, language, sentence) => {
    const answer = await stack.graphql<Said>(ONE, { guid: guid() }, accept(language));
    expect(dataOf(answer).member.userMessage).toBe(sentence);
  });

  it('defaults to English', async () => {
    const body = JSON.stringify({ query: ONE, variables: { guid: guid() } });
    const { text } = await sendRaw(stack.url, { headers: { 'content-type': 'application/json' }, body });
    expect(text).toContain(ENGLISH);
  });

  it.each([
    ['es', SPANISH],
    ['es-419', SPANISH],
    ['fr-FR', FRENCH],
    ['en', ENGLISH],
    ['de', ENGLISH],
    [null, FRENCH],
    [undefined, FRENCH],
  ])('is that of the argument %j over that of the request', async (locale, sentence) => {
    const answer = await stack.graphql<Said>(ASKED, { guid: guid(), locale }, accept('fr-CA'));
    expect(dataOf(answer).member.userMessage).toBe(sentence);
  });

  it.each([
    ...['', 'es_MX', 'es, fr', '*', ' es', 'español', '../es'].map((tag) => [JSON.stringify(tag), tag]),
    ['10,000 characters', 'x'.repeat(10_000)],
  ])('rejects an invalid tag as argument: %s', async (_, locale) => {
    const answer = await stack.graphql<Said>(ASKED, { guid: guid(), locale });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.errors?.[0]).toMatchObject({
      message: 'Expected `locale` to be a BCP 47 language tag, such as es or fr-CA.',
      path: ['member', 'userMessage'],
    });
    expect(answer.body.data).toEqual({ member: { userMessage: null } });
  });

  it('can differ between fields of one response', async () => {
    const query = `query ($guid: String!) { member(by: { guid: $guid }) {
      here: userMessage es: userMessage(locale: "es") fr: userMessage(locale: "fr") } }`;
    const answer = await stack.graphql<{ member: unknown }>(query, { guid: guid() }, accept('en'));
    expect(dataOf(answer).member).toEqual({ here: ENGLISH, es: SPANISH, fr: FRENCH });
  });

  it('is that of each request when a repeated operation is compiled', async () => {
    const asked = ['en', 'es', 'fr', 'es', 'en', 'fr', 'es', 'de'];
    const query = `${ONE} # compiled`;
    const said: (string | null)[] = [];
    for (const language of asked) {
      said.push(
        dataOf(await stack.graphql<Said>(query, { guid: guid() }, accept(language))).member.userMessage,
      );
    }
    expect(said).toEqual([ENGLISH, SPANISH, FRENCH, SPANISH, ENGLISH, FRENCH, SPANISH, ENGLISH]);
  });

  it('is that of the request by GET as well', async () => {
    const query = encodeURIComponent(`{ member(by: { guid: "${guid()}" }) { userMessage } }`);
    const headers = { 'accept-language': 'es', 'apollo-require-preflight': 'true' };
    const { text } = await sendRaw(stack.url, { method: 'GET', path: `/graphql?query=${query}`, headers });
    expect(text).toContain(SPANISH);
  });
});

describe('a message in another language', () => {
  it('contains the institution’s name', async () => {
    const { guid, name } = demoMember(stack.sandbox, 'DISCONNECTED');
    const answer = await stack.graphql<Said>(ONE, { guid }, accept('es'));
    expect(dataOf(answer).member.userMessage).toBe(
      `Parece que no se pueden importar sus datos de ${name}. Estamos trabajando para resolver el problema.`,
    );
  });

  it('is MX’s own for a status that is not in the table', async () => {
    const { guid } = demoMember(stack.sandbox, 'CLOSED');
    const patch = { connection_status: 'QUARANTINED', connection_status_message: 'Put aside.' };
    stack.sandbox.control.forceMember(guid, patch);
    const answer = await stack.graphql<Said>(ASKED, { guid, locale: 'es' });
    const wrong = await stack.graphql<Said>(ASKED, { guid, locale: 'es_MX' });
    stack.sandbox.control.forceMember(guid, { connection_status: 'CLOSED' });
    expect(dataOf(answer).member.userMessage).toBe('Put aside.');
    expect(codesOf(wrong)).toEqual(['BAD_USER_INPUT']);
  });

  it('costs no more calls to MX than in English', async () => {
    const own = await useStack();
    const ask = async (status: string) => {
      own.forgetCalls();
      const { body } = await own.graphql<Said>(ONE, { guid: guidOf(status, own) }, accept('es'));
      expect(body.errors).toBeUndefined();
      return Object.keys(own.calls());
    };
    expect(await ask('DENIED')).toEqual(['GET /users/:user/members']);
    expect(await ask('LOCKED')).toEqual(['GET /institutions/:institution']);
  });
});

it('lists the available languages', async () => {
  expect(dataOf(await stack.graphql('{ locales }'))).toEqual({ locales: ['en', 'es', 'fr-CA'] });
});

it('returns the status table in another language, with […] for the institution', async () => {
  const query = `query ($locale: String) { connectionStatuses { status messageTemplate(locale: $locale) } }`;
  interface Rows {
    connectionStatuses: { status: string | null; messageTemplate: string | null }[];
  }
  const rowsOf = async (variables: object, language: string) =>
    dataOf(await stack.graphql<Rows>(query, { ...variables }, accept(language))).connectionStatuses;
  const english = await rowsOf({}, 'en');
  const spanish = await rowsOf({ locale: 'es' }, 'en');
  expect(await rowsOf({}, 'es')).toEqual(spanish);
  expect(spanish).toHaveLength(english.length);
  english.forEach(({ status, messageTemplate: template }, index) => {
    const said = spanish[index];
    expect(said?.status).toBe(status);
    expect(said?.messageTemplate?.includes('[…]')).toBe(template?.includes('[…]'));
    if (template === null) expect(said?.messageTemplate).toBeNull();
    else expect(said?.messageTemplate).not.toBe(template);
  });
  expect(codesOf(await stack.graphql(query, { locale: 'es_MX' }))).toContain('BAD_USER_INPUT');
});

const CHANGES = `subscription ($guid: String!, $locale: String) {
  memberStatusChanged(memberGuid: $guid) { member { userMessage(locale: $locale) } } }`;
interface Changed {
  readonly memberStatusChanged: Said;
}

describe('the language of a socket', () => {
  async function connect(on: Stack, upgrade: string, payload?: unknown): Promise<LiveSocket> {
    const live = await openSocket(on.url, accept(upgrade));
    live.send({ type: 'connection_init', ...(payload !== undefined && { payload }) });
    expect((await live.next()).type).toBe('connection_ack');
    return live;
  }
  async function ask(live: LiveSocket, variables: Record<string, unknown>) {
    live.subscribe('one', ASKED, variables);
    const said = (await live.next<Said>()).payload?.data?.member.userMessage;
    expect((await live.next()).type).toBe('complete');
    return said;
  }

  it.each([
    ['es', undefined, SPANISH],
    ['es', {}, SPANISH],
    ['es', { acceptLanguage: 'fr;q=0.9, en;q=0.1' }, FRENCH],
    ['es', { acceptLanguage: 'de' }, ENGLISH],
    ['es', { acceptLanguage: ';;garbage' }, ENGLISH],
    ['es', { acceptLanguage: 5 }, SPANISH],
    ['es', { acceptLanguage: null }, SPANISH],
    ['de', { acceptLanguage: 'es' }, SPANISH],
  ])(
    'is, of an upgrade in %j and a first message with %j, the latter',
    async (upgrade, payload, sentence) => {
      const live = await connect(stack, upgrade, payload);
      expect(await ask(live, { guid: guidOf('DEGRADED') })).toBe(sentence);
      expect(await ask(live, { guid: guidOf('DEGRADED'), locale: 'fr' })).toBe(FRENCH);
      expect(await ask(live, { guid: guidOf('DEGRADED') })).toBe(sentence);
    },
  );

  it('applies to all events, unless the field has an argument', async () => {
    const own = await useStack({ freshnessMs: 0, webhooks: true });
    const guid = guidOf('DEGRADED', own);
    const live = await connect(own, 'en', { acceptLanguage: 'es' });
    const next = async () =>
      (await live.next<Changed>()).payload?.data?.memberStatusChanged.member.userMessage;
    live.subscribe('es', CHANGES, { guid });
    expect(await next()).toBe(SPANISH);
    own.sandbox.control.forceMember(guid, { connection_status: 'REJECTED' });
    expect(await next()).toBe(
      'La respuesta o las respuestas proporcionadas son incorrectas. Inténtelo de nuevo.',
    );
    own.sandbox.control.forceMember(guid, { connection_status: 'EXPIRED' });
    expect(await next()).toBe(
      'La respuesta o las respuestas no se proporcionaron a tiempo. Inténtelo de nuevo.',
    );
    live.subscribe('fr', CHANGES, { guid, locale: 'fr' });
    expect(await next()).toBe('La ou les réponses n’ont pas été fournies à temps. Veuillez réessayer.');
  });

  it('can be set by graphql-ws in connection_init', async () => {
    const connectionParams = { acceptLanguage: 'fr-CA' };
    const url = `${stack.url.replace(/^http/, 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, connectionParams });
    onTestFinished(() => client.dispose());
    const answers = client.iterate({ query: ONE, variables: { guid: guidOf('DEGRADED') } });
    expect((await answers.next()).value).toEqual({ data: { member: { userMessage: FRENCH } } });
  });
});

describe('the language of a stream', () => {
  it.each(['POST', 'GET'] as const)('is that of its request, by %s', async (method) => {
    const own = await useStack({ freshnessMs: 0, webhooks: true });
    const guid = guidOf('DEGRADED', own);
    const stream = await openStream(own.url, CHANGES, {
      method,
      variables: { guid },
      ...accept('fr, en;q=0.5'),
    });
    const next = async () =>
      (await stream.next<Changed>()).data?.data?.memberStatusChanged.member.userMessage;
    expect(await next()).toBe(FRENCH);
    own.sandbox.control.forceMember(guid, { connection_status: 'REJECTED' });
    expect(await next()).toBe('La ou les réponses fournies sont incorrectes. Veuillez réessayer.');
  });

  it('is English for an invalid header', async () => {
    const variables = { guid: guidOf('DEGRADED') };
    const stream = await openStream(stack.url, ONE, { variables, ...accept(`${'q'.repeat(1_000)};q=x`) });
    expect((await stream.next<Said>()).data?.data?.member.userMessage).toBe(ENGLISH);
  });
});

describe('custom messages', () => {
  it('are served in their language, with the built-in ones for the rest', async () => {
    const messagesDir = await messageFolder({
      'en.json': { DENIED: 'Something is off at {institution}.' },
      'pt-BR.json': { DEGRADED: 'Volte mais tarde.' },
    });
    const own = await useStack({ messagesDir });
    const say = async (status: string, language: string) =>
      dataOf(await own.graphql<Said>(ONE, { guid: guidOf(status, own) }, accept(language))).member
        .userMessage;
    expect(dataOf(await own.graphql('{ locales }'))).toEqual({ locales: ['en', 'es', 'fr-CA', 'pt-BR'] });
    expect(await say('DENIED', 'en')).toBe(`Something is off at ${demoMember(own.sandbox, 'DENIED').name}.`);
    expect(await say('DEGRADED', 'pt')).toBe('Volte mais tarde.');
    expect(await say('DEGRADED', 'en')).toBe(ENGLISH);
    expect(await say('DEGRADED', 'es')).toBe(SPANISH);
  });

  it('prevent the start if they are invalid, with all errors reported', async () => {
    const messagesDir = await messageFolder({ 'es.json': { DENID: 'x', FAILED: 'x' }, 'fr_CA.json': {} });
    const starting = startStack({ messagesDir });
    await expect(starting).rejects.toBeInstanceOf(SettingsError);
    await expect(starting).rejects.toMatchObject({
      faults: [
        expect.stringContaining('MESSAGES_DIR: es.json: DENID: must be a status'),
        expect.stringContaining('MESSAGES_DIR: es.json: FAILED: must contain {institution}'),
        expect.stringContaining('MESSAGES_DIR: fr_CA.json: must be named after a BCP 47 language tag'),
      ],
    });
  });

  it('are reported by the process before it exits, if they are invalid', { timeout: 60_000 }, async () => {
    const server = serverProcessOfTest({ MESSAGES_DIR: await messageFolder({ 'es.json': '{' }) });
    expect(await server.ended()).toBe(1);
    expect(server.stderr).toBe('Invalid configuration:\n  - MESSAGES_DIR: es.json: is not valid JSON\n');
  });
});

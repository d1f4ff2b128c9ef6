import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoMember } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { openSocket } from '../support/live-client.js';
import { memberPage, memberRow, useMemberUpstream } from '../support/member-upstream.js';
import { messageFolder } from '../support/message-folder.js';
import { startStack, useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

/* The words for people beside `userMessage`: badges, buttons, and sentences of errors, in the language asked for. */

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 0 });
});
afterAll(() => stack.dispose());

interface Words {
  readonly member: {
    readonly requiredAction: string;
    readonly label: string;
    readonly actionLabel: string | null;
  };
}

const WORDS = `query ($guid: String!, $locale: String) {
  member(by: { guid: $guid }) { requiredAction label(locale: $locale) actionLabel(locale: $locale) } }`;
const accept = (language: string) => ({ headers: { 'accept-language': language } });
const guidOf = (status: string | null, on = stack) => demoMember(on.sandbox, status).guid;
const wordsOf = async (status: string | null, locale: string) =>
  dataOf(await stack.graphql<Words>(WORDS, { guid: guidOf(status), locale })).member;

describe('the badge and the button of a member', () => {
  it.each([
    [null, 'Tracked manually', null],
    ['CREATED', 'Connecting', 'Continue'],
    ['UPDATED', 'Connecting', 'Continue'],
    ['DENIED', 'Action needed', 'Sign in again'],
    ['CHALLENGED', 'Action needed', 'Answer'],
    ['REJECTED', 'Action needed', 'Try again'],
    ['LOCKED', 'Action needed', 'Resolve at bank'],
    ['PENDING', 'Action needed', 'Continue at bank'],
    ['CONNECTED', 'Connected', null],
    ['DEGRADED', 'Unavailable', 'Try again'],
    ['DISCONNECTED', 'Unavailable', null],
    ['DISABLED', 'Unavailable', 'Contact us'],
    ['CLOSED', 'Ended', 'Track manually'],
    ['DELAYED', 'Connecting', null],
  ])('are, if it is %s, %j and %j', async (status, label, actionLabel) => {
    expect(await wordsOf(status, 'en')).toMatchObject({ label, actionLabel });
  });

  it.each([
    ['es', 'Acción necesaria', 'Volver a iniciar sesión'],
    ['es-MX', 'Acción necesaria', 'Volver a iniciar sesión'],
    ['fr', 'Action requise', 'Ouvrir une session'],
    ['de', 'Action needed', 'Sign in again'],
  ])('are in the language asked for: %s', async (locale, label, actionLabel) => {
    expect(await wordsOf('DENIED', locale)).toMatchObject({ label, actionLabel });
    const byHeader = await stack.graphql<Words>(WORDS, { guid: guidOf('DENIED') }, accept(locale));
    expect(dataOf(byHeader).member).toMatchObject({ label, actionLabel });
  });

  it('reject an invalid tag as argument', async () => {
    const query =
      'query ($guid: String!) { member(by: { guid: $guid }) { guid actionLabel(locale: "es_MX") } }';
    const answer = await stack.graphql(query, { guid: guidOf('DENIED') });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.data).toEqual({ member: { guid: guidOf('DENIED'), actionLabel: null } });
    const ofLabel = await stack.graphql(WORDS, { guid: guidOf('DENIED'), locale: 'es_MX' });
    expect(codesOf(ofLabel)).toEqual(['BAD_USER_INPUT']);
    expect(ofLabel.body.errors?.[0]?.path).toEqual(['member', 'label']);
  });

  it.each([
    ['CONNECTED', 'Updating', null],
    ['DENIED', 'Connecting', null],
    ['CHALLENGED', 'Action needed', 'Answer'],
    ['DISCONNECTED', 'Connecting', null],
  ])('tell of a running job unless it needs the end user: %s', async (status, label, actionLabel) => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { connection_status: status, is_being_aggregated: true })]));
    const { member } = dataOf(await scene.graphql<Words>(WORDS, { guid: 'MBR-1', locale: 'en' }));
    expect(member).toMatchObject({ label, actionLabel });
  });

  it('offer an update of old data', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { successfully_aggregated_at: '2020-01-01T00:00:00Z' })]));
    const { member } = dataOf(await scene.graphql<Words>(WORDS, { guid: 'MBR-1', locale: 'fr' }));
    expect(member).toEqual({
      requiredAction: 'AGGREGATE',
      label: 'Pas à jour',
      actionLabel: 'Mettre à jour maintenant',
    });
  });

  it('send the end user to a bank that has moved to OAuth', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'DENIED' })]));
    scene.other((path) => {
      if (path.includes('/credentials'))
        return { body: { credentials: [], pagination: { total_entries: 0 } } };
      return { body: { institution: { code: 'mxbank', name: 'MX Bank', supports_oauth: true } } };
    });
    const { member } = dataOf(await scene.graphql<Words>(WORDS, { guid: 'MBR-1', locale: 'es' }));
    expect(member).toEqual({
      requiredAction: 'COMPLETE_OAUTH',
      label: 'Acción necesaria',
      actionLabel: 'Continuar en el banco',
    });
  });

  it('cost no call to MX beside that for the member, nor at all for the badge', async () => {
    const own = await useStack();
    own.forgetCalls();
    const query = '{ viewer { members { label } } }';
    expect((await own.graphql(query)).body.errors).toBeUndefined();
    expect(own.calls()).toEqual({ 'GET /users/:user/members': 1 });
  });

  it('are those of the language of a socket, in each event', async () => {
    const own = await useStack({ freshnessMs: 0, webhooks: true });
    const guid = guidOf('DEGRADED', own);
    const live = await openSocket(own.url);
    live.send({ type: 'connection_init', payload: { acceptLanguage: 'es' } });
    expect((await live.next()).type).toBe('connection_ack');
    live.subscribe(
      'one',
      'subscription ($guid: String!) { memberStatusChanged(memberGuid: $guid) { member { label actionLabel } } }',
      { guid },
    );
    const next = async () =>
      (await live.next<{ memberStatusChanged: { member: object } }>()).payload?.data?.memberStatusChanged
        .member;
    expect(await next()).toEqual({ label: 'No disponible', actionLabel: 'Intentar de nuevo' });
    own.sandbox.control.forceMember(guid, { connection_status: 'LOCKED' });
    expect(await next()).toEqual({ label: 'Acción necesaria', actionLabel: 'Resolver en el banco' });
  });

  it('can be replaced by custom ones', async () => {
    const messagesDir = await messageFolder({ 'en.json': { 'label.CONNECTED': 'All good' } });
    const own = await useStack({ messagesDir });
    const answer = await own.graphql<Words>(WORDS, { guid: guidOf('CONNECTED', own) });
    expect(dataOf(answer).member.label).toBe('All good');
  });
});

it('the status table has a badge and a button for each status, and history a badge for each period', async () => {
  const query = `query ($guid: String!) {
    connectionStatuses { status label(locale: "fr-CA") actionLabel }
    member(by: { guid: $guid }) { statusHistory { nodes { label(locale: "es") } } } }`;
  interface Rows {
    readonly connectionStatuses: readonly { status: string | null }[];
    readonly member: { readonly statusHistory: { readonly nodes: readonly unknown[] } };
  }
  const { connectionStatuses, member } = dataOf(
    await stack.graphql<Rows>(query, { guid: guidOf('CONNECTED') }),
  );
  const rowOf = (wanted: string | null) => connectionStatuses.find(({ status }) => status === wanted);
  expect(rowOf('CREATED')).toMatchObject({ label: 'Connexion en cours', actionLabel: 'Continue' });
  expect(rowOf('CLOSED')).toMatchObject({ label: 'Terminée', actionLabel: 'Track manually' });
  expect(rowOf(null)).toMatchObject({ label: 'Suivi manuel', actionLabel: null });
  expect(rowOf('UNKNOWN')).toMatchObject({ label: 'Inconnue', actionLabel: null });
  expect(member.statusHistory.nodes).toEqual([{ label: 'Conectada' }]);
});

describe('the sentence of a user error', () => {
  const AGGREGATE = `mutation ($guid: String!, $locale: String) {
    aggregateMember(input: { member: { guid: $guid } }) { userErrors { code userMessage(locale: $locale) } } }`;
  interface Aggregated {
    readonly aggregateMember: { readonly userErrors: readonly object[] };
  }

  it.each([
    ['en', undefined, 'This connection cannot be updated in its current state.'],
    ['es', undefined, 'Esta conexión no se puede actualizar en su estado actual.'],
    ['en', 'fr', 'Cette connexion ne peut pas être mise à jour dans son état actuel.'],
  ])('is, of a request in %s and the argument %s, %j', async (language, locale, userMessage) => {
    const variables = { guid: guidOf(null), locale };
    const answer = await stack.graphql<Aggregated>(AGGREGATE, variables, accept(language));
    expect(dataOf(answer).aggregateMember.userErrors).toEqual([{ code: 'JOB_NOT_STARTED', userMessage }]);
  });
});

describe('the sentence of a member’s error', () => {
  const ERROR = `query ($locale: String) {
    member(by: { guid: "MBR-1" }) { error { code userMessage(locale: $locale) providerMessage locale } } }`;
  const OURS = 'El código de un solo uso es incorrecto. Inténtelo de nuevo.';

  const THEIRS = 'That code is not right.';

  it.each([
    ['en', 'en', THEIRS],
    ['en-US', 'en', THEIRS],
    ['es-MX', 'es', THEIRS],
    ['en', 'es', OURS],
    [null, 'es', OURS],
    ['es_MX!', 'es', OURS],
  ])(
    'is MX’s own only in the language asked for: MX’s is %j, asked for is %s',
    async (locale, asked, userMessage) => {
      const scene = await useMemberUpstream();
      const error = { error_code: '2001', user_message: THEIRS, locale };
      scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'FAILED', error })]));
      expect(dataOf(await scene.graphql(ERROR, { locale: asked }))).toEqual({
        member: { error: { code: 'INCORRECT_OTP', userMessage, providerMessage: THEIRS, locale } },
      });
    },
  );

  it.each([
    ['MX’s own, whatever its language', THEIRS, THEIRS],
    [
      'ours if MX has none',
      null,
      'La última actualización de esta conexión no se completó. Inténtelo de nuevo más tarde.',
    ],
  ])('is, of a code that this API does not know, %s', async (_, sent, userMessage) => {
    const scene = await useMemberUpstream();
    const error = { error_code: '7777', user_message: sent, locale: 'en' };
    scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'FAILED', error })]));
    expect(dataOf(await scene.graphql(ERROR, { locale: 'es' }))).toMatchObject({
      member: { error: { code: 'UNKNOWN', userMessage, providerMessage: sent } },
    });
  });

  it('is ours if MX has none', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { error: { error_code: '3000', locale: 'en' } })]));
    expect(dataOf(await scene.graphql(ERROR, { locale: 'en' }))).toMatchObject({
      member: { error: { userMessage: 'The bank is not responding. Please try again later.' } },
    });
  });
});

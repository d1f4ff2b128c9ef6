import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MemberPatch } from '../../src/sandbox/control/schemas.js';
import { demoMember } from '../support/demo-members.js';
import { dataOf } from '../support/graphql-client.js';
import { startStack, useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

interface MemberRow {
  readonly phase: string;
  readonly requiredAction: string;
  readonly waitingOn: string;
  readonly isTerminal: boolean;
  readonly isInProgress: boolean;
  readonly userMessage: string | null;
  readonly spanish: string | null;
  readonly french: string | null;
  readonly userMessageSource: string;
  readonly freshness: string | null;
  readonly freshUntil: string | null;
  readonly staleSince: string | null;
  readonly successfullyAggregatedAt: string | null;
  readonly aggregatedAt: string | null;
  readonly backgroundAggregation: boolean;
  readonly retryAt: string | null;
  readonly aggregatableAt: string | null;
  readonly oauthWindowUrl: string | null;
  readonly credentialFields: readonly object[] | null;
  readonly statusInfo: { readonly phase: string; readonly isTerminal: boolean };
}

const ONE = `query One($guid: String!) { viewer { member(guid: $guid) {
  phase requiredAction waitingOn isTerminal isInProgress userMessage userMessageSource
  spanish: userMessage(locale: "es") french: userMessage(locale: "fr-CA")
  freshness freshUntil staleSince successfullyAggregatedAt aggregatedAt backgroundAggregation retryAt aggregatableAt
  oauthWindowUrl credentialFields { guid } statusInfo { phase isTerminal }
} } }`;

const HOUR_MS = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 0 });
});
afterAll(() => stack.dispose());

async function read(guid: string, on = stack): Promise<MemberRow> {
  return dataOf(await on.graphql<{ viewer: { member: MemberRow } }>(ONE, { guid })).viewer.member;
}

/** The CONNECTED member of the demo user at MX Bank after these fields were set. */
async function forced(patch: MemberPatch): Promise<MemberRow> {
  const { guid } = demoMember(stack.sandbox, 'CONNECTED');
  const before = stack.sandbox.control.forceMember(guid, patch);
  const row = await read(guid);
  const reset = {
    connection_status: 'CONNECTED',
    error: null,
    needs_updated_credentials: false,
    is_oauth: false,
  };
  stack.sandbox.control.forceMember(guid, { ...reset, successfully_aggregated_at: ago(HOUR_MS) });
  expect(before['guid']).toBe(guid);
  return row;
}

describe('the age of the data', () => {
  it.each([
    ['5 hours', 5, 'FRESH'],
    ['37 hours', 37, 'LATE'],
    ['73 hours', 73, 'STALE'],
    ['6 weeks', 6 * 7 * 24, 'STALE'],
  ])('of %s is told with its limits', async (_, hours, freshness) => {
    const success = ago(hours * HOUR_MS);
    const row = await forced({ successfully_aggregated_at: success });
    const after = (limit: number) => new Date(Date.parse(success) + limit * HOUR_MS).toISOString();
    expect(row).toMatchObject({
      freshness,
      freshUntil: after(36),
      staleSince: freshness === 'STALE' ? after(72) : null,
      successfullyAggregatedAt: success,
      phase: freshness === 'STALE' ? 'OUT_OF_DATE' : 'CONNECTED',
    });
  });

  it('of a CONNECTED member that is STALE asks for an aggregation, in all languages', async () => {
    const row = await forced({ successfully_aggregated_at: ago(100 * HOUR_MS) });
    expect(row.userMessage).toMatch(/new data from MX Bank/);
    expect(row.spanish).toMatch(/datos nuevos de MX Bank/);
    expect(row.french).toMatch(/MX Bank/);
    expect(row).toMatchObject({
      phase: 'OUT_OF_DATE',
      requiredAction: 'AGGREGATE',
      waitingOn: 'APPLICATION',
      isTerminal: true,
      isInProgress: false,
      userMessageSource: 'EVIDENCE',
      retryAt: null,
      statusInfo: { phase: 'CONNECTED', isTerminal: true },
    });
  });

  it.each([
    ['no time', null],
    ['a time in an hour', ago(-HOUR_MS)],
    ['a time in the year 9999', '9999-01-01T00:00:00Z'],
    ['a time before 1970', '1969-07-20T20:17:00Z'],
  ])('is NEVER, and never FRESH, if MX reports %s', async (_, successfully_aggregated_at) => {
    expect(
      await forced({ successfully_aggregated_at, aggregated_at: successfully_aggregated_at }),
    ).toMatchObject({
      freshness: 'NEVER',
      freshUntil: null,
      staleSince: null,
      successfullyAggregatedAt: null,
      aggregatedAt: null,
      aggregatableAt: null,
      phase: 'CONNECTED',
    });
  });

  it('is FRESH if the clock of MX is 4 minutes ahead', async () => {
    expect(await forced({ successfully_aggregated_at: ago(-4 * 60_000) })).toMatchObject({
      freshness: 'FRESH',
    });
  });

  it('does not exist for a manual member', async () => {
    const { guid } = demoMember(stack.sandbox, null);
    stack.sandbox.control.forceMember(guid, { successfully_aggregated_at: ago(100 * HOUR_MS) });
    expect(await read(guid)).toMatchObject({
      freshness: null,
      freshUntil: null,
      staleSince: null,
      phase: 'MANUAL',
      backgroundAggregation: false,
    });
  });

  it('is judged by the settings', async () => {
    const strict = await useStack({ config: { freshHours: 1, staleHours: 2 } });
    const { guid } = demoMember(strict.sandbox, 'CONNECTED');
    expect(await read(guid, strict)).toMatchObject({ freshness: 'STALE', phase: 'OUT_OF_DATE' });
  });
});

describe('other evidence', () => {
  const error = (error_code: number) => ({ error_code, error_type: 'MEMBER', error_message: 'SECRET' });

  it.each([
    ['CONNECTED', { needs_updated_credentials: true }, 'UPDATE_CREDENTIALS', 'sign in to MX Bank again'],
    ['FAILED', { error: error(2005) }, 'UPDATE_CREDENTIALS', 'sign in to MX Bank again'],
    ['DEGRADED', { error: error(2002) }, 'AGGREGATE', 'could not verify your answer'],
    ['DISCONNECTED', { error: error(1002) }, 'VISIT_INSTITUTION', 'permission to access'],
    ['DISCONNECTED', { error: error(3000) }, 'RETRY_LATER', 'cannot reach MX Bank'],
  ])('of a member that is %s, %j, decides for %s', async (...[status, fields, requiredAction, words]) => {
    const row = await forced({ connection_status: status, ...fields });
    expect(row).toMatchObject({ requiredAction, userMessageSource: 'EVIDENCE', isTerminal: true });
    expect(row.userMessage).toContain(words);
    expect(new Set([row.userMessage, row.spanish, row.french]).size).toBe(3);
    expect(row.credentialFields === null).toBe(requiredAction !== 'UPDATE_CREDENTIALS');
  });

  it('of an OAuth member that must sign in again leads to the institution', async () => {
    const { guid } = demoMember(stack.sandbox, 'PENDING');
    stack.sandbox.control.forceMember(guid, {
      connection_status: 'CONNECTED',
      needs_updated_credentials: true,
    });
    const row = await read(guid);
    expect(row).toMatchObject({
      requiredAction: 'COMPLETE_OAUTH',
      phase: 'ACTION_REQUIRED',
      isTerminal: true,
    });
    expect(row.credentialFields).toBeNull();
    expect(row.oauthWindowUrl).toMatch(/^http/);
  });

  it('leaves the message of the table where it decides the same', async () => {
    const row = await forced({ connection_status: 'DENIED', needs_updated_credentials: true });
    expect(row).toMatchObject({ requiredAction: 'UPDATE_CREDENTIALS', userMessageSource: 'STATUS' });
    expect(row.userMessage).toMatch(/^The credentials entered do not match/);
  });

  it('tells when to try again', async () => {
    const row = await forced({ connection_status: 'DEGRADED', aggregated_at: ago(60_000) });
    const wait = Date.parse(row.retryAt ?? '') - Date.now();
    expect(wait).toBeGreaterThan(55 * 60_000);
    expect(wait).toBeLessThan(60 * 60_000);
  });
});

import { describe, expect, it } from 'vitest';

import { parseWebhook } from '../../../src/mx/webhook.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import { EVENT_TYPES, eventOf } from '../../../src/sandbox/webhooks/events.js';
import type { Member } from '../../../src/sandbox/model/state.js';

const USER = 'USR-fa7537f3-48aa-a683-a02a-b18940482f54';
const MEMBER = 'MBR-7c6f361b-e582-15b6-60c0-358f12466b4b';
const FLAT = { user_guid: USER, member_guid: MEMBER };
const OBJECT = { user_guid: USER, guid: MEMBER, name: 'MX Bank', connection_status: null };

const hint = (type: string) => ({ kind: 'hint', type, userGuid: USER, memberGuid: MEMBER });
const ignored = (type: string) => ({ kind: 'ignored', type });

describe('a webhook about a member', () => {
  it.each<[string, object, string]>([
    ['Connection Status', { type: 'CONNECTION_STATUS', action: 'CHANGED', ...FLAT }, 'CONNECTION_STATUS'],
    ['Aggregation', { type: 'AGGREGATION', action: 'member_data_updated', ...FLAT }, 'AGGREGATION'],
    ['Initial Data Ready', { type: 'initial_data_ready', guid: 'JOB-1', ...FLAT }, 'initial_data_ready'],
    ['Job Status', { job: { guid: 'JOB-1', ...FLAT } }, 'JOB'],
    ['Job Status with a type', { type: 'JOB_STATUS', job: FLAT }, 'JOB_STATUS'],
    ['a created member', { type: 'MEMBER', action: 'created', ...OBJECT }, 'MEMBER'],
    ['an updated member without a type', { action: 'updated', ...OBJECT }, 'MEMBER'],
    ['a deleted member', { type: 'member', action: 'deleted', ...OBJECT }, 'member'],
    ['a nested member', { action: 'updated', member: OBJECT }, 'MEMBER'],
    [
      'a nested member with its user beside it',
      { type: 'MEMBER', user_guid: USER, member: { guid: MEMBER } },
      'MEMBER',
    ],
    ['an event with unknown fields', { type: 'AGGREGATION', ...FLAT, moon: { phase: [1] } }, 'AGGREGATION'],
  ])('is read as a hint: %s', (_, body, type) => {
    expect(parseWebhook(body)).toEqual(hint(type));
  });

  it.each(EVENT_TYPES)('is read as a hint when the sandbox sends %s', async (type) => {
    const sandbox = createSandbox();
    const { users } = sandbox.control.overview() as {
      users: { guid: string; members: { guid: string }[] }[];
    };
    const [user] = users;
    const member = { guid: user?.members[0]?.guid, user: { guid: user?.guid } } as Member;
    const { body } = eventOf(type, member, 0);
    expect(parseWebhook(JSON.parse(JSON.stringify(body)))).toMatchObject({
      kind: 'hint',
      userGuid: user?.guid,
      memberGuid: member.guid,
    });
    await sandbox.stop();
  });
});

describe('a webhook', () => {
  it.each<[string, object, string]>([
    ['its type is unknown', { type: 'TRANSACTION', ...FLAT }, 'TRANSACTION'],
    ['it has no type', { ...FLAT }, 'UNKNOWN'],
    ['its type is a number', { type: 5, ...FLAT }, 'UNKNOWN'],
    ['it is empty', {}, 'UNKNOWN'],
    ['it is about a user', { action: 'updated', user: { guid: USER } }, 'UNKNOWN'],
    [
      'its guids are null',
      { type: 'CONNECTION_STATUS', user_guid: null, member_guid: null },
      'CONNECTION_STATUS',
    ],
    ['its member is null', { type: 'MEMBER', action: 'updated', member: null }, 'MEMBER'],
    ['its job is empty', { job: {} }, 'JOB'],
    [
      'its guids have the wrong prefix',
      { type: 'AGGREGATION', user_guid: MEMBER, member_guid: USER },
      'AGGREGATION',
    ],
    ['a guid is a path', { type: 'AGGREGATION', user_guid: USER, member_guid: 'MBR-../../x' }, 'AGGREGATION'],
    [
      'a guid has a second line',
      { type: 'AGGREGATION', ...FLAT, member_guid: `${MEMBER}\nx` },
      'AGGREGATION',
    ],
    [
      'a guid is too long',
      { type: 'AGGREGATION', ...FLAT, member_guid: `MBR-${'x'.repeat(61)}` },
      'AGGREGATION',
    ],
    ['a guid is a number', { type: 'AGGREGATION', ...FLAT, user_guid: 5 }, 'AGGREGATION'],
    ['another object has an action and a guid', { type: 'ACCOUNT', action: 'updated', ...OBJECT }, 'ACCOUNT'],
  ])('is ignored when %s', (_, body, type) => {
    expect(parseWebhook(body)).toEqual(ignored(type));
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['a string', 'text'],
    ['true', true],
    ['an empty array', []],
    ['an array of events', [{ type: 'AGGREGATION', ...FLAT }]],
  ])('is invalid when its body is %s', (_, body) => {
    expect(parseWebhook(body)).toBeNull();
  });

  it('has a type that is safe for logs and metrics', () => {
    const type = (name: string) => parseWebhook({ type: name })?.type;
    expect(type('a b\nc"{}')).toBe('a_b_c___');
    expect(type('x'.repeat(5_000))).toHaveLength(60);
    expect(type('new.type-2_x')).toBe('new.type-2_x');
    expect(type('')).toBe('UNKNOWN');
  });
});

describe('a webhook about a successful aggregation', () => {
  const AGGREGATION = {
    ...{ type: 'AGGREGATION', action: 'member_data_updated', ...FLAT },
    ...{ completed_at: 1_790_000_000, job_guid: 'JOB-1' },
    ...{ transactions_created_count: 3, transactions_updated_count: 0 },
  };
  const aggregationOf = (body: object) => {
    const webhook = parseWebhook({ ...AGGREGATION, ...body });
    return webhook?.kind === 'hint' ? webhook.aggregation : null;
  };

  it('tells when it was completed, and how many transactions are new or different', () => {
    const told = { id: 'JOB-1', completedAt: 1_790_000_000_000, created: 3, updated: 0 };
    expect(aggregationOf({})).toEqual(told);
    expect(aggregationOf({ type: 'aggregation', job_guid: 7 })).toEqual({ ...told, id: '1790000000' });
  });

  it.each([-1, 1.5, '3', null, {}, 2 ** 31, Number.NaN])('does not tell the count %j', (count) => {
    const counts = { transactions_created_count: count, transactions_updated_count: count };
    expect(aggregationOf(counts)).toMatchObject({ created: null, updated: null });
  });

  it.each([undefined, null, '1790000000', 0, -1, 1.5, 1_790_000_000_000, '2026-11-29T00:00:00Z'])(
    'is only a hint if it was completed at %j',
    (completedAt) => {
      expect(aggregationOf({ completed_at: completedAt })).toBeUndefined();
    },
  );

  it('is not told by a webhook of another type', () => {
    expect(aggregationOf({ type: 'INITIAL_DATA_READY' })).toBeUndefined();
  });
});

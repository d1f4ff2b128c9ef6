import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INSTITUTIONS } from '../../src/sandbox/model/institutions.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { providerMessage, STATUSES } from '../../src/sandbox/model/statuses.js';
import { besideProject, Mx, startSandbox, until } from './support.js';
import type { Member } from './support.js';

const GUID = /^(USR|MBR)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the demo user has exactly one member in each of the 23 statuses, none with a running job', async () => {
  const mx = new Mx(await startSandbox());
  const members = await mx.list();
  const statuses = members.map((one) => one.connection_status);
  expect(statuses).toHaveLength(23);
  expect(new Set(statuses)).toEqual(new Set([...STATUSES.keys(), null]));
  expect(members.some((one) => one.is_being_aggregated)).toBe(false);
  expect(new Set(members.map((one) => one['institution_code'])).size).toBeGreaterThanOrEqual(7);
});

test('the demo guids are the same in every sandbox and have the format of MX', async () => {
  const [one, two] = [new Mx(await startSandbox()), new Mx(await startSandbox())];
  const guids = (await one.list()).map(({ guid }) => guid);
  expect((await two.list()).map(({ guid }) => guid)).toEqual(guids);
  expect(createSandbox().demoUserGuid).toBe(one.user);
  for (const guid of [one.user, one.sandbox.otherUserGuid, ...guids]) expect(guid).toMatch(GUID);
});

test('the PENDING member is an OAuth member with a page, and the one without a status is manual', async () => {
  const members = await new Mx(await startSandbox()).list();
  const pending = members.find((one) => one.connection_status === 'PENDING');
  expect(pending).toMatchObject({ is_oauth: true, institution_code: 'bluebell_mutual' });
  expect((await fetch(pending?.oauth_window_uri ?? '')).status).toBe(200);
  expect(members.filter((one) => one['is_manual'])).toMatchObject([{ connection_status: null }]);
});

test('a demo member never expires by itself', async () => {
  const sandbox = await startSandbox({ settings: { pendingTtlMs: 1, challengeTtlMs: 1, jobMs: 1 } });
  const mx = new Mx(sandbox);
  const before = await mx.list();
  // An ordinary member that expires proves that enough time has passed.
  const probe = await mx.createUser();
  const { guid } = await probe.create('challenge');
  await probe.settled(guid, 'EXPIRED');
  expect(await mx.list()).toEqual(before);
});

test('another user has members that the demo user cannot read', async () => {
  const sandbox = await startSandbox();
  const other = await new Mx(sandbox, 'v20250224', sandbox.otherUserGuid).list();
  expect(other.map((one) => one.connection_status)).toEqual(['CONNECTED', 'DENIED']);
});

test('each kind of block has an institution, and codes, guids and names are unique', () => {
  expect(new Set(INSTITUTIONS.map(({ block }) => block)).size).toBe(6);
  for (const key of ['code', 'guid', 'name'] as const) {
    expect(new Set(INSTITUTIONS.map((one) => one[key])).size).toBe(INSTITUTIONS.length);
  }
});

/** The status table of the product, if it is present beside the project. */
const TABLE = besideProject('statuses.tsv');

test.skipIf(TABLE === null)(
  'codes equal those of the status table, and no message of MX equals one of the table',
  () => {
    const rows = readFileSync(TABLE ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
    expect(rows).toHaveLength(STATUSES.size + 1);
    for (const [code, status, , , message] of rows.slice(1)) {
      expect([status, STATUSES.get(status ?? '')?.code]).toEqual([status, Number(code)]);
      expect(providerMessage(status ?? '', '[…]')).not.toBe(message);
    }
  },
);

test('an unlisted status has a message, the null status has none', () => {
  expect(providerMessage('NEW_WORD', 'MX Bank')).toContain('NEW_WORD');
  expect(providerMessage(null, 'MX Bank')).toBeNull();
});

test('a demo member keeps its status until a request changes it, then behaves like any other', async () => {
  const sandbox = await startSandbox({ settings: { pendingTtlMs: 1, challengeTtlMs: 1 } });
  const mx = new Mx(sandbox);
  const of = async (status: string): Promise<Member | undefined> =>
    (await mx.list()).find((one) => one.connection_status === status);
  const challenged = await of('CHALLENGED');
  expect((await mx.answer(challenged?.guid ?? '', 'correct')).status).toBe(202);
  await mx.settled(challenged?.guid ?? '', 'CONNECTED');
  const denied = await of('DENIED');
  await mx.updatePassword(denied?.guid ?? '', 'right', 'copper_fox');
  await mx.settled(denied?.guid ?? '', 'CONNECTED');
  const failed = await of('FAILED');
  await mx.send('POST', mx.path(failed?.guid ?? '', 'aggregate'));
  await mx.settled(failed?.guid ?? '', 'CONNECTED');
  const pending = await of('PENDING');
  sandbox.control.decideOauth(pending?.guid ?? '', { decision: 'approve' });
  await mx.settled(pending?.guid ?? '', 'CONNECTED');
  sandbox.control.setSettings({ challengeTtlMs: 60_000 });
  const moved = await of('RECONNECTED');
  await mx.send('POST', mx.path(moved?.guid ?? '', 'aggregate'));
  await until(
    () => mx.challenges(moved?.guid ?? ''),
    ({ length }) => length === 1,
  );
});

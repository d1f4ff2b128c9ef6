import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import {
  atRest,
  columnsOf,
  STATUS_COLUMNS,
  STATUS_TEXTS,
  textOf,
  whileJobRuns,
} from '../support/status-fixtures.js';

interface MemberRow {
  guid: string;
  name: string;
  connectionStatus: string | null;
  connectionStatusCode: number | null;
  rawConnectionStatus: string | null;
  phase: string;
  requiredAction: string;
  actionSteps: string[];
  isTerminal: boolean;
  waitingOn: string;
  userMessage: string | null;
  providerMessage: string | null;
  isBeingAggregated: boolean;
  institution: { name: string } | null;
  statusInfo: Record<string, unknown>;
}

const MEMBER = `
  guid name connectionStatus connectionStatusCode rawConnectionStatus phase requiredAction actionSteps isTerminal
  waitingOn userMessage providerMessage isBeingAggregated institution { name }
  statusInfo { status code description guidance messageTemplate requiredAction actionSteps phase waitingOn isTerminal }
`;
const LIST = `{ viewer { members { ${MEMBER} } } }`;
const ONE = `query One($guid: String!) { member(by: { guid: $guid }) { ${MEMBER} } }`;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 0 });
});
afterAll(() => stack.dispose());

async function list(): Promise<MemberRow[]> {
  return dataOf(await stack.graphql<{ viewer: { members: MemberRow[] } }>(LIST)).viewer.members;
}

async function one(guid: string): Promise<MemberRow> {
  return dataOf(await stack.graphql<{ member: MemberRow }>(ONE, { guid })).member;
}

/** The columns of the design as the graph shows them of a member. */
function shown(row: MemberRow) {
  return {
    status: row.connectionStatus,
    code: row.connectionStatusCode,
    phase: row.phase,
    isTerminal: row.isTerminal,
    action: row.requiredAction,
    waitingOn: row.waitingOn,
    steps: row.actionSteps,
  };
}

function sentenceOf(status: string | null, institution: string | undefined): string | null {
  const message = textOf(status)?.message ?? null;
  return message && message.split('[…]').join(institution ?? '');
}

const ROWS = STATUS_TEXTS.map(({ status }) => ({ status, name: String(status) }));

describe('the members of the demo user, over GraphQL', () => {
  let rows: MemberRow[];
  beforeAll(async () => {
    rows = await list();
  });

  it('are 23, one in each status and one in none', () => {
    expect(rows).toHaveLength(23);
    const statuses = rows.map((row) => row.connectionStatus);
    expect(new Set(statuses)).toEqual(new Set(STATUS_TEXTS.map(({ status }) => status)));
    expect(rows.map(({ guid }) => guid)).toEqual(
      membersOf(stack.sandbox, stack.sandbox.demoUserGuid).map(({ guid }) => guid),
    );
  });

  describe.each(ROWS)('$name', ({ status }) => {
    const find = () => rows.find((row) => row.connectionStatus === status);

    it('has the code, phase, terminality, action, steps and party of the table', () => {
      const row = find();
      expect(row && shown(row)).toEqual(atRest(columnsOf(status)));
    });

    it('has the message of the table, with the institution’s name', () => {
      const row = find();
      expect(row?.institution?.name).toBe(row?.name);
      expect(row?.userMessage).toBe(sentenceOf(status, row?.institution?.name));
    });

    it('returns MX’s status and message unchanged', () => {
      const held = demoMember(stack.sandbox, status);
      expect(find()).toMatchObject({
        guid: held.guid,
        rawConnectionStatus: status,
        providerMessage: held.connection_status_message,
      });
    });

    it('has the description of its row of the table', () => {
      const { action, steps, ...columns } = columnsOf(status);
      const text = textOf(status);
      expect(find()?.statusInfo).toEqual({
        ...columns,
        description: text?.description,
        guidance: text?.guidance,
        messageTemplate: text?.message,
        requiredAction: action,
        actionSteps: steps,
      });
    });

    it('is the same alone as in the list', async () => {
      const row = find();
      expect(await one(row?.guid ?? '')).toEqual(row);
    });
  });
});

describe('a member whose job runs', () => {
  it.each(ROWS)('is interpreted as designed while it is $name', async ({ status }) => {
    const { guid } = demoMember(stack.sandbox, status);
    stack.sandbox.control.forceMember(guid, { is_being_aggregated: true });
    const row = await one(guid);
    stack.sandbox.control.forceMember(guid, { is_being_aggregated: false });

    expect(row.isBeingAggregated).toBe(true);
    expect(shown(row)).toEqual(whileJobRuns(columnsOf(status)));
    expect(row.userMessage).toBe(sentenceOf(status, row.institution?.name));
    expect(shown(await one(guid))).toEqual(atRest(columnsOf(status)));
  });
});

describe('a word that the table does not list', () => {
  it.each(['QUARANTINED', '__proto__', 'constructor', 'connected', 'NULL', '  '])(
    'reads as UNKNOWN with the word %j readable and MX’s own sentence',
    async (word) => {
      const { guid, connection_status } = demoMember(stack.sandbox, 'CLOSED');
      stack.sandbox.control.forceMember(guid, {
        connection_status: word,
        connection_status_message: 'We put this one aside.',
      });
      const row = await one(guid);
      stack.sandbox.control.forceMember(guid, { connection_status });

      expect(row.rawConnectionStatus).toBe(word);
      expect(row.userMessage).toBe('We put this one aside.');
      expect(row.providerMessage).toBe('We put this one aside.');
      expect(shown(row)).toEqual(columnsOf('UNKNOWN'));
    },
  );

  it('has no message if MX sends none', async () => {
    const { guid, connection_status } = demoMember(stack.sandbox, 'CLOSED');
    stack.sandbox.control.forceMember(guid, {
      connection_status: 'QUARANTINED',
      connection_status_message: null,
    });
    const row = await one(guid);
    stack.sandbox.control.forceMember(guid, { connection_status });
    expect(row).toMatchObject({ connectionStatus: 'UNKNOWN', userMessage: null });
  });
});

describe('members(waitingOn, phase)', () => {
  const QUERY = `query Filter($waitingOn: [Party!], $phase: [ConnectionPhase!]) {
    viewer { members(waitingOn: $waitingOn, phase: $phase) { connectionStatus } } }`;
  const statusesOf = async (variables: Record<string, unknown>) => {
    const data = dataOf(
      await stack.graphql<{ viewer: { members: { connectionStatus: string | null }[] } }>(QUERY, variables),
    );
    return new Set(data.viewer.members.map((row) => row.connectionStatus));
  };
  const documented = STATUS_COLUMNS.filter(({ status }) => status !== 'UNKNOWN');
  const PARTIES = ['END_USER', 'APPLICATION', 'INSTITUTION', 'MX', 'NOBODY'];
  const wantedOf = (fits: (row: (typeof documented)[number]) => boolean) =>
    new Set(documented.filter(fits).map(({ status }) => status));

  it.each(PARTIES)('returns those that wait for %s', async (party) => {
    const wanted = wantedOf(({ waitingOn }) => waitingOn === party);
    expect(wanted.size).toBeGreaterThan(0);
    expect(await statusesOf({ waitingOn: [party] })).toEqual(wanted);
  });

  it('returns those that wait for one of several', async () => {
    const parties = ['END_USER', 'APPLICATION'];
    const wanted = wantedOf(({ waitingOn }) => parties.includes(waitingOn));
    expect(wanted.size).toBe(14);
    expect(await statusesOf({ waitingOn: parties })).toEqual(wanted);
  });

  it('returns those in one of several phases', async () => {
    const phases = ['UNAVAILABLE', 'ENDED'];
    const wanted = wantedOf(({ phase }) => phases.includes(phase));
    expect(wanted.size).toBeGreaterThan(3);
    expect(await statusesOf({ phase: phases })).toEqual(wanted);
  });

  it('returns those that fit both, if both are given', async () => {
    const wanted = wantedOf(({ phase, waitingOn }) => phase === 'UNAVAILABLE' && waitingOn === 'MX');
    expect(wanted.size).toBeGreaterThan(0);
    expect(await statusesOf({ waitingOn: ['MX'], phase: ['UNAVAILABLE'] })).toEqual(wanted);
    expect((await statusesOf({ waitingOn: ['END_USER'], phase: ['CONNECTED'] })).size).toBe(0);
  });

  it('returns none for an empty list, and all for null or nothing', async () => {
    expect((await statusesOf({ waitingOn: [] })).size).toBe(0);
    expect((await statusesOf({ phase: [] })).size).toBe(0);
    expect((await statusesOf({ waitingOn: [], phase: ['CONNECTED'] })).size).toBe(0);
    expect((await statusesOf({ waitingOn: null, phase: null })).size).toBe(23);
    expect((await statusesOf({})).size).toBe(23);
  });

  it.each(['true', '"END_USER"', '[NOBODY_ELSE]', '[null]', '[[END_USER]]'])(
    'is GRAPHQL_VALIDATION_FAILED with %s',
    async (value) => {
      const answer = await stack.graphql(`{ viewer { members(waitingOn: ${value}) { guid } } }`);
      expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    },
  );
});

it('returns the whole status table, UNKNOWN last', async () => {
  const QUERY = `{ connectionStatuses { status code description guidance messageTemplate requiredAction actionSteps
    phase waitingOn isTerminal } }`;
  const rows = dataOf(
    await stack.graphql<{ connectionStatuses: Record<string, unknown>[] }>(QUERY),
  ).connectionStatuses;
  expect(rows).toHaveLength(24);
  STATUS_TEXTS.forEach(({ status, description, guidance, message }, index) => {
    const { action, steps, ...columns } = columnsOf(status);
    const texts = { description, guidance, messageTemplate: message };
    expect(rows[index]).toEqual({ ...columns, ...texts, requiredAction: action, actionSteps: steps });
  });
  expect(rows[23]).toMatchObject({ status: 'UNKNOWN', code: null, messageTemplate: null });
});

import { describe, expect, it } from 'vitest';

import {
  isActionRequired,
  isUnknownStatus,
  messageFor,
  needsInstitutionName,
  STATUS_TABLE,
  statusOf,
  interpretMember,
} from '../../../src/status/status.js';
import { STATUS_COLUMNS, STATUS_TEXTS, whileJobRuns } from '../../support/status-fixtures.js';

/** A word as MX would send it for a row of the table. */
const sent = (status: string | null) => (status === 'UNKNOWN' ? 'QUARANTINED' : status);
const rows = STATUS_COLUMNS.map((columns) => ({ ...columns, name: String(columns.status), columns }));

/** What an application would be told, in the names of the fixture. */
function reading(connection_status: string | null, is_being_aggregated: boolean) {
  const { row, requiredAction, actionSteps, waitingOn, isTerminal } = interpretMember({
    connection_status,
    is_being_aggregated,
  });
  const { status, code, phase } = row;
  return { status, code, phase, isTerminal, action: requiredAction, waitingOn, steps: actionSteps };
}

describe('statusOf', () => {
  it.each(rows)('finds the row of $name', ({ status }) => {
    expect(statusOf(sent(status)).status).toBe(status);
  });

  it('reads an absent status as none', () => {
    expect(statusOf(undefined)).toBe(statusOf(null));
    expect(statusOf(undefined).phase).toBe('MANUAL');
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    ' ',
    'NULL',
    'null',
    'undefined',
    'connected',
    'CONNECTED ',
    'Connected',
    '6',
    'UNKNOWN',
    'CONNECTED\u0000',
    '[object Object]',
    'X'.repeat(10_000),
  ])('reads the word %j as UNKNOWN', (word) => {
    expect(statusOf(word).status).toBe('UNKNOWN');
    expect(isUnknownStatus(word)).toBe(true);
  });

  it.each(rows.filter(({ status }) => status !== 'UNKNOWN'))('does not take $name for unknown', (row) => {
    expect(isUnknownStatus(row.status)).toBe(false);
  });
});

describe('viewOf', () => {
  it.each(rows)('reads $name at rest as the design decides', ({ columns }) => {
    expect(reading(sent(columns.status), false)).toEqual(columns);
  });

  it.each(rows)('reads $name while a job runs as the design decides', ({ columns }) => {
    expect(reading(sent(columns.status), true)).toEqual(whileJobRuns(columns));
  });

  it('lets exactly three statuses stand while a job runs', () => {
    const standing = STATUS_COLUMNS.filter(({ status }) => reading(sent(status), true).action !== 'WAIT');
    expect(standing.map(({ status, action }) => [status, action])).toEqual([
      ['CHALLENGED', 'ANSWER_CHALLENGE'],
      ['CONNECTED', 'NONE'],
      ['PENDING', 'COMPLETE_OAUTH'],
    ]);
  });

  it('takes a member that does not say so for one without a job', () => {
    const atRest = interpretMember({ connection_status: 'DENIED', is_being_aggregated: false });
    expect(interpretMember({ connection_status: 'DENIED' })).toEqual(atRest);
    expect(interpretMember({ connection_status: 'DENIED', is_being_aggregated: null })).toEqual(atRest);
    expect(interpretMember({}).row.status).toBeNull();
  });

  it('counts as requiring action exactly what waits on the end user or the application', () => {
    const requiring = STATUS_COLUMNS.filter(({ status }) =>
      isActionRequired(interpretMember({ connection_status: sent(status) })),
    );
    const wanted = STATUS_COLUMNS.filter(({ waitingOn }) => ['END_USER', 'APPLICATION'].includes(waitingOn));
    expect(requiring).toEqual(wanted);
    expect(requiring).toHaveLength(14);
  });
});

describe('messageFor', () => {
  const withPlaceholder = STATUS_TEXTS.filter(({ message }) => message?.includes('[…]'));

  it.each(STATUS_TEXTS.map((text) => ({ ...text, name: String(text.status) })))(
    'says for $name the sentence of the table, with the name in the place of […]',
    ({ status, message }) => {
      const wanted = message === null ? null : message.split('[…]').join('Harbor Lane');
      expect(messageFor(statusOf(status), 'Harbor Lane')).toBe(wanted);
    },
  );

  it('says nothing for UNKNOWN, whose sentence is MX’s', () => {
    expect(messageFor(statusOf('QUARANTINED'), 'Harbor Lane')).toBeNull();
  });

  it('needs the institution’s name in exactly the sentences that have its placeholder', () => {
    const needing = STATUS_TABLE.filter((row) => needsInstitutionName(row)).map(({ status }) => status);
    expect(needing).toEqual(withPlaceholder.map(({ status }) => status));
    expect(needing).toHaveLength(13);
  });

  it.each([
    '$&',
    "$1 $$ $` $'",
    '[…]',
    'Bank […] of […]',
    '\\[…\\]',
    '',
    '<b>Bank</b>',
    'Bank\nof the Valley',
    '日本銀行 🏦',
    '{name}',
    '%s',
  ])('puts the name %j into the sentence as it is', (name) => {
    expect(messageFor(statusOf('DISCONNECTED'), name)).toBe(
      `It looks like your data from ${name} cannot be imported. We are working to resolve the issue.`,
    );
  });
});

describe('a member that authenticates by OAuth', () => {
  const oauth = (connection_status: string, is_being_aggregated = false) =>
    interpretMember({ connection_status, is_being_aggregated, is_oauth: true });

  it.each(['PREVENTED', 'DENIED', 'IMPORTED', 'IMPAIRED'])(
    'goes to the institution’s pages where others enter credentials: %s',
    (status) => {
      expect(oauth(status)).toMatchObject({
        requiredAction: 'COMPLETE_OAUTH',
        actionSteps: ['DISPLAY_MESSAGE', 'REDIRECT_TO_OAUTH', 'AGGREGATE'],
        waitingOn: 'END_USER',
        isTerminal: true,
      });
      expect(oauth(status, true)).toMatchObject({
        requiredAction: 'WAIT',
        waitingOn: 'MX',
        isTerminal: false,
      });
    },
  );

  it('reads as any other member elsewhere', () => {
    const others = STATUS_TABLE.filter(({ action }) => action !== 'UPDATE_CREDENTIALS');
    for (const { status } of others) {
      expect(interpretMember({ connection_status: status, is_oauth: true })).toEqual(
        interpretMember({ connection_status: status }),
      );
    }
    expect(others).toHaveLength(20);
  });
});

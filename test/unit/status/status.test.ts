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
import { atRest, STATUS_COLUMNS, STATUS_TEXTS, whileJobRuns } from '../../support/status-fixtures.js';

/** The status as MX would send it for a row of the table. */
const sent = (status: string | null) => (status === 'UNKNOWN' ? 'QUARANTINED' : status);
const rows = STATUS_COLUMNS.map((columns) => ({ ...columns, name: String(columns.status), columns }));

/** What an application reads, in the names of the fixture. */
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

  it('treats an absent status as null', () => {
    expect(statusOf(undefined)).toBe(statusOf(null));
    expect(statusOf(undefined).phase).toBe('MANUAL');
  });

  it.each([
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['toString', 'toString'],
    ['hasOwnProperty', 'hasOwnProperty'],
    ['an empty string', ''],
    ['a space', ' '],
    ['NULL', 'NULL'],
    ['the string null', 'null'],
    ['the string undefined', 'undefined'],
    ['connected in lower case', 'connected'],
    ['CONNECTED with a trailing space', 'CONNECTED '],
    ['Connected in title case', 'Connected'],
    ['a code', '6'],
    ['UNKNOWN itself', 'UNKNOWN'],
    ['CONNECTED with a null character', 'CONNECTED\u0000'],
    ['[object Object]', '[object Object]'],
    ['a string of 10,000 characters', 'X'.repeat(10_000)],
  ])('maps %s to UNKNOWN', (_, status) => {
    expect(statusOf(status).status).toBe('UNKNOWN');
    expect(isUnknownStatus(status)).toBe(true);
  });

  it.each(rows.filter(({ status }) => status !== 'UNKNOWN'))('does not map $name to UNKNOWN', (row) => {
    expect(isUnknownStatus(row.status)).toBe(false);
  });
});

describe('interpretMember', () => {
  it.each(rows)('reads $name at rest as the fixture says', ({ columns }) => {
    expect(reading(sent(columns.status), false)).toEqual(atRest(columns));
  });

  it.each(rows)('reads $name while a job runs as the fixture says', ({ columns }) => {
    expect(reading(sent(columns.status), true)).toEqual(whileJobRuns(columns));
  });

  it('keeps the action of exactly three statuses while a job runs', () => {
    const standing = STATUS_COLUMNS.filter(({ status }) => reading(sent(status), true).action !== 'WAIT');
    expect(standing.map(({ status, action }) => [status, action])).toEqual([
      ['CHALLENGED', 'ANSWER_CHALLENGE'],
      ['CONNECTED', 'NONE'],
      ['PENDING', 'COMPLETE_OAUTH'],
    ]);
  });

  it('assumes that no job runs if the field is absent or null', () => {
    const atRest = interpretMember({ connection_status: 'DENIED', is_being_aggregated: false });
    expect(interpretMember({ connection_status: 'DENIED' })).toEqual(atRest);
    expect(interpretMember({ connection_status: 'DENIED', is_being_aggregated: null })).toEqual(atRest);
    expect(interpretMember({}).row.status).toBeNull();
  });

  it('requires action exactly when it waits on the end user or the application', () => {
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
    'returns the sentence of the table for $name, with the name in place of […]',
    ({ status, message }) => {
      const wanted = message === null ? null : message.split('[…]').join('Harbor Lane');
      expect(messageFor(statusOf(status), 'Harbor Lane')).toBe(wanted);
    },
  );

  it('returns null for UNKNOWN, which shows the message of MX', () => {
    expect(messageFor(statusOf('QUARANTINED'), 'Harbor Lane')).toBeNull();
  });

  it('needs the institution’s name for exactly the sentences with its placeholder', () => {
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
  ])('inserts the name %j unchanged', (name) => {
    expect(messageFor(statusOf('DISCONNECTED'), name)).toBe(
      `It looks like your data from ${name} cannot be imported. We are working to resolve the issue.`,
    );
  });
});

describe('an OAuth member', () => {
  const oauth = (connection_status: string, is_being_aggregated = false) =>
    interpretMember({ connection_status, is_being_aggregated, is_oauth: true });

  it.each(['PREVENTED', 'DENIED', 'IMPORTED', 'IMPAIRED'])(
    'that is %s completes OAuth where another member enters credentials',
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

  it('is read like any other member for all other statuses', () => {
    const others = STATUS_TABLE.filter(({ action }) => action !== 'UPDATE_CREDENTIALS');
    for (const { status } of others) {
      expect(interpretMember({ connection_status: status, is_oauth: true })).toEqual(
        interpretMember({ connection_status: status }),
      );
    }
    expect(others).toHaveLength(20);
  });
});

import { readFileSync } from 'node:fs';

import { buildSchema, isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';

import { STATUS_TABLE } from '../../../src/status/table.js';
import { STATUS_COLUMNS, STATUS_TEXTS } from '../../support/status-fixtures.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('the status table', () => {
  it('has the 23 rows of the fixture in order, and UNKNOWN as the last', () => {
    expect(STATUS_TEXTS).toHaveLength(23);
    expect(STATUS_TABLE).toHaveLength(24);
    expect(STATUS_TABLE.map(({ status }) => status)).toEqual([
      ...STATUS_TEXTS.map(({ status }) => status),
      'UNKNOWN',
    ]);
  });

  it('has the codes of MX: 0 to 21, and null for the rows null and UNKNOWN', () => {
    const codes = STATUS_TABLE.map(({ code }) => code);
    expect(codes).toEqual([null, ...Array.from({ length: 22 }, (_, code) => code), null]);
  });

  it.each(STATUS_TEXTS.map((wanted, index) => ({ name: String(wanted.status), index, wanted })))(
    'has the texts of the fixture for $name, word for word',
    ({ index, wanted }) => {
      expect(STATUS_TABLE[index]).toMatchObject(wanted);
    },
  );

  it.each(STATUS_COLUMNS.map((wanted, index) => ({ name: String(wanted.status), index, wanted })))(
    'has the phase, isTerminal, action, steps and waitingOn of the fixture for $name',
    ({ index, wanted }) => {
      expect(STATUS_TABLE[index]).toMatchObject(wanted);
    },
  );

  it('is compared with 24 rows of the fixture', () => {
    expect(STATUS_COLUMNS).toHaveLength(24);
  });

  it('has no message for UNKNOWN', () => {
    expect(STATUS_TABLE[23]).toMatchObject({ status: 'UNKNOWN', code: null, message: null, guidance: null });
  });
});

describe('the SDL enum ConnectionStatus', () => {
  const type = buildSchema(read('schema/connection-status.graphql')).getType('ConnectionStatus');
  const values = isEnumType(type) ? type.getValues() : [];

  it('has exactly the 22 statuses of MX and UNKNOWN', () => {
    const words = STATUS_TEXTS.flatMap(({ status }) => status ?? []);
    expect(words).toHaveLength(22);
    expect(values.map(({ name }) => name)).toEqual([...words, 'UNKNOWN']);
  });

  it.each(STATUS_TEXTS.flatMap(({ status, description }) => (status ? [{ status, description }] : [])))(
    'describes $status with the description of the table',
    ({ status, description }) => {
      expect(values.find(({ name }) => name === status)?.description).toBe(description);
    },
  );

  it('describes UNKNOWN with a reference to rawConnectionStatus', () => {
    expect(values.find(({ name }) => name === 'UNKNOWN')?.description).toContain('rawConnectionStatus');
  });
});

describe('docs/statuses.md', () => {
  const lines = read('docs/statuses.md').split('\n');

  it.each(STATUS_COLUMNS.map((row) => ({ ...row, name: row.status ?? '(null)' })))(
    'lists the columns of $name',
    ({ name, code, phase, isTerminal, action, waitingOn, steps }) => {
      const cells = [
        code ?? '–',
        name,
        phase,
        isTerminal ? 'yes' : 'no',
        action,
        waitingOn,
        steps.join(', ') || '–',
      ];
      expect(lines).toContain(`| ${cells.join(' | ')} |`);
    },
  );

  it.each(STATUS_TEXTS.map((row) => ({ ...row, name: row.status ?? '(null)' })))(
    'lists the texts of $name',
    ({ name, message, description, guidance }) => {
      expect(lines).toContain(`| ${[name, message ?? '–', description, guidance ?? '–'].join(' | ')} |`);
    },
  );
});

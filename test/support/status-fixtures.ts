import { readFileSync } from 'node:fs';

/** One row of `fixtures/statuses.tsv`: the product's own table, word for word as it was asked for. */
export interface StatusText {
  readonly status: string | null;
  readonly code: number | null;
  readonly description: string;
  readonly guidance: string | null;
  readonly message: string | null;
}

/** One row of `fixtures/status-columns.tsv`: what the product makes of a status. */
export interface StatusColumns {
  readonly status: string | null;
  readonly code: number | null;
  readonly phase: string;
  readonly isTerminal: boolean;
  readonly action: string;
  readonly waitingOn: string;
  readonly steps: readonly string[];
}

function rowsOf(file: string): string[][] {
  const text = readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => line.split('\t'));
}

const word = (text = '') => (text === 'null' ? null : text);
const sentence = (text = '') => (['None.', 'null', ''].includes(text) ? null : text);
const number = (text = '') => (['null', ''].includes(text) ? null : Number(text));

/** The 23 statuses that MX documents, null first. */
export const STATUS_TEXTS: readonly StatusText[] = rowsOf('statuses.tsv').map((cells) => ({
  code: number(cells[0]),
  status: word(cells[1]),
  description: cells[2] ?? '',
  guidance: sentence(cells[3]),
  message: sentence(cells[4]),
}));

/** The 23 and, last, UNKNOWN. */
export const STATUS_COLUMNS: readonly StatusColumns[] = rowsOf('status-columns.tsv').map((cells) => ({
  code: number(cells[0]),
  status: word(cells[1]),
  phase: cells[2] ?? '',
  isTerminal: cells[3] === 'yes',
  action: cells[4] ?? '',
  waitingOn: cells[5] ?? '',
  steps: (cells[6] ?? '').split(', ').filter((step) => step !== ''),
}));

/** The columns of a status that must be in the fixture. */
export function columnsOf(status: string | null): StatusColumns {
  const row = STATUS_COLUMNS.find((one) => one.status === status);
  if (!row) throw new Error(`The fixture has no row for ${String(status)}.`);
  return row;
}

/** The texts of a status; UNKNOWN has none of MX's. */
export function textOf(status: string | null): StatusText | undefined {
  return STATUS_TEXTS.find((one) => one.status === status);
}

/** How a member with the status is read while no job runs: what waits for the application does not go on by itself. */
export function atRest(row: StatusColumns): StatusColumns {
  return {
    ...row,
    isTerminal: row.isTerminal || ['CREATED', 'UPDATED', 'RECONNECTED'].includes(row.status ?? ''),
  };
}

/** What a running job makes of a status; null where the status stands as it is. */
export function whileJobRuns(row: StatusColumns): StatusColumns {
  const stands = ['CHALLENGED', 'PENDING', 'CONNECTED'].includes(row.status ?? '');
  const waiting = { action: 'WAIT', waitingOn: 'MX', steps: ['POLL'] };
  return { ...row, ...(stands ? {} : waiting), isTerminal: false };
}

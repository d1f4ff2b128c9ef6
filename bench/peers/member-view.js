// What a hand-written service makes of MX's status words: the least that answers the page.
import { readFileSync } from 'node:fs';

const [, ...lines] = readFileSync(new URL('status-table.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);

const ROWS = new Map(
  lines.map((line) => {
    const [name, action, terminal, message] = line.split('\t');
    return [name, { action, isTerminal: terminal === 'yes', message: message === '' ? null : message }];
  }),
);

const STANDS_WHILE_RUNNING = new Set(['ANSWER_CHALLENGE', 'COMPLETE_OAUTH', 'NONE']);

export const statusRow = (word) => ROWS.get(word);

export const namesInstitution = (row) => row.message !== null && row.message.includes('[…]');

export function userMessage(row, institutionName) {
  return row.message === null ? null : row.message.replace('[…]', () => institutionName);
}

export function requiredAction(row, isBeingAggregated) {
  return isBeingAggregated && !STANDS_WHILE_RUNNING.has(row.action) ? 'WAIT' : row.action;
}

export function isTerminal(row, isBeingAggregated) {
  return row.isTerminal && !isBeingAggregated;
}

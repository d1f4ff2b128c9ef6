/** Generates the SDL enum and `docs/statuses.md` from the status table. Run by `npm run generate`. */
import { writeFile } from 'node:fs/promises';

import { STATUS_TABLE } from '../src/status/table.js';
import type { StatusRow } from '../src/status/table.js';

const rows: readonly StatusRow[] = STATUS_TABLE;

function toEnum(): string {
  const values = rows.flatMap((row) =>
    row.status === null ? [] : [`  """\n  ${row.description}\n  """\n  ${row.status}`],
  );
  return [
    '# Generated from src/status/table.ts by `npm run generate`. Do not edit.',
    '"The status of a member\'s connection, as MX defines it. Null for a member without credentials."',
    `enum ConnectionStatus {\n${values.join('\n')}\n}\n`,
  ].join('\n');
}

const cell = (value: string | number | null) => (value === null ? '–' : String(value).replaceAll('|', '\\|'));

function toMarkdown(): string {
  const line = (cells: readonly (string | number | null)[]) => `| ${cells.map(cell).join(' | ')} |`;
  const properties = rows.map((row) =>
    line([
      row.code,
      row.status ?? '(null)',
      row.phase,
      row.isTerminal ? 'yes' : 'no',
      row.action,
      row.waitingOn,
      row.steps.length > 0 ? row.steps.join(', ') : null,
    ]),
  );
  const texts = rows.map((row) => line([row.status ?? '(null)', row.message, row.description, row.guidance]));
  return `<!-- Generated from src/status/table.ts by \`npm run generate\`. Do not edit. -->

# Connection statuses

MX reports the status of a member's connection as one of 22 strings, or null for a member without credentials. A string
that MX adds later is reported as \`UNKNOWN\`; \`rawConnectionStatus\` has the original string.

## Properties of each status

*Terminal*: no further change is expected without someone taking action, provided that no job is running.
*Waiting on*: who must act next.

| code | status | phase | terminal | action | waiting on | steps |
|---|---|---|---|---|---|---|
${properties.join('\n')}

While a job is running (\`isBeingAggregated\`), a member is not terminal, its action is \`WAIT\` and it waits on \`MX\`.
There are three exceptions, in which the action of the table applies: \`ANSWER_CHALLENGE\`, \`COMPLETE_OAUTH\`, and the
\`NONE\` of a connected member. The phase and the message are always those of the table. A member that authenticates
through OAuth has no credentials to enter: where the table says \`UPDATE_CREDENTIALS\`, its action is
\`COMPLETE_OAUTH\` and its step is \`REDIRECT_TO_OAUTH\`. The same applies to a member with credentials whose institution
has moved to OAuth since: it supports OAuth and has no credential fields any more.

## Texts of each status

\`[…]\` stands for the institution's name.

| status | message for the end user | MX's description | what MX recommends |
|---|---|---|---|
${texts.join('\n')}
`;
}

await writeFile(new URL('../schema/connection-status.graphql', import.meta.url), toEnum());
await writeFile(new URL('../docs/statuses.md', import.meta.url), toMarkdown());

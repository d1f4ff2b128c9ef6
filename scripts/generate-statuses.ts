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

*Terminal*: no further change of the status is expected without someone taking action, provided that no job is running.
*Waiting on*: who must act next.

| code | status | phase | terminal | action | waiting on | steps |
|---|---|---|---|---|---|---|
${properties.join('\n')}

## How a member is read

The table is the reading of a status, which \`statusInfo\` returns. A member is read from all that MX says of it. The first
of these rules that applies decides its action, its phase, who must act, and whether it is terminal:

1. A job is running (\`isBeingAggregated\`): the action is \`WAIT\`, the member waits on \`MX\` and is not terminal. There
   are three exceptions, in which the action of the table applies: \`ANSWER_CHALLENGE\`, \`COMPLETE_OAUTH\`, and the
   \`NONE\` of a connected member. \`isInProgress\` is true.
2. The status is null, UNKNOWN, CHALLENGED, PENDING, LOCKED, DISCONTINUED, CLOSED or DISABLED: the table decides.
3. MX wants new credentials (\`needs_updated_credentials\`): \`UPDATE_CREDENTIALS\`, by the end user.
4. The status is DEGRADED, DISCONNECTED or FAILED, and the error explains it. Codes 2004 and 2005: as rule 3. Codes 2001 to
   2003: \`AGGREGATE\`, by the end user. Code 1002: \`VISIT_INSTITUTION\`. Codes 3000 to 3002: \`RETRY_LATER\`, waiting on the
   institution.
5. The status is CONNECTED and the data is STALE: \`AGGREGATE\`, by the application, in the phase OUT_OF_DATE.
6. Otherwise, the table decides. CREATED, UPDATED and RECONNECTED are terminal: at rest, nothing happens until the
   application aggregates.

If rule 3, 4 or 5 decides something else than the table, the message is not that of the table
(\`userMessageSource: EVIDENCE\`). A member that authenticates through OAuth has no credentials to enter: where credentials
are required, its action is \`COMPLETE_OAUTH\` and its step is \`REDIRECT_TO_OAUTH\`. The same applies to a member with
credentials whose institution has moved to OAuth since: it supports OAuth and has no credential fields any more.

## Texts of each status

\`[…]\` stands for the institution's name.

| status | message for the end user | MX's description | what MX recommends |
|---|---|---|---|
${texts.join('\n')}
`;
}

await writeFile(new URL('../schema/connection-status.graphql', import.meta.url), toEnum());
await writeFile(new URL('../docs/statuses.md', import.meta.url), toMarkdown());

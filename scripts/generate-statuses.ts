/** Writes what follows from the status table: the SDL enum and `docs/statuses.md`. Run by `npm run generate`. */
import { writeFile } from 'node:fs/promises';

import { STATUS_TABLE } from '../src/status/table.js';
import type { StatusRow } from '../src/status/table.js';

const rows: readonly StatusRow[] = STATUS_TABLE;

function toEnum(): string {
  const values = rows.flatMap((row) =>
    row.status === null ? [] : [`  """\n  ${row.description}\n  """\n  ${row.status}`],
  );
  return [
    '# Generated from src/status/table.ts by `npm run generate`: never edited.',
    '"How a member\'s connection stands, in MX\'s words. A member without credentials has none: null."',
    `enum ConnectionStatus {\n${values.join('\n')}\n}\n`,
  ].join('\n');
}

const cell = (text: string | number | null) => (text === null ? '–' : String(text).replaceAll('|', '\\|'));

function toMarkdown(): string {
  const line = (cells: readonly (string | number | null)[]) => `| ${cells.map(cell).join(' | ')} |`;
  const reading = rows.map((row) =>
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
  const words = rows.map((row) => line([row.status ?? '(null)', row.message, row.description, row.guidance]));
  return `<!-- Generated from src/status/table.ts by \`npm run generate\`: never edited. -->

# Connection statuses

MX reports how a member's connection stands as one of 22 words, or null for a member without credentials. A word that
MX adds later reads as \`UNKNOWN\`; the word itself stays readable in \`rawConnectionStatus\`.

## How each is read

*Terminal*: nothing more will happen until somebody acts, provided that no job runs. *Waiting on*: who has the ball.

| code | status | phase | terminal | action | waiting on | steps |
|---|---|---|---|---|---|---|
${reading.join('\n')}

While a job runs (\`isBeingAggregated\`), a member is not terminal, its action is \`WAIT\` and it waits on \`MX\`; only
\`ANSWER_CHALLENGE\`, \`COMPLETE_OAUTH\` and the \`NONE\` of a connected member stand. The phase and the sentence are
those of the status throughout. A member that authenticates by OAuth has no credentials to enter: where the table says
\`UPDATE_CREDENTIALS\`, its action is \`COMPLETE_OAUTH\`, and its step \`REDIRECT_TO_OAUTH\`.

## What each says

\`[…]\` stands for the institution's name.

| status | the end user reads | what MX says it means | what MX says to do |
|---|---|---|---|
${words.join('\n')}
`;
}

await writeFile(new URL('../schema/connection-status.graphql', import.meta.url), toEnum());
await writeFile(new URL('../docs/statuses.md', import.meta.url), toMarkdown());

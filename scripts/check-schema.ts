/**
 * Compares the SDL in `schema/` with that of the last release, and fails if CHANGELOG.md does not name a breaking change.
 *
 *     npm run check:schema                  with the last release
 *     npm run check:schema -- <ref>         with a commit or tag
 *     npm run check:schema -- --released    makes the present schema that of the last release
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

import { readTypeDefs } from '../src/graphql/schema.js';
import { compareSchemas, toChangelogLines } from './schema-changes.js';
import type { Release, SchemaChanges } from './schema-changes.js';

/** A file, because a clone may have neither tags nor the history. */
const RELEASED = 'test/fixtures/released-schema.graphql';
const HEADING = '# The schema of version ';

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
const versionOf = (packageJson: string) => (JSON.parse(packageJson) as { version: string }).version;

function readCommit(ref: string): Release {
  const files = git('ls-tree', '--name-only', ref, 'schema/').split('\n');
  const sdl = files.map((file) => git('show', `${ref}:${file}`)).join('\n\n');
  return { version: versionOf(git('show', `${ref}:package.json`)), sdl };
}

function readPresent(): Release {
  return { version: versionOf(readFileSync('package.json', 'utf8')), sdl: readTypeDefs().join('\n') };
}

function readReleased(): Release {
  const sdl = readFileSync(RELEASED, 'utf8');
  const [first = ''] = sdl.split('\n');
  if (!first.startsWith(HEADING)) throw new Error(`${RELEASED} must begin with "${HEADING}".`);
  return { version: first.slice(HEADING.length), sdl };
}

function writeReleased({ version, sdl }: Release): void {
  const note = '# Written by `npm run check:schema -- --released`, see docs/releasing.md. Do not edit.';
  writeFileSync(RELEASED, `${HEADING}${version}\n${note}\n\n${sdl.trim()}\n`);
}

/** Prints what has changed. Returns false if the changes are not allowed as they are. */
function report({
  breaking,
  dangerous,
  unnamed,
  vagueDeprecations,
  isVersionAllowed,
}: SchemaChanges): boolean {
  console.log(`Changes of the schema: ${breaking.length} breaking, ${dangerous.length} dangerous.`);
  for (const { description } of breaking) console.log(`  breaking: ${description}`);
  for (const change of dangerous) console.log(`  dangerous: ${change}`);
  if (!isVersionAllowed) console.error('Breaking changes need a new major version: see docs/api-changes.md.');
  if (unnamed.length > 0) {
    console.error(
      'CHANGELOG.md must name these breaking changes, under "Changed" or "Removed" of its newest entry:',
    );
    for (const line of toChangelogLines(unnamed)) console.error(line);
  }
  for (const coordinate of vagueDeprecations)
    console.error(`@deprecated of ${coordinate} must say: Use \`…\` instead. Removed after YYYY-MM-DD.`);
  return isVersionAllowed && unnamed.length + vagueDeprecations.length === 0;
}

const [option] = process.argv.slice(2);
if (option === '--released') {
  writeReleased(readPresent());
} else {
  const before = option === undefined ? readReleased() : readCommit(option);
  if (!report(compareSchemas(before, readPresent(), readFileSync('CHANGELOG.md', 'utf8'))))
    process.exitCode = 1;
}

/**
 * Compares the SDL in `schema/` with that of the last release, or of another git ref, and lists what can break clients.
 * Breaking changes fail the check, unless the major version has been raised or is still 0.
 *
 *     npm run check:schema [-- <ref>]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';

import { readTypeDefs } from '../src/graphql/schema.js';

/** A state of the project: its version, as in package.json, and its SDL. */
export interface Release {
  readonly version: string;
  readonly sdl: string;
}

export interface SchemaChanges {
  /** Changes after which some operations are no longer valid. */
  readonly breaking: readonly string[];
  /** Changes after which operations stay valid, but clients can behave differently. */
  readonly dangerous: readonly string[];
  /** Whether a release with these changes may have this version. */
  readonly isAllowed: boolean;
}

const majorOf = (version: string): number => Number.parseInt(version, 10);

export function compareSchemas(before: Release, after: Release): SchemaChanges {
  const schemas = [buildSchema(before.sdl), buildSchema(after.sdl)] as const;
  const breaking = findBreakingChanges(...schemas).map(({ description }) => description);
  const dangerous = findDangerousChanges(...schemas).map(({ description }) => description);
  const major = majorOf(after.version);
  const isAllowed = breaking.length === 0 || major === 0 || major > majorOf(before.version);
  return { breaking, dangerous, isAllowed };
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

function lastTag(): string | null {
  return git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n')[0] || null;
}

const versionOf = (packageJson: string) => (JSON.parse(packageJson) as { version: string }).version;

function readRelease(ref: string): Release {
  const files = git('ls-tree', '--name-only', ref, 'schema/').split('\n');
  const sdl = files.map((file) => git('show', `${ref}:${file}`)).join('\n');
  return { version: versionOf(git('show', `${ref}:package.json`)), sdl };
}

function main(): void {
  const ref = process.argv[2] ?? lastTag();
  if (ref === null) {
    console.log('There is no release yet to compare the schema with (no tag v*).');
    return;
  }
  const present = {
    version: versionOf(readFileSync('package.json', 'utf8')),
    sdl: readTypeDefs().join('\n'),
  };
  const { breaking, dangerous, isAllowed } = compareSchemas(readRelease(ref), present);
  console.log(`Changes since ${ref}: ${breaking.length} breaking, ${dangerous.length} dangerous.`);
  for (const change of breaking) console.log(`  breaking: ${change}`);
  for (const change of dangerous) console.log(`  dangerous: ${change}`);
  if (isAllowed) return;
  console.error('Breaking changes need a new major version: see docs/deprecation.md.');
  process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) main();

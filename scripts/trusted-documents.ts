/**
 * Writes the manifest of the operations in a folder of `*.graphql` files, as graphql-codegen's client preset would:
 * each operation with the fragments that it spreads, under the SHA-256 of its text as graphql-js prints it.
 *
 *     npm run trusted-documents -- <folder> > persisted-documents.json
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Kind, parse, print, visit } from 'graphql';
import type { DefinitionNode, DocumentNode, FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Directives of client libraries are not sent. */
const OF_CLIENTS: ReadonlySet<string> = new Set(['client', 'connection']);

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

async function readDefinitions(folder: string): Promise<readonly DefinitionNode[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(graphql|gql)$/.test(name));
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => parse(text, { noLocation: true }).definitions);
}

/** The fragments that a definition spreads, directly or through other fragments, each once. */
function spreadBy(
  definition: DefinitionNode,
  fragments: Fragments,
  found = new Set<FragmentDefinitionNode>(),
) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value) ?? fail(`There is no fragment "${name.value}".`);
      if (found.has(fragment)) return;
      found.add(fragment);
      spreadBy(fragment, fragments, found);
    },
  });
  return found;
}

/** An operation with its fragments, as sent to the server. */
function toText(operation: OperationDefinitionNode, fragments: Fragments): string {
  const definitions = [operation, ...spreadBy(operation, fragments)];
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  const sent = visit(document, {
    Field: ({ directives }) => (directives?.some(({ name }) => name.value === 'client') ? null : undefined),
    Directive: ({ name }) => (OF_CLIENTS.has(name.value) ? null : undefined),
  });
  return print(sent);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) fail('Usage: npm run --silent trusted-documents -- <folder of *.graphql files>');
const definitions = await readDefinitions(folder);
const isFragment = (node: DefinitionNode) => node.kind === Kind.FRAGMENT_DEFINITION;
const fragments = new Map(definitions.filter(isFragment).map((node) => [node.name.value, node]));
const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
if (operations.length === 0) fail(`There are no operations in ${folder}.`);
const entries = operations.map((operation) => {
  const text = toText(operation, fragments);
  return [`sha256:${createHash('sha256').update(text).digest('hex')}`, text];
});
process.stdout.write(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);

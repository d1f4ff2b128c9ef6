import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

import ts from 'typescript';

/** What each file imports, by its path. An editor keeps this for hours, so entries are renewed when a file changes. */
const importsByPath = new Map();

/** Path of the source file that a relative specifier points to; undefined for packages, styles and data. */
function resolveSource(from, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(dirname(from), specifier.replace(/\.js$/, ''));
  return [`${path}.ts`, `${path}.tsx`].find((candidate) => existsSync(candidate));
}

function importsOf(path) {
  const { mtimeMs } = statSync(path);
  const known = importsByPath.get(path);
  if (known?.mtimeMs === mtimeMs) return known.imports;
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  const imports = importedFiles.map(({ fileName }) => resolveSource(path, fileName)).filter(Boolean);
  importsByPath.set(path, { mtimeMs, imports });
  return imports;
}

/** The files on a way from `start` to `goal`, both included; null if there is none. */
function findPath(start, goal, visited) {
  if (start === goal) return [goal];
  if (visited.has(start)) return null;
  visited.add(start);
  for (const next of importsOf(start)) {
    const rest = findPath(next, goal, visited);
    if (rest) return [start, ...rest];
  }
  return null;
}

/**
 * Reports an import that leads back to the file it is in. Type-only imports count: files that need each other's types
 * cannot be understood, moved or tested one at a time. The rule of the same name in eslint-plugin-import and
 * eslint-plugin-import-x ignores them, which is why this one exists.
 */
export const noCycle = {
  meta: {
    type: 'problem',
    docs: { description: 'Disallow import cycles, type-only imports included.' },
    messages: { cycle: 'Import cycle: {{cycle}}. Type-only imports count.' },
    schema: [],
  },
  create(context) {
    const { cwd, physicalFilename: file } = context;
    const visited = new Set();
    const check = (source) => {
      const imported = typeof source?.value === 'string' && resolveSource(file, source.value);
      const path = imported && findPath(imported, file, visited);
      if (!path) return;
      const cycle = [file, ...path].map((one) => relative(cwd, one)).join(' -> ');
      context.report({ node: source, messageId: 'cycle', data: { cycle } });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: ({ source }) => check(source),
    };
  },
};

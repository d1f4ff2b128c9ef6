import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

import ts from 'typescript';

/** One import of a source file; a path is relative to `src`. */
export interface Import {
  readonly from: string;
  /** A path under `src`, or the name of a package or of a part of Node. */
  readonly to: string;
  readonly isOurs: boolean;
  /** Gone once the types are checked: nothing of it is there at run time. */
  readonly isTypeOnly: boolean;
}

const SOURCE = new URL('../../src/', import.meta.url);

/** Paths of all source files relative to `src`. */
export function sourceFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort();
}

export function readSource(path: string): string {
  return readFileSync(new URL(path, SOURCE), 'utf8');
}

/** The modules that a text leaves out of its output, being imported for their types alone. */
function typeOnlyModules(text: string): Set<string> {
  const all = new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName));
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
  });
  for (const { fileName } of ts.preProcessFile(outputText, true, true).importedFiles) all.delete(fileName);
  return all;
}

/** The imports, re-exports and dynamic imports of one file. */
export function importsOf(from: string, text: string): Import[] {
  const typeOnly = typeOnlyModules(text);
  const modules = new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName));
  return [...modules].map((name) => {
    const isOurs = name.startsWith('.');
    const to = isOurs ? posix.normalize(posix.join(posix.dirname(from), name)).replace(/\.js$/, '.ts') : name;
    return { from, to, isOurs, isTypeOnly: typeOnly.has(name) };
  });
}

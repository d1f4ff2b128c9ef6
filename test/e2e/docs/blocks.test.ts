import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { buildSchema } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';

import { readDocBlocks, repositoryPath } from '../../support/doc-blocks.js';
import { DocRunner } from '../../support/doc-runner.js';
import { useStack } from '../../support/start-stack.js';
import { DOCUMENTS } from './documents.js';

const run = promisify(execFile);

const schema = buildSchema(
  readdirSync(repositoryPath('schema'))
    .map((name) => readFileSync(repositoryPath(`schema/${name}`), 'utf8'))
    .join('\n'),
);

/** Blocks that cannot run here: they start the server, need other software, or show a part of a response. */
const NOT_RUN: Readonly<Record<string, number>> = {
  'README.md': 1,
  'docs/guide.md': 3,
  'docs/frontend.md': 1,
  'docs/sandbox.md': 2,
  'docs/errors.md': 5,
  'docs/federation.md': 3,
  'docs/languages.md': 1,
  'docs/operations/README.md': 4,
};

/** Objects that are created while a document is followed, or whose ids are different in each run. */
const CREATED: Readonly<Record<string, number>> = { 'docs/guide.md': 4 };

/** Diagrams and messages of the server; TypeScript and the settings of tools belong to the tests of the clients. */
const isOther = (language: string): boolean => ['', 'mermaid', 'ts', 'yaml'].includes(language);

describe('the code blocks of', () => {
  it.each(DOCUMENTS)('%s run from top to bottom, with the results that it shows', async (document) => {
    const blocks = readDocBlocks(document);
    expect(blocks.filter(({ marks }) => marks.includes('no-run'))).toHaveLength(NOT_RUN[document] ?? 0);
    const stack = await useStack();
    const runner = new DocRunner(stack, schema);
    onTestFinished(() => runner.dispose());
    for (const block of blocks) {
      const isRun = !block.marks.includes('no-run') && !isOther(block.language);
      if (isRun && !(block.file !== null && block.language === 'json')) await runner.run(block);
    }
    await runner.finish();
    expect(runner.bindings.size).toBe(CREATED[document] ?? 0);
  });

  it('every other document are diagrams only', () => {
    const all = readdirSync(repositoryPath('docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`);
    const others = all.filter((name) => !DOCUMENTS.includes(name)).flatMap(readDocBlocks);
    expect(others.filter(({ language }) => !['', 'mermaid'].includes(language))).toEqual([]);
  });
});

describe('the programs of docs/sandbox.md', () => {
  const programs = readDocBlocks('docs/sandbox.md').filter(({ marks }) => marks.includes('run'));

  it.each(programs)('$place prints what it says', async ({ text }) => {
    const { sandbox } = await useStack();
    const folder = mkdtempSync(join(tmpdir(), 'docs-program-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'program.ts');
    const paths = { 'mx-member-graphql/sandbox': [repositoryPath('src/sandbox/sandbox.ts')] };
    symlinkSync(repositoryPath('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }));
    writeFileSync(path, text.replace('http://127.0.0.1:4010', sandbox.url));
    const { stdout } = await run(process.execPath, ['--import', 'tsx', path], { cwd: folder });
    const [, wanted] = /console\.log\(.*\); \/\/ (.*)$/m.exec(text) ?? [];
    expect(wanted ?? stdout.trim()).toBe(stdout.trim());
  });
});

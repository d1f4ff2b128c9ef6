import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** Absolute path of a file of the repository. */
export const repositoryPath = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** A fenced code block of a document. */
export interface DocBlock {
  /** The document and the line of the opening fence, such as `docs/guide.md:12`. */
  readonly place: string;
  readonly language: string;
  /** The words after the language, such as `no-run` or `variables`. */
  readonly marks: readonly string[];
  /** The name that `file=` gives to the block; null without one. */
  readonly file: string | null;
  readonly text: string;
}

/** The code blocks of a document, in order. */
export function readDocBlocks(document: string): DocBlock[] {
  const lines = readFileSync(new URL(document, ROOT), 'utf8').split('\n');
  const blocks: DocBlock[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    const [, fence = '', info = ''] = /^ *(```+)(.*)$/.exec(lines[start] ?? '') ?? [];
    if (fence === '') continue;
    const end = lines.findIndex((line, at) => at > start && line.trim() === fence);
    if (end === -1) throw new Error(`${document}:${start + 1}: the code block has no end.`);
    const [language = '', ...marks] = info.trim().split(/ +/);
    blocks.push({
      place: `${document}:${start + 1}`,
      language,
      marks,
      file: marks.find((mark) => mark.startsWith('file='))?.slice('file='.length) ?? null,
      text: lines.slice(start + 1, end).join('\n'),
    });
    start = end;
  }
  return blocks;
}

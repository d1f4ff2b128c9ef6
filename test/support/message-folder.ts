import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/** A folder of catalogues, for as long as the test lasts: each file as an object, or as the text that it is. */
export async function messageFolder(files: Readonly<Record<string, object | string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'messages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, file] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof file === 'string' ? file : JSON.stringify(file));
  }
  return folder;
}

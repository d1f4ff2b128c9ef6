/** Writes a Brotli and a gzip version of each file of the connections page. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ASSETS = new URL('../dist/web/assets/', import.meta.url);

const FORMS = {
  br: (bytes: Buffer) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes: Buffer) => gzipSync(bytes, { level: 9 }),
};

for (const name of await readdir(ASSETS)) {
  const bytes = await readFile(new URL(name, ASSETS));
  for (const [ending, compress] of Object.entries(FORMS)) {
    await writeFile(new URL(`${name}.${ending}`, ASSETS), compress(bytes));
  }
}

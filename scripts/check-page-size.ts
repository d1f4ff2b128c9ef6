/** Measures the JavaScript that the connections page loads initially, and fails above the limit. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const MAX_KIB = 150;
const ROOT = new URL('../dist/web/', import.meta.url);

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', ROOT), 'utf8')) as Record<
  string,
  Chunk
>;

/** A chunk with its static imports. */
function filesOf(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const one of chunk.imports ?? []) filesOf(one, found);
  return found;
}

let bytes = 0;
for (const file of filesOf('index.html')) bytes += gzipSync(await readFile(new URL(file, ROOT))).length;
const kib = bytes / 1024;
console.log(`The page loads ${kib.toFixed(1)} KiB of JavaScript (gzip) first; ${MAX_KIB} KiB are allowed.`);
if (bytes === 0 || kib > MAX_KIB) process.exit(1);

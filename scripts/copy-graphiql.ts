/** Copies GraphiQL and React into `dist/graphiql`, from which the server serves them. */
import { copyFile, mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = [
  'graphiql/graphiql.min.js',
  'graphiql/graphiql.min.css',
  'react/umd/react.production.min.js',
  'react-dom/umd/react-dom.production.min.js',
];

const root = new URL('..', import.meta.url);
const target = new URL('dist/graphiql/', root);
await mkdir(target, { recursive: true });
for (const file of FILES) {
  await copyFile(fileURLToPath(new URL(`node_modules/${file}`, root)), new URL(basename(file), target));
}

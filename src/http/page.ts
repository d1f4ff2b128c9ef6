import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where `npm run build` puts the connections page, at the same distance from `src/http` and from `dist/http`. */
const ROOT = fileURLToPath(new URL('../../dist/web/', import.meta.url));
/** Tells the page where the switches of the sandbox are; without it the page offers none. */
const SANDBOX_TAG = '<meta name="mx-sandbox" content="/sandbox" />';

export interface PageOptions {
  readonly hasSandbox: boolean;
}

/** Serves the connections page at `/` and the gallery of statuses at `/gallery`; where it is not built it is left out. */
export async function registerPage(app: FastifyInstance, { hasSandbox }: PageOptions): Promise<void> {
  if (!existsSync(`${ROOT}index.html`)) {
    app.log.warn('the connections page is not served: its files are not there (npm run build makes them)');
    return;
  }
  const built = await readFile(`${ROOT}index.html`, 'utf8');
  const html = hasSandbox ? built.replace('</head>', `  ${SANDBOX_TAG}\n  </head>`) : built;
  for (const path of ['/', '/gallery']) {
    app.get(path, (_, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html),
    );
  }
  // Their names change with what is in them.
  await app.register(fastifyStatic, {
    root: `${ROOT}assets`,
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: '1y',
    decorateReply: false,
  });
}

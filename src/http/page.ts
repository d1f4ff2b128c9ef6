import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import { pageHeaders, policyOfPage } from './headers.js';

/** Where `npm run build` puts the connections page, at the same distance from `src/http` and from `dist/http`. */
const ROOT = fileURLToPath(new URL('../../dist/web/', import.meta.url));
/** Where MX has the logos of institutions. Over the sandbox nothing is fetched from elsewhere: initials are shown. */
const MX_LOGO_ORIGINS = ['https://content.moneydesktop.com'];

/** The connections page as it was built. */
export interface BuiltPage {
  readonly html: string;
  /** The manifest of the documents that it asks for, by their hashes alone. */
  readonly documents: string;
}

/** Reads the page; null where it has not been built. */
export async function readPage(): Promise<BuiltPage | null> {
  if (!existsSync(`${ROOT}index.html`)) return null;
  const [html, documents] = await Promise.all(
    ['index.html', 'persisted-documents.json'].map((name) => readFile(ROOT + name, 'utf8')),
  );
  if (html === undefined || documents === undefined) return null;
  return { html, documents };
}

export interface PageOptions {
  readonly page: BuiltPage;
  /** Whether the sandbox is the upstream, whose switches the page then offers. */
  readonly hasSandbox: boolean;
}

const metaTag = (name: string, content: string) => `<meta name="${name}" content="${content}" />`;

/** Serves the connections page at `/` and the gallery of statuses at `/gallery`. */
export async function registerPage(app: FastifyInstance, { page, hasSandbox }: PageOptions): Promise<void> {
  const logoOrigins = hasSandbox ? [] : MX_LOGO_ORIGINS;
  const tag = hasSandbox
    ? metaTag('mx-sandbox', '/sandbox')
    : metaTag('mx-logo-origins', logoOrigins.join(' '));
  const html = page.html.replace('</head>', `  ${tag}\n  </head>`);
  // The window at the bank tells the page that opened it how it ended: the two must know of each other.
  const helmet = {
    ...pageHeaders(policyOfPage(logoOrigins)),
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' as const },
  };
  for (const path of ['/', '/gallery']) {
    app.get(path, { helmet }, (_, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html),
    );
  }
  // Their names change with what is in them.
  await app.register(fastifyStatic, {
    root: `${ROOT}assets`,
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    decorateReply: false,
  });
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import type { PageConfig } from '../config/config.js';
import { pageHeaders, policyOfPage } from './headers.js';

/** Where `npm run build` puts the connections page, at the same distance from `src/http` and from `dist/http`. */
const ROOT = fileURLToPath(new URL('../../dist/web/', import.meta.url));
/** Where MX has the logos of institutions. Over the sandbox nothing is fetched from elsewhere: initials are shown. */
const MX_LOGO_ORIGINS = ['https://content.moneydesktop.com'];

/** Nobody is there: it shows where the link would be. */
const SANDBOX_SUPPORT = 'mailto:support@example.com';

/** The connections page as it was built. */
export interface BuiltPage {
  readonly html: string;
  /** The manifest of the documents that it asks for, by their hashes alone. */
  readonly documents: string;
}

/** Reads the page; null where it has not been built. */
export async function readPage(): Promise<BuiltPage | null> {
  if (!existsSync(`${ROOT}index.html`)) return null;
  const read = (name: string) => readFile(ROOT + name, 'utf8');
  const [html, documents] = await Promise.all([read('index.html'), read('persisted-documents.json')]);
  return { html, documents };
}

export interface PageOptions extends PageConfig {
  readonly page: BuiltPage;
  /** Whether the sandbox is the upstream, whose switches the page then offers. */
  readonly hasSandbox: boolean;
}

const escapeAttribute = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** Says something to the page in a tag of its head that is there for it. */
function withMeta(html: string, name: string, content: string | null): string {
  const tag = new RegExp(`(<meta name="${name}" content=")[^"]*`);
  return content === null ? html : html.replace(tag, (_, begin) => begin + escapeAttribute(content));
}

/** What the page was built with stands, such as the origins of a company's own logos. */
const logoOriginsOf = (html: string, hasSandbox: boolean): readonly string[] => {
  const given =
    /<meta name="mx-logo-origins" content="([^"]*)/.exec(html)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  return given.length > 0 || hasSandbox ? given : MX_LOGO_ORIGINS;
};

function htmlOf(
  { page, hasSandbox, scriptUrl, supportUrl }: PageOptions,
  logoOrigins: readonly string[],
): string {
  const script = scriptUrl === null ? '' : `<script src="${escapeAttribute(scriptUrl)}"></script>\n    `;
  const html = page.html.replace('<script type="module"', `${script}<script type="module"`);
  const said = {
    'mx-sandbox': hasSandbox ? '/sandbox' : null,
    'mx-logo-origins': logoOrigins.join(' '),
    'mx-support': supportUrl ?? (hasSandbox ? SANDBOX_SUPPORT : null),
  };
  return Object.entries(said).reduce((so, [name, content]) => withMeta(so, name, content), html);
}

/** Serves the connections page at `/` and the gallery of statuses at `/gallery`. */
export async function registerPage(app: FastifyInstance, options: PageOptions): Promise<void> {
  const { page, hasSandbox, scriptUrl } = options;
  const logoOrigins = logoOriginsOf(page.html, hasSandbox);
  const html = htmlOf(options, logoOrigins);
  const scriptOrigins = scriptUrl === null ? [] : [new URL(scriptUrl).origin];
  // The window at the bank tells the page that opened it how it ended: the two must know of each other.
  const helmet = {
    ...pageHeaders(policyOfPage({ logoOrigins, scriptOrigins })),
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

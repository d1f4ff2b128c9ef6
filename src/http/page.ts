import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import type { PageConfig } from '../config/config.js';
import { pageHeaders, policyOfPage } from './headers.js';

/** The connections page, at the same relative path from `src/http` and `dist/http`. */
const ROOT = fileURLToPath(new URL('../../dist/web/', import.meta.url));
/**
 * MX's origin for logos of institutions. With the sandbox, nothing is loaded from other origins and initials are shown.
 */
const MX_LOGO_ORIGINS = ['https://content.moneydesktop.com'];

/** A reserved domain: shows the place of the link. */
const SANDBOX_SUPPORT = 'mailto:support@example.com';

/** The built connections page. */
export interface BuiltPage {
  readonly html: string;
  /** The manifest of its documents, which it sends by hash only. */
  readonly documents: string;
}

/** Reads the page; null if it has not been built. */
export async function readPage(): Promise<BuiltPage | null> {
  if (!existsSync(`${ROOT}index.html`)) return null;
  const read = (name: string) => readFile(ROOT + name, 'utf8');
  const [html, documents] = await Promise.all([read('index.html'), read('persisted-documents.json')]);
  return { html, documents };
}

export interface PageOptions extends PageConfig {
  readonly page: BuiltPage;
  /** Whether the sandbox is the upstream: the page then offers its controls. */
  readonly hasSandbox: boolean;
}

const escapeAttribute = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** Sets the content of one of the page's `<meta>` tags. */
function withMeta(html: string, name: string, content: string | null): string {
  const tag = new RegExp(`(<meta name="${name}" content=")[^"]*`);
  return content === null ? html : html.replace(tag, (_, begin) => begin + escapeAttribute(content));
}

/** The origins of logos: those set in the page at build time, else MX's. */
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
  const metaContents = {
    'mx-sandbox': hasSandbox ? '/sandbox' : null,
    'mx-logo-origins': logoOrigins.join(' '),
    'mx-support': supportUrl ?? (hasSandbox ? SANDBOX_SUPPORT : null),
  };
  return Object.entries(metaContents).reduce((so, [name, content]) => withMeta(so, name, content), html);
}

/** Serves the connections page at `/` and the status gallery at `/gallery`. */
export async function registerPage(app: FastifyInstance, options: PageOptions): Promise<void> {
  const { page, hasSandbox, scriptUrl } = options;
  const logoOrigins = logoOriginsOf(page.html, hasSandbox);
  const html = htmlOf(options, logoOrigins);
  const scriptOrigins = scriptUrl === null ? [] : [new URL(scriptUrl).origin];
  // The bank's OAuth window posts its result to the page that opened it, which requires a shared browsing context
  // group.
  const helmet = {
    ...pageHeaders(policyOfPage({ logoOrigins, scriptOrigins })),
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' as const },
  };
  for (const path of ['/', '/gallery']) {
    app.get(path, { helmet }, (_, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html),
    );
  }
  // File names contain a hash of the content.
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

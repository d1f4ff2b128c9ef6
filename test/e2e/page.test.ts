import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startStack, useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

const YEAR_S = 31_536_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

/** What a policy lets be loaded, by directive. */
function policyOf(response: Response): Readonly<Record<string, readonly string[]>> {
  const policy = response.headers.get('content-security-policy') ?? '';
  const directives = policy.split(';').map((one) => one.trim().split(/\s+/));
  return Object.fromEntries(directives.map(([name = '', ...sources]) => [name, sources]));
}

async function readPage(url: string): Promise<{ response: Response; html: string; assets: string[] }> {
  const response = await fetch(url);
  const html = await response.text();
  const assets = [...html.matchAll(/(?:src|href)="\.?(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  return { response, html, assets };
}

const metaOf = (html: string, name: string) =>
  new RegExp(`<meta name="${name}" content="([^"]*)"`).exec(html)?.[1] ?? '';

describe.each(['/', '/gallery'])('the page at %s', (path) => {
  it('may run only its own scripts, connect only to this server, and not be framed', async () => {
    const { response } = await readPage(stack.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe-');
    expect(policyOf(response)).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
  });

  it('may communicate with the bank’s window that it opens, and no other', async () => {
    const { response } = await readPage(stack.url + path);
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
  });

  it('contains nothing that its policy forbids', async () => {
    const { html } = await readPage(stack.url + path);
    for (const [, attributes = '', text = ''] of html.matchAll(/<script([^>]*)>([^<]*)/g)) {
      expect(attributes).toMatch(/ src="/);
      expect(text.trim()).toBe('');
    }
    expect(html).not.toMatch(/<style| style=| on\w+=/);
  });

  it('is not cached, and its assets are cached for a year', async () => {
    const { response, assets } = await readPage(stack.url + path);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(assets.length).toBeGreaterThan(1);
    for (const asset of assets) {
      const { status, headers } = await fetch(stack.url + asset);
      expect(status).toBe(200);
      const cacheControl = headers.get('cache-control')?.split(/,\s*/) ?? [];
      expect(cacheControl).toEqual(expect.arrayContaining(['immutable', `max-age=${YEAR_S}`]));
      expect(asset).toMatch(/-[\w-]{8}\.\w+$/);
    }
  });
});

describe('beside the page', () => {
  it('unknown paths and paths outside of the files return 404', async () => {
    for (const path of ['/assets/none.js', '/assets/', '/assets/..%2findex.html', '/index.html']) {
      const { status, headers } = await fetch(stack.url + path);
      expect(status).toBe(404);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('the sandbox controls are served if the sandbox is the upstream', async () => {
    expect(metaOf((await readPage(stack.url)).html, 'mx-sandbox')).toBe('/sandbox');
    expect((await fetch(`${stack.url}/sandbox`)).status).toBe(200);
  });

  it('there are no controls with a real MX, and logos come from MX', async () => {
    const { url } = await useStack({ knowsSandbox: false });
    const { response, html } = await readPage(url);
    expect(metaOf(html, 'mx-sandbox')).toBe('');
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const headers = { 'content-type': 'application/json' };
      for (const path of ['/sandbox', '/sandbox/settings', '/sandbox/reset', '/sandbox/faults']) {
        const sent = method === 'GET' ? {} : { body: '{}' };
        expect((await fetch(url + path, { method, headers, ...sent })).status).toBe(404);
      }
    }
    const origins = metaOf(html, 'mx-logo-origins').split(' ');
    expect(origins).toEqual([expect.stringMatching(/^https:\/\/[\w.]+$/)]);
    expect(policyOf(response)['img-src']).toEqual(["'self'", 'data:', ...origins]);
  });
});

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
  it('may run its own scripts alone, talk to this server alone, and be in nobody’s frame', async () => {
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

  it('hears of the window at the bank that it opens, and of no other', async () => {
    const { response } = await readPage(stack.url + path);
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
  });

  it('has nothing in it that its policy forbids', async () => {
    const { html } = await readPage(stack.url + path);
    for (const [, attributes = '', text = ''] of html.matchAll(/<script([^>]*)>([^<]*)/g)) {
      expect(attributes).toMatch(/ src="/);
      expect(text.trim()).toBe('');
    }
    expect(html).not.toMatch(/<style| style=| on\w+=/);
  });

  it('is asked for anew each time, and what it loads is kept for a year', async () => {
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
  it('there is nothing under a name that no file has, nor above the files', async () => {
    for (const path of ['/assets/none.js', '/assets/', '/assets/..%2findex.html', '/index.html']) {
      const { status, headers } = await fetch(stack.url + path);
      expect(status).toBe(404);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('there are the switches of the sandbox, where that is the upstream', async () => {
    expect(metaOf((await readPage(stack.url)).html, 'mx-sandbox')).toBe('/sandbox');
    expect((await fetch(`${stack.url}/sandbox`)).status).toBe(200);
  });

  it('there are none where MX is the upstream, and logos come from where MX has them', async () => {
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

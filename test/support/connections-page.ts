import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, onTestFinished } from 'vitest';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

import { launchChromium } from './chromium.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = new URL('../../test-results/screenshots/', import.meta.url).pathname;

/** Expects of what is read again and again that it comes to be so: on a busy machine that may take a while. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 10_000 });
}

/** What the page must not do, as it was seen to. */
export interface Watched {
  /** Addresses on other machines, or on other ports of this one, that the page asked for. */
  readonly strangers: string[];
  /** What the page wrote to its console as errors. */
  readonly complaints: string[];
}

function watch(page: Page, origin: string): Watched {
  const watched: Watched = { strangers: [], complaints: [] };
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && target.origin !== origin) watched.strangers.push(request.url());
  });
  page.on('pageerror', (error) => watched.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') watched.complaints.push(message.text());
  });
  return watched;
}

let shared: Promise<Browser> | undefined;

/** One browser for a file of tests; each test has windows of its own. */
export function sharedChromium(): Promise<Browser> {
  return (shared ??= launchChromium());
}

export async function closeSharedChromium(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

export interface Visit extends Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The card of a connection, by its name. */
  card(name: string | RegExp): Locator;
  readonly dialog: Locator;
}

type ContextOptions = Parameters<Browser['newContext']>[0];

/** Opens the page in a browser profile of its own, which lives as long as the test. */
export async function visitPage(url: string, options: ContextOptions = {}): Promise<Visit> {
  const context = await (await sharedChromium()).newContext({ locale: 'en-US', ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const watched = watch(page, new URL(url).origin);
  await page.goto(url);
  return {
    page,
    context,
    ...watched,
    card: (name) => page.getByRole('article', { name }),
    dialog: page.getByRole('dialog'),
  };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What stands in the way of those who see little, hear the page, or use no mouse: the serious of it. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Keeps a picture of what is seen, for the eyes of those who review. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, animations: 'disabled' });
}

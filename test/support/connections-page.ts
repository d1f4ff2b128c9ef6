import { expect, onTestFinished } from 'vitest';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

import { launchChromium } from './chromium.js';

/** How long to wait for what comes by itself: long, since the machine may be busy. */
const DEADLINE_MS = 20_000;

/** Expects of what is read again and again that it comes to be so: on a busy machine that may take a while. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: DEADLINE_MS });
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
  /** The card of a connection, by the guid of its member. */
  readonly cardOf: (guid: string) => Locator;
  readonly dialog: Locator;
  /** Waits until changes come by themselves. */
  readonly isLive: () => Promise<void>;
  /** Opens the page once more, in another tab of the same browser. */
  readonly openTab: (url: string) => Promise<Visit>;
}

/** What is done to a tab before it goes anywhere. */
type Prepare = (page: Page) => Promise<unknown>;

type VisitOptions = NonNullable<Parameters<Browser['newContext']>[0]> & { readonly prepare?: Prepare };

async function openTab(context: BrowserContext, url: string, prepare: Prepare): Promise<Visit> {
  const page = await context.newPage();
  const watched = watch(page, new URL(url).origin);
  await prepare(page);
  await page.goto(url);
  return {
    page,
    context,
    ...watched,
    cardOf: (guid) => page.locator(`[data-member="${guid}"]`),
    dialog: page.getByRole('dialog'),
    isLive: () => page.locator('.live[data-state="live"]').waitFor(),
    openTab: (other) => openTab(context, other, prepare),
  };
}

/** Opens the page in a browser profile of its own; the caller closes its `context`. */
export async function openPage(
  url: string,
  { prepare = () => Promise.resolve(), ...options }: VisitOptions = {},
): Promise<Visit> {
  const context = await (await sharedChromium()).newContext({ locale: 'en-US', ...options });
  context.setDefaultTimeout(DEADLINE_MS);
  try {
    return await openTab(context, url, prepare);
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Opens the page in a browser profile of its own, which lives as long as the test. */
export async function visitPage(url: string, options: VisitOptions = {}): Promise<Visit> {
  const visit = await openPage(url, options);
  onTestFinished(() => visit.context.close());
  return visit;
}

/** Has a minute go by at the server, as far as the page can tell, and the page look for news as when it is back online. */
export async function aMinuteLater({ page }: Visit): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const date = new Date(Date.now() + 60_000).toUTCString();
    await route.fulfill({ response, headers: { ...response.headers(), date } });
  });
  await page.evaluate('window.dispatchEvent(new Event("online"))');
}

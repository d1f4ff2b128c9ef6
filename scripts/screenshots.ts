/** Takes the screenshots of the README and docs/ from the page, with its own sandbox: `npm run screenshots`. */
import { mkdir } from 'node:fs/promises';

import type { Browser, Page } from 'playwright-core';

import { createSandbox } from '../src/sandbox/sandbox.js';
import { createServer } from '../src/server.js';
import { launchChromium } from '../test/support/chromium.js';

const IMAGES = new URL('../docs/images/', import.meta.url).pathname;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  /** The full page; otherwise the viewport. */
  readonly isFullPage?: boolean;
  readonly prepare: (page: Page) => Promise<void>;
}

const gallery = (page: Page): Promise<void> => page.locator('[data-status="UNKNOWN"]').waitFor();

async function attention(page: Page): Promise<void> {
  await page.locator('.live[data-state="live"]').waitFor();
  await page.getByRole('button', { name: /^Needs attention/ }).click();
}

async function challenge(page: Page): Promise<void> {
  await attention(page);
  await page
    .getByRole('button', { name: /^Answer/ })
    .first()
    .click();
  await page.getByRole('region', { name: 'History' }).waitFor();
}

const PICTURES: readonly Picture[] = [
  {
    name: 'gallery',
    path: '/gallery',
    colorScheme: 'light',
    width: 1760,
    isFullPage: true,
    prepare: gallery,
  },
  { name: 'connections', path: '/', colorScheme: 'light', width: 1120, prepare: attention },
  { name: 'challenge', path: '/', colorScheme: 'dark', width: 1120, prepare: challenge },
];

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const { name, path, colorScheme, width, isFullPage = false, prepare } = picture;
  const viewport = { width, height: 720 };
  const page = await browser.newPage({ viewport, colorScheme, locale: 'en-US', reducedMotion: 'reduce' });
  await page.goto(`${url}${path}`);
  await prepare(page);
  await page.screenshot({ path: `${IMAGES}${name}.png`, animations: 'disabled', fullPage: isFullPage });
  await page.close();
}

const sandbox = createSandbox();
await sandbox.start();
const server = createServer({
  host: '127.0.0.1',
  port: 0,
  logLevel: 'warn',
  mx: { baseUrl: sandbox.url, ...sandbox.credentials, apiVersion: 'v20250224' },
  auth: { kind: 'anonymous', userGuid: sandbox.demoUserGuid },
  freshnessMs: 3_000,
  redisUrl: null,
  webhook: null,
  watchReadsPerSecond: 100,
  corsOrigins: [],
  sandboxUrl: sandbox.url,
});
const url = await server.start();
const browser = await launchChromium();
await mkdir(IMAGES, { recursive: true });
for (const picture of PICTURES) await take(browser, url, picture);
await browser.close();
await server.stop();
await sandbox.stop();

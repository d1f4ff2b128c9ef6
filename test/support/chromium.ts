import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; undefined where there is none. */
const executablePath = PATHS.find((path) => existsSync(path));

/** True where tests over a browser are to be left out: there is none, and this is not CI, where there must be one. */
export const skipsBrowser = executablePath === undefined && process.env['CI'] === undefined;

if (skipsBrowser) {
  console.warn('SKIPPED: the browser tests need Chromium: apt-get install chromium (looked in /usr/bin)');
}

/** Starts Chromium with nothing of its own on the network. */
export function launchChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(`No Chromium at any of ${PATHS.join(', ')}.`);
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ];
  return chromium.launch({
    executablePath,
    args: [...args, '--disable-sync', '--no-first-run', '--disable-quic'],
  });
}

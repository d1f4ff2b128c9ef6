import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser } from 'playwright-core';

/** The same list with no more than it takes: one request and a loop, written into the page. */
const BARE_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>Bare</title><link rel="icon" href="data:," /></head>
<body><ul id="list"></ul><script>
const query = '{ viewer { members { name connectionStatus userMessage requiredAction } } }';
const headers = { 'content-type': 'application/json' };
fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) })
  .then((response) => response.json())
  .then(({ data }) => {
    for (const one of data.viewer.members) {
      const item = document.createElement('article');
      item.textContent = one.name + ': ' + one.userMessage;
      list.append(item);
    }
  });
</script></body></html>`;

export interface RunningPage {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the bare page, and passes its question on to the product. */
export async function startBarePage(product: string): Promise<RunningPage> {
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(BARE_PAGE);
      return;
    }
    void request
      .toArray()
      .then((parts) =>
        fetch(`${product}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: Buffer.concat(parts as Buffer[]),
        }),
      )
      .then(async (answer) =>
        response.setHeader('content-type', 'application/json').end(await answer.text()),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A connection as browsers imitate it. */
export interface Network {
  readonly name: string;
  readonly latencyMs: number;
  readonly kilobitsPerSecond: number;
}

/** Notes when the first connection of the list stands in the page, by the page's own clock. */
const NOTE_FIRST = `new MutationObserver((_, observer) => {
  if (!document.querySelector('article')) return;
  observer.disconnect();
  window.firstListAt = performance.now();
}).observe(document, { childList: true, subtree: true });`;

export interface Load {
  /** From the start of the navigation until the list stands in the page, in milliseconds. */
  readonly firstListMs: number;
  readonly receivedKiB: number;
}

/** Opens a page as somebody who has never been there, and again as somebody who has. */
export async function loadTwice(browser: Browser, url: string, network: Network): Promise<[Load, Load]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devTools = await context.newCDPSession(page);
    let received = 0;
    devTools.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength));
    await devTools.send('Network.enable');
    await devTools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latencyMs,
      downloadThroughput: (network.kilobitsPerSecond * 1_000) / 8,
      uploadThroughput: (network.kilobitsPerSecond * 500) / 8,
    });
    await page.addInitScript(NOTE_FIRST);
    const load = async (): Promise<Load> => {
      received = 0;
      await page.goto(url);
      await page.locator('article').first().waitFor();
      const firstListMs = await page.evaluate<number>('window.firstListAt');
      return { firstListMs, receivedKiB: received / 1_024 };
    };
    return [await load(), await load()];
  } finally {
    await context.close();
  }
}

import { describe, expect, it, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';

import { launchChromium, skipsBrowser } from '../support/chromium.js';
import { demoMember } from '../support/demo-members.js';
import { useStack } from '../support/start-stack.js';

interface Visit {
  readonly page: Page;
  /** Addresses on other hosts that the page asked for. */
  readonly strangers: readonly string[];
  /** What the page wrote to its console as errors. */
  readonly complaints: readonly string[];
}

async function visit(url: string): Promise<Visit> {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const [strangers, complaints]: [string[], string[]] = [[], []];
  const { origin } = new URL(url);
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && target.origin !== origin) strangers.push(request.url());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, strangers, complaints };
}

describe.skipIf(skipsBrowser)('GraphiQL in a browser', () => {
  it(
    'runs the first query, with everything it needs from this server alone',
    { timeout: 60_000 },
    async () => {
      const { url } = await useStack();
      const { page, strangers, complaints } = await visit(`${url}/graphiql`);
      await page.getByRole('button', { name: /execute query/i }).click();
      const result = page.locator('.result-window');
      await expect.poll(() => result.innerText(), { timeout: 20_000 }).toContain('"PREVENTED"');
      expect(strangers).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('runs a subscription', { timeout: 60_000 }, async () => {
    const { url, sandbox } = await useStack({ webhooks: true });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const query = `subscription { memberStatusChanged(memberGuid: "${guid}") { cause connectionStatus } }`;
    const { page, strangers, complaints } = await visit(`${url}/graphiql`);
    // The editor says nothing of itself to the keyboard, but is an object of the page.
    await page.evaluate(
      `document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(${JSON.stringify(query)})`,
    );
    // What kind of operation it is, is found a little after it was written.
    // Asked again from here: what a page is to wait for by itself, it would have to evaluate, and this one must not.
    const editor = `document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror`;
    await expect
      .poll(() => page.evaluate(`${editor}.documentAST?.definitions[0].operation`), { timeout: 20_000 })
      .toBe('subscription');
    await page.getByRole('button', { name: /execute query/i }).click();
    const result = page.locator('.result-window');
    await expect.poll(() => result.innerText(), { timeout: 20_000 }).toContain('"SNAPSHOT"');
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    await expect.poll(() => result.innerText(), { timeout: 20_000 }).toContain('"DENIED"');
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';

import type { Visit } from './connections-page.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = new URL('../../test-results/screenshots/', import.meta.url).pathname;
const WIDTHS = [320, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What stands in the way of those who see little, hear the page, or use no mouse: the serious of it. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Keeps a picture of what is seen, for the eyes of those who review. */
async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, animations: 'disabled' });
}

/**
 * Expects that a view can be used by all and fits, on a telephone and on a wide screen, light and dark; keeps a picture
 * of each, with the part that matters in it.
 */
export async function inspectView({ page, strangers }: Visit, name: string, part?: Locator): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await part?.scrollIntoViewIfNeeded();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `${name}-${width}-${colorScheme}`);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  }
  expect(strangers).toEqual([]);
}

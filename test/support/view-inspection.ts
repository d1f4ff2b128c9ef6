import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';

import type { Visit } from './connections-page.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = new URL('../../test-results/screenshots/', import.meta.url).pathname;
const WIDTHS = [320, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;
/** The combinations that axe checks: every width and every colour scheme once. */
const CHECKED = new Set(['320-light', '1440-dark']);
/** Pictures are for reviewers; they take as long as the checks. */
const takesPictures = process.env['PICTURES'] === '1';

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What stands in the way of those who see little, hear the page, or use no mouse: the serious of it. */
async function axeViolations(page: Page): Promise<string[]> {
  // Once in each document is enough.
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Takes a picture of what is seen, for reviewers. */
async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, animations: 'disabled' });
}

/**
 * Expects that a view can be used by all and fits, on a telephone in light colours and on a wide screen in dark ones.
 * With `PICTURES=1` in the environment it also takes a picture of each width in each scheme, with `part` in it.
 */
export async function inspectView({ page, strangers }: Visit, name: string, part?: Locator): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      const combination = `${width}-${colorScheme}`;
      if (!CHECKED.has(combination) && !takesPictures) continue;
      // Axe measures the contrast of this moment: of a panel that slides in, or a skeleton that breathes, it is too low.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await part?.scrollIntoViewIfNeeded();
      if (CHECKED.has(combination)) expect(await axeViolations(page)).toEqual([]);
      if (takesPictures) await takePicture(page, `${name}-${combination}`);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  }
  expect(strangers).toEqual([]);
}

import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SandboxSettings } from '../../src/sandbox/settings.js';
import { visitPage } from './connections-page.js';
import type { Visit } from './connections-page.js';
import { demoMember } from './demo-members.js';
import { wordsOf } from './page-words.js';
import { useStack } from './start-stack.js';
import type { Stack, StackOptions } from './start-stack.js';

/** The page of the demo user, over a server and a sandbox whose jobs end while one waits. */
export interface Scene extends Visit {
  readonly stack: Stack;
  readonly sandbox: Sandbox;
  /** Presses the button for the one next action of the demo user's member in a status, by what its name begins with. */
  readonly act: (status: string, button: RegExp | string) => Promise<string>;
  /** Opens the panel of a connection without acting. */
  readonly details: (guid: string) => Promise<void>;
  /** Enters a login into the form that is open, and sends it. */
  readonly signIn: (password: string, button?: string) => Promise<void>;
  /** Presses a button that opens the bank's pages, and then one there. */
  readonly visitBank: (button: string, decision: string) => Promise<void>;
  readonly isConnected: (bank: string) => Promise<void>;
}

const PACE = { activeMs: 150, awaitingUserMs: 1_000, idleMs: 5_000 };

/** A server and a sandbox for a scene. */
export const sceneOptions = (settings: Partial<SandboxSettings> = {}): StackOptions => ({
  webhooks: true,
  freshnessMs: 100,
  pace: PACE,
  sandbox: { settings: { jobMs: 200, throttleMs: 0, ...settings } },
});

const buttonOf = (place: Page | Locator, name: string | RegExp) =>
  place.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });

/** Opens the page upon a stack. */
export async function sceneOver(stack: Stack): Promise<Scene> {
  const { sandbox } = stack;
  const visit = await visitPage(stack.url);
  const { cardOf, context, dialog } = visit;
  await visit.isLive();
  const open = async (guid: string, button: RegExp) => {
    await buttonOf(cardOf(guid), button).click();
    await dialog.waitFor();
  };
  return {
    ...visit,
    stack,
    sandbox,
    async act(status, button) {
      const { guid } = demoMember(sandbox, status);
      await open(guid, typeof button === 'string' ? new RegExp(`^${button}`) : button);
      return guid;
    },
    details: (guid) => open(guid, /^Details/),
    async signIn(password, button = 'Sign in') {
      await dialog.getByLabel('Username').fill('mxuser');
      await dialog.getByLabel('Password', { exact: true }).fill(password);
      await buttonOf(dialog, button).click();
    },
    async visitBank(button, decision) {
      const popup = context.waitForEvent('page');
      await buttonOf(dialog, button).click();
      await buttonOf(await popup, decision).click();
    },
    isConnected: (bank) => dialog.filter({ hasText: bank }).getByText(wordsOf('done.title')).waitFor(),
  };
}

/** Opens the page upon a stack of its own. */
export async function usePage(settings: Partial<SandboxSettings> = {}): Promise<Scene> {
  return sceneOver(await useStack(sceneOptions(settings)));
}

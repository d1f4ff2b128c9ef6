import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SandboxSettings } from '../../src/sandbox/settings.js';
import { openPage } from './connections-page.js';
import type { Visit } from './connections-page.js';
import { membersOf } from './demo-members.js';
import type { SandboxMember } from './demo-members.js';
import { wordsOf } from './page-words.js';
import { startStack } from './start-stack.js';
import type { Stack, StackOptions } from './start-stack.js';

/** The page of the demo user, over a server and a sandbox whose jobs end while one waits. */
export interface Scene extends Visit {
  readonly stack: Stack;
  readonly sandbox: Sandbox;
  /** The demo user's member that was in a status when the page was opened, whatever it is in now. */
  readonly memberIn: (status: string | null) => SandboxMember;
  /**
   * Presses the button for the one next action of the demo user's member in a status, by what its name begins with; puts
   * the member back into the status first if it has left it.
   */
  readonly act: (status: string, button: RegExp | string) => Promise<string>;
  /** Opens the panel of a connection without acting. */
  readonly details: (guid: string) => Promise<void>;
  /** Enters a login into the form that is open, and sends it. */
  readonly signIn: (password: string, button?: string, username?: string) => Promise<void>;
  /** Presses a button that opens the bank's pages, and then one there. */
  readonly visitBank: (button: string, decision: string) => Promise<void>;
  readonly isConnected: (bank: string) => Promise<void>;
}

const PACE = { activeMs: 150, awaitingUserMs: 1_000, idleMs: 5_000 };

/** How the sandbox of a scene is set unless the test sets it otherwise. */
export const SCENE_SETTINGS = { jobMs: 200, throttleMs: 0 } as const;

/** A server and a sandbox for a scene. */
export const sceneOptions = (settings: Partial<SandboxSettings> = {}): StackOptions => ({
  webhooks: true,
  freshnessMs: 100,
  pace: PACE,
  sandbox: { settings: { ...SCENE_SETTINGS, ...settings } },
});

const buttonOf = (place: Page | Locator, name: string | RegExp) =>
  place.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });

/** What can be done on a page that is open. */
function sceneOf(stack: Stack, visit: Visit): Scene {
  const { sandbox } = stack;
  const members = () => membersOf(sandbox, sandbox.demoUserGuid);
  const opened = members();
  const memberIn = (status: string | null) => {
    const found = opened.find((one) => one.connection_status === status);
    if (!found) throw new Error(`The demo user had no member that was ${String(status)}.`);
    return found;
  };
  const { cardOf, context, dialog } = visit;
  const open = async (guid: string, button: RegExp) => {
    await buttonOf(cardOf(guid), button).click();
    await dialog.waitFor();
  };
  return {
    ...visit,
    stack,
    sandbox,
    memberIn,
    async act(status, button) {
      const { guid } = memberIn(status);
      const isInIt = members().some((one) => one.guid === guid && one.connection_status === status);
      if (!isInIt) sandbox.control.forceMember(guid, { connection_status: status });
      await open(guid, typeof button === 'string' ? new RegExp(`^${button}`) : button);
      return guid;
    },
    details: (guid) => open(guid, /^Details/),
    async signIn(password, button = 'Sign in', username = 'mxuser') {
      await dialog.getByLabel('Username').fill(username);
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

interface OwnedScene extends Scene {
  dispose(): Promise<void>;
}

async function startScene(settings: Partial<SandboxSettings>): Promise<OwnedScene> {
  const stack = await startStack(sceneOptions(settings));
  try {
    const visit = await openPage(stack.url);
    await visit.isLive();
    const dispose = async () => {
      await visit.context.close();
      await stack.dispose();
    };
    return { ...sceneOf(stack, visit), dispose };
  } catch (error) {
    await stack.dispose();
    throw error;
  }
}

/** Opens the page upon a stack of its own, which lives as long as the test. */
export async function usePage(settings: Partial<SandboxSettings> = {}): Promise<Scene> {
  const scene = await startScene(settings);
  onTestFinished(() => scene.dispose());
  return scene;
}

/**
 * One page upon one stack for all tests of a block, each of which acts for a connection of its own. It is opened before
 * the first; no panel is open when a test begins.
 */
export function useSharedPage(): () => Scene {
  let scene: OwnedScene | undefined;
  const current = (): OwnedScene => {
    if (!scene) throw new Error('The page is opened before the first test of the block.');
    return scene;
  };
  beforeAll(async () => {
    scene = await startScene({});
  });
  beforeEach(async () => {
    const { dialog, page } = current();
    if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
  afterAll(() => scene?.dispose());
  return current;
}

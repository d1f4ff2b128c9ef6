import { createMemberControl } from './members.js';
import type { MemberControl } from './members.js';
import { controlInput } from './schemas.js';
import { createTrafficControl } from './traffic.js';
import type { TrafficControl, TrafficParts } from './traffic.js';
import { seedDemo } from '../bank/demo-data.js';
import { settingsSchema } from '../settings.js';
import type { SandboxSettings } from '../settings.js';

/** The switches of a sandbox. Each checks what it is given and throws an error that says what is wrong. */
export interface SandboxControl extends MemberControl, TrafficControl {
  settings(): SandboxSettings;
  setSettings(patch: Partial<SandboxSettings>): SandboxSettings;
  /** Restores the sandbox as it was when it started: members, settings, faults, webhooks, log. */
  reset(): void;
}

const patchSchema = settingsSchema.partial();

export function createControl(parts: TrafficParts): SandboxControl {
  const { world } = parts;
  const initial = { ...world.settings };
  const traffic = createTrafficControl(parts);
  return {
    ...createMemberControl(world),
    ...traffic,
    settings: () => ({ ...world.settings }),
    setSettings(patch) {
      const given = controlInput(patchSchema, patch, 'settings') as Partial<SandboxSettings>;
      world.settings = { ...world.settings, ...given };
      return { ...world.settings };
    },
    reset() {
      world.timers.cancelAll();
      world.store.clear();
      world.oauthWindows.clear();
      world.oauthDecisions.clear();
      traffic.clearWebhooks();
      traffic.clearFaults();
      traffic.clearLog();
      world.settings = { ...initial };
      seedDemo(world);
    },
  };
}

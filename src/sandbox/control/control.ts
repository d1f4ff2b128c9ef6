import { createMemberControl } from './members.js';
import type { MemberControl } from './members.js';
import { controlInput } from './schemas.js';
import { createTrafficControl } from './traffic.js';
import type { TrafficControl, TrafficParts } from './traffic.js';
import { seedDemo } from '../bank/demo-data.js';
import { settingsSchema } from '../settings.js';
import type { SandboxSettings } from '../settings.js';

/** Controls a sandbox. Each method validates its input and throws an error that lists what is invalid. */
export interface SandboxControl extends MemberControl, TrafficControl {
  settings(): SandboxSettings;
  setSettings(patch: Partial<SandboxSettings>): SandboxSettings;
  /** Resets the sandbox to its initial state: members, settings, faults, webhooks and log. */
  reset(): void;
}

const patchSchema = settingsSchema.partial();

export function createControl(parts: TrafficParts): SandboxControl {
  const { context } = parts;
  const initial = { ...context.settings };
  const traffic = createTrafficControl(parts);
  return {
    ...createMemberControl(context),
    ...traffic,
    settings: () => ({ ...context.settings }),
    setSettings(patch) {
      const valid = controlInput(patchSchema, patch, 'settings') as Partial<SandboxSettings>;
      context.settings = { ...context.settings, ...valid };
      return { ...context.settings };
    },
    reset() {
      context.timers.cancelAll();
      context.store.clear();
      context.oauthWindows.clear();
      context.oauthDecisions.clear();
      traffic.clearWebhooks();
      traffic.clearFaults();
      traffic.clearLog();
      context.settings = { ...initial };
      seedDemo(context);
    },
  };
}

import type { OauthVisit } from '../model/state.js';
import type { SandboxSettings } from '../settings.js';
import type { Store } from '../model/state.js';
import type { Timers } from '../timers.js';
import type { Webhooks } from '../webhooks/webhooks.js';

/** The state and services of one sandbox, passed to the functions that change it. */
export interface SandboxContext {
  readonly store: Store;
  readonly timers: Timers;
  readonly webhooks: Webhooks;
  readonly now: () => number;
  /** Sign-in pages that were not opened yet, by the token in their address. */
  readonly oauthWindows: Map<string, OauthVisit>;
  /** Open sign-in pages, by the token their buttons send. */
  readonly oauthDecisions: Map<string, OauthVisit>;
  settings: SandboxSettings;
  /** The URL at which the sandbox listens. Empty until then. */
  baseUrl: string;
}

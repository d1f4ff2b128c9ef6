import type { FaultRule } from '../../src/sandbox/control/faults.js';
import type { SandboxSettings } from '../../src/sandbox/settings.js';

/** A member as the sandbox's own page shows it. */
export interface SwitchedMember {
  readonly guid: string;
  readonly id: string | null;
  readonly connection_status: string | null;
  readonly institution_code: string;
  readonly is_being_aggregated: boolean;
  readonly most_recent_job_guid: string | null;
}

/** The sandbox's switches, over HTTP alone: what a tester with nothing but its address can do. */
export interface SandboxSwitches {
  /** The sandbox's address. */
  readonly url: string;
  force(memberGuid: string, patch: Readonly<Record<string, unknown>>): Promise<void>;
  expireChallenge(memberGuid: string): Promise<void>;
  expirePending(memberGuid: string): Promise<void>;
  finishJob(memberGuid: string): Promise<void>;
  set(settings: Partial<SandboxSettings>): Promise<void>;
  /** Makes all as it was when the sandbox started. */
  reset(): Promise<void>;
  /** Replaces all rules; none clears them. */
  faults(...rules: readonly FaultRule[]): Promise<void>;
  /** How often each endpoint was called since the last `forgetCalls`, by `METHOD /path/:template`. */
  calls(): Promise<Record<string, number>>;
  /** The calls that change something. */
  writes(): Promise<Record<string, number>>;
  forgetCalls(): Promise<void>;
  members(userGuid: string): Promise<readonly SwitchedMember[]>;
  /** A call to the sandbox's MX as another program of the same partner makes it. */
  mx(method: 'POST' | 'PUT' | 'DELETE', path: string): Promise<number>;
}

interface Overview {
  readonly users: readonly { readonly guid: string; readonly members: readonly SwitchedMember[] }[];
}

export interface SandboxAddress {
  readonly url: string;
  readonly credentials: { readonly clientId: string; readonly apiKey: string };
}

async function callSandbox(url: string, method: string, body?: unknown): Promise<unknown> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json' }, ...json });
  const text = await response.text();
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

export function createSandboxSwitches({ url, credentials }: SandboxAddress): SandboxSwitches {
  const call = (method: string, path: string, body?: unknown) =>
    callSandbox(`${url}/sandbox${path}`, method, body);
  const calls = async () => ((await call('GET', '/log')) as { endpoints: Record<string, number> }).endpoints;
  return {
    url,
    async force(guid, patch) {
      await call('PUT', `/members/${guid}`, patch);
    },
    async expireChallenge(guid) {
      await call('POST', `/members/${guid}/expire_challenge`, {});
    },
    async expirePending(guid) {
      await call('POST', `/members/${guid}/expire_pending`, {});
    },
    async finishJob(guid) {
      await call('POST', `/members/${guid}/finish_job`, {});
    },
    async set(settings) {
      await call('PUT', '/settings', settings);
    },
    async reset() {
      await call('POST', '/reset', {});
    },
    async faults(...rules) {
      await call('PUT', '/faults', rules);
    },
    calls,
    async writes() {
      return Object.fromEntries(Object.entries(await calls()).filter(([name]) => !name.startsWith('GET ')));
    },
    async forgetCalls() {
      await call('DELETE', '/log');
    },
    async members(userGuid) {
      const { users } = (await call('GET', '')) as Overview;
      const user = users.find(({ guid }) => guid === userGuid);
      if (!user) throw new Error(`The sandbox has no user ${userGuid}.`);
      return user.members;
    },
    async mx(method, path) {
      const basic = Buffer.from(`${credentials.clientId}:${credentials.apiKey}`).toString('base64');
      const headers = { authorization: `Basic ${basic}`, 'accept-version': 'v20250224' };
      return (await fetch(`${url}${path}`, { method, headers })).status;
    },
  };
}

import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** What the tests read of a member as the sandbox holds it. */
export interface SandboxMember {
  readonly guid: string;
  readonly name: string;
  readonly institution_code: string;
  readonly connection_status: string | null;
  readonly connection_status_message: string | null;
  readonly oauth_window_uri: string | null;
}

/** The members of a user as the sandbox holds them; reading them is no call to MX. */
export function membersOf(sandbox: Sandbox, userGuid: string): readonly SandboxMember[] {
  const { users } = sandbox.control.overview() as {
    users: { guid: string; members: SandboxMember[] }[];
  };
  const user = users.find(({ guid }) => guid === userGuid);
  if (!user) throw new Error(`The sandbox has no user ${userGuid}.`);
  return user.members;
}

/** The demo user's member in a status. */
export function demoMember(sandbox: Sandbox, status: string | null): SandboxMember {
  const found = membersOf(sandbox, sandbox.demoUserGuid).find((one) => one.connection_status === status);
  if (!found) throw new Error(`The demo user has no member that is ${String(status)}.`);
  return found;
}

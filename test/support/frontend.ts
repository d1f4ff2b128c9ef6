import type { SandboxSettings } from '../../src/sandbox/settings.js';
import type { GraphqlClient } from './graphql-client.js';
import { createMutationClient } from './mutations.js';
import type { MutationClient } from './mutations.js';
import { createSandboxSwitches } from './sandbox-switches.js';
import type { SandboxSwitches } from './sandbox-switches.js';
import { useStack } from './start-stack.js';
import type { Stack, StackOptions } from './start-stack.js';
import { issuerOfTest } from './token-issuer.js';

/** A user of the test's own, before a server and a sandbox that are reached over HTTP alone. */
export interface Frontend extends MutationClient {
  readonly userGuid: string;
  readonly url: string;
  readonly graphql: Stack['graphql'];
  readonly sandbox: SandboxSwitches;
  /** Makes a member of the user at an institution that takes credentials, and waits until its job has ended. */
  connect(institutionCode?: string, password?: string): Promise<string>;
}

export interface FrontendOptions extends Omit<StackOptions, 'auth' | 'sandbox'> {
  readonly settings?: Partial<SandboxSettings>;
  /** Without any member of its own where it is left out. */
  readonly user?: 'demo' | 'other' | 'new';
  /** Whether the user is support staff as well, with a token. */
  readonly isSupport?: boolean;
}

/** Jobs that end while one waits, and statuses that are seen almost at once. */
const QUICK = { jobMs: 60 };

function userOf({ sandbox }: Pick<Stack, 'sandbox'>, user: FrontendOptions['user']): string {
  if (user === 'demo') return sandbox.demoUserGuid;
  if (user === 'other') return sandbox.otherUserGuid;
  const [made] = sandbox.control.createUsers({ count: 1, membersPerUser: 0 });
  if (!made) throw new Error('The sandbox made no user.');
  return made.guid;
}

/** The client, with a token where none is given. */
const withToken =
  (graphql: GraphqlClient, token: string): GraphqlClient =>
  (query, variables, options) =>
    graphql(query, variables, { token, ...options });

/** A frontend that lives as long as the test that calls this. */
export async function useFrontend(options: FrontendOptions = {}): Promise<Frontend> {
  const { settings, user, isSupport = false, ...rest } = options;
  const issuer = isSupport ? await issuerOfTest() : null;
  let userGuid = '';
  const stack = await useStack({
    freshnessMs: 20,
    ...rest,
    sandbox: { settings: { ...QUICK, ...settings } },
    auth: (sandbox) => {
      userGuid = userOf({ sandbox }, user);
      return issuer?.auth ?? { kind: 'anonymous', userGuid };
    },
  });
  const token = await issuer?.mint({ mx_user_guid: userGuid, scope: 'mx:support' });
  const graphql = token === undefined ? stack.graphql : withToken(stack.graphql, token);
  const client = createMutationClient(graphql);
  return {
    ...client,
    userGuid,
    url: stack.url,
    graphql,
    sandbox: createSandboxSwitches(stack.sandbox),
    async connect(institutionCode = 'mxbank', password = 'swordfish') {
      const credentials = await client.login(institutionCode, password);
      const { guid } = await client.succeed('createMember', { institutionCode, access: { credentials } });
      return (await client.settles(guid)).guid;
    },
  };
}

import type { Frontend } from '../../support/frontend.js';
import type { Input, MutationName } from '../../support/mutations.js';

/** A mutation that writes: what is sent, where it goes at MX, and how the sandbox shows that it was done, and once. */
export interface WriteRow {
  readonly name: MutationName;
  readonly endpoint: string;
  readonly prepare: (frontend: Frontend) => Promise<Input>;
  /** What of the sandbox's state the write changes; a second write would change it again. */
  readonly trace: (frontend: Frontend, input: Input) => Promise<unknown>;
  /** What the first member that is answered is like once it was done. */
  readonly done: Readonly<Record<string, unknown>> | null;
  /** What is answered when it is asked for once more after it was done. */
  readonly again: string;
  /** It needs to know nothing but the fields of the institution, which are known since they were shown. */
  readonly knowsAll?: boolean;
}

const guids = async ({ sandbox, userGuid }: Frontend) =>
  (await sandbox.members(userGuid)).map(({ guid }) => guid);

async function memberIn({ sandbox, userGuid }: Frontend, status: string): Promise<string> {
  const found = (await sandbox.members(userGuid)).find((one) => one.connection_status === status);
  if (!found) throw new Error(`The user has no member that is ${status}.`);
  return found.guid;
}

async function jobOf({ sandbox, userGuid }: Frontend, input: Input): Promise<unknown> {
  const by = input['member'] as { readonly guid: string };
  const member = (await sandbox.members(userGuid)).find(({ guid }) => guid === by.guid);
  return [member?.most_recent_job_guid, member?.is_being_aggregated];
}

export const WRITE_ROWS: readonly WriteRow[] = [
  {
    name: 'createMember',
    endpoint: 'POST /users/:user/members',
    prepare: async (frontend) => ({
      institutionCode: 'harbor_lane',
      access: { credentials: await frontend.login('harbor_lane', 'swordfish') },
      idempotencyKey: 'with credentials',
    }),
    trace: guids,
    done: { connectionStatus: 'CREATED', isBeingAggregated: true },
    again: 'the same member',
    knowsAll: true,
  },
  {
    name: 'createMember',
    endpoint: 'POST /users/:user/members',
    prepare: () =>
      Promise.resolve({
        institutionCode: 'mx_bank_oauth',
        access: { oauth: {} },
        idempotencyKey: 'with OAuth',
      }),
    trace: guids,
    done: { connectionStatus: 'PENDING', isOauth: true },
    again: 'the same member',
  },
  {
    name: 'createManualMember',
    endpoint: 'POST /users/:user/managed_members',
    prepare: () => Promise.resolve({ institutionCode: 'shoebox_ledger', idempotencyKey: 'by hand' }),
    trace: guids,
    done: { connectionStatus: null, isManual: true },
    again: 'the same member',
  },
  {
    name: 'updateMemberCredentials',
    endpoint: 'PUT /users/:user/members/:member',
    prepare: async (frontend) => ({
      member: { guid: await memberIn(frontend, 'DENIED') },
      credentials: await frontend.login('copper_fox', 'herring'),
    }),
    trace: jobOf,
    done: { connectionStatus: 'UPDATED', isBeingAggregated: true },
    again: 'the same member',
  },
  {
    name: 'aggregateMember',
    endpoint: 'POST /users/:user/members/:member/aggregate',
    prepare: async (frontend) => ({ member: { guid: await memberIn(frontend, 'EXPIRED') } }),
    trace: jobOf,
    done: { connectionStatus: 'EXPIRED', isBeingAggregated: true },
    again: 'the same member',
  },
  {
    name: 'answerChallenges',
    endpoint: 'PUT /users/:user/members/:member/resume',
    prepare: async (frontend) => {
      const memberGuid = await memberIn(frontend, 'CHALLENGED');
      const { challenges } = await frontend.read(memberGuid);
      return {
        member: { guid: memberGuid },
        answers: challenges?.map(({ guid }) => ({ guid, value: 'correct' })),
      };
    },
    trace: jobOf,
    done: { connectionStatus: 'RESUMED', isBeingAggregated: true },
    again: 'CHALLENGE_NOT_PENDING',
  },
  {
    name: 'deleteMember',
    endpoint: 'DELETE /users/:user/members/:member',
    prepare: async (frontend) => ({ member: { guid: await memberIn(frontend, 'CLOSED') } }),
    trace: guids,
    done: null,
    again: 'NOT_FOUND',
  },
];

import type { z } from 'zod';
import { bulkSchema, controlInput, memberPatchSchema } from './schemas.js';
import type { Bulk, MemberPatch } from './schemas.js';
import { addIdleMember } from '../bank/demo-data.js';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { aggregateInBackground, backgroundSchema } from '../bank/background.js';
import type { BackgroundAggregation } from '../bank/background.js';
import { expireChallenge, finishJob } from '../bank/jobs.js';
import { forceMember } from './force-status.js';
import { decideLatestOauth, deleteMember } from '../bank/oauth.js';
import type { OauthResult } from '../bank/oauth.js';
import { decisionSchema, toDecision } from '../bank/oauth-decision.js';
import type { DecisionInput } from '../bank/oauth-decision.js';
import type { Member, User } from '../model/state.js';
import { serializeMember, serializeUser } from '../api/serializers.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

type Json = Record<string, unknown>;

/** A user created in bulk, with the guids of its members. */
export interface BulkUser {
  guid: string;
  members: string[];
}

/** Controls users and members. */
export interface MemberControl {
  overview(): Json;
  /** Sets fields of a member and returns the member as MX would. */
  forceMember(guid: string, patch: MemberPatch): Json;
  expireChallenge(guid: string): Json;
  /** Deletes a PENDING member, as if `pendingTtlMs` had passed. */
  expirePending(guid: string): void;
  finishJob(guid: string): Json;
  /** Updates the data of a CONNECTED member, as MX does by itself about once a day. */
  aggregateInBackground(guid: string, aggregation?: BackgroundAggregation): Json;
  decideOauth(guid: string, decision: DecisionInput): OauthResult;
  createUsers(bulk: Bulk): BulkUser[];
}

/** Maximum number of users in the overview. */
const OVERVIEW_USERS = 100;

function overviewOf(context: SandboxContext, user: User): Json {
  return {
    ...serializeUser(user),
    members: [...user.members.values()].map((one) => serializeMember(context, one)),
  };
}

function requireMember(context: SandboxContext, guid: string, status?: string): Member {
  const member = context.store.members.get(guid);
  if (member === undefined) throw new MxError(404, `There is no member ${guid}.`);
  if (status !== undefined && member.status !== status) {
    throw new MxError(409, `The status of member ${guid} is ${member.status ?? 'null'}, not ${status}.`);
  }
  return member;
}

function addBulk(context: SandboxContext, bulk: z.output<typeof bulkSchema>): BulkUser[] {
  return Array.from({ length: bulk.count }, () => {
    const user = context.store.addUser({ guid: newGuid('USR') });
    for (let index = 0; index < bulk.membersPerUser; index += 1) {
      const row = [bulk.connection_status, bulk.institution_code] as const;
      addIdleMember(context, user, { row, guid: newGuid('MBR') });
    }
    return { guid: user.guid, members: [...user.members.keys()] };
  });
}

function startBackgroundAggregation(context: SandboxContext, guid: string, aggregation: unknown): Member {
  const member = requireMember(context, guid, 'CONNECTED');
  if (member.isBeingAggregated) throw new MxError(409, `A job of member ${guid} is running.`);
  if (member.backgroundAggregationIsDisabled)
    throw new MxError(409, `Background aggregation of member ${guid} is disabled.`);
  aggregateInBackground(context, member, controlInput(backgroundSchema, aggregation, 'aggregation'));
  return member;
}

export function createMemberControl(context: SandboxContext): MemberControl {
  return {
    overview() {
      const users = [...context.store.users.values()];
      const shown = users.slice(0, OVERVIEW_USERS).map((user) => overviewOf(context, user));
      return { total_users: users.length, users: shown };
    },
    forceMember(guid, patch) {
      const member = requireMember(context, guid);
      forceMember(context, member, controlInput(memberPatchSchema, patch, 'member'));
      return serializeMember(context, member);
    },
    expireChallenge(guid) {
      const member = requireMember(context, guid, 'CHALLENGED');
      expireChallenge(context, member);
      return serializeMember(context, member);
    },
    expirePending(guid) {
      deleteMember(context, requireMember(context, guid, 'PENDING'));
    },
    finishJob(guid) {
      const member = requireMember(context, guid);
      if (!finishJob(member))
        throw new MxError(409, `Member ${guid} has no running job, or its job waits for an answer.`);
      return serializeMember(context, member);
    },
    aggregateInBackground: (guid, aggregation) =>
      serializeMember(context, startBackgroundAggregation(context, guid, aggregation)),
    decideOauth(guid, decision) {
      const member = requireMember(context, guid);
      if (!member.isOauth) throw new MxError(409, `Member ${guid} does not use OAuth.`);
      return decideLatestOauth(
        context,
        member,
        toDecision(controlInput(decisionSchema, decision, 'decision')),
      );
    },
    createUsers: (bulk) => addBulk(context, controlInput(bulkSchema, bulk, 'users')),
  };
}

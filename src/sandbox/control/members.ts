import type { z } from 'zod';
import { bulkSchema, controlInput, memberPatchSchema } from './schemas.js';
import type { Bulk, MemberPatch } from './schemas.js';
import { addRestingMember } from '../bank/demo-data.js';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { expireChallenge, finishJob } from '../bank/jobs.js';
import { forceMember } from './force-status.js';
import { decideWithoutPage, deleteMember } from '../bank/oauth.js';
import type { OauthResult } from '../bank/oauth.js';
import { decisionSchema, toDecision } from '../bank/oauth-decision.js';
import type { DecisionInput } from '../bank/oauth-decision.js';
import type { Member, User } from '../model/state.js';
import { memberView, userView } from '../api/serializers.js';
import type { SandboxContext } from '../bank/world.js';

type Json = Record<string, unknown>;

/** A user made in bulk, with the guids of its members. */
export interface BulkUser {
  guid: string;
  members: string[];
}

/** The switches that concern users and members. */
export interface MemberControl {
  overview(): Json;
  /** Forces fields of a member; answers the member as MX would show it. */
  forceMember(guid: string, patch: MemberPatch): Json;
  expireChallenge(guid: string): Json;
  /** Deletes a PENDING member, as its hour does. */
  expirePending(guid: string): void;
  finishJob(guid: string): Json;
  decideOauth(guid: string, decision: DecisionInput): OauthResult;
  createUsers(bulk: Bulk): BulkUser[];
}

/** As many users as an overview can hold without drowning its reader. */
const OVERVIEW_USERS = 100;

function overviewOf(world: SandboxContext, user: User): Json {
  return { ...userView(user), members: [...user.members.values()].map((one) => memberView(world, one)) };
}

function memberIn(world: SandboxContext, guid: string, status?: string): Member {
  const member = world.store.members.get(guid);
  if (member === undefined) throw new MxError(404, `There is no member ${guid}.`);
  if (status !== undefined && member.status !== status) {
    throw new MxError(409, `The member ${guid} is ${member.status ?? 'null'}, not ${status}.`);
  }
  return member;
}

function addBulk(world: SandboxContext, bulk: z.output<typeof bulkSchema>): BulkUser[] {
  return Array.from({ length: bulk.count }, () => {
    const user = world.store.addUser({ guid: newGuid('USR') });
    for (let index = 0; index < bulk.membersPerUser; index += 1) {
      const row = [bulk.connection_status, bulk.institution_code] as const;
      addRestingMember(world, user, { row, guid: newGuid('MBR') });
    }
    return { guid: user.guid, members: [...user.members.keys()] };
  });
}

export function createMemberControl(world: SandboxContext): MemberControl {
  return {
    overview() {
      const users = [...world.store.users.values()];
      const shown = users.slice(0, OVERVIEW_USERS).map((user) => overviewOf(world, user));
      return { total_users: users.length, users: shown };
    },
    forceMember(guid, patch) {
      const member = memberIn(world, guid);
      forceMember(world, member, controlInput(memberPatchSchema, patch, 'member'));
      return memberView(world, member);
    },
    expireChallenge(guid) {
      const member = memberIn(world, guid, 'CHALLENGED');
      expireChallenge(world, member);
      return memberView(world, member);
    },
    expirePending(guid) {
      deleteMember(world, memberIn(world, guid, 'PENDING'));
    },
    finishJob(guid) {
      const member = memberIn(world, guid);
      if (!finishJob(member)) throw new MxError(409, `No job of ${guid} runs, or it waits for an answer.`);
      return memberView(world, member);
    },
    decideOauth(guid, decision) {
      const member = memberIn(world, guid);
      if (!member.isOauth) throw new MxError(409, `The member ${guid} does not use OAuth.`);
      return decideWithoutPage(world, member, toDecision(controlInput(decisionSchema, decision, 'decision')));
    },
    createUsers: (bulk) => addBulk(world, controlInput(bulkSchema, bulk, 'users')),
  };
}

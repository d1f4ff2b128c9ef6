import type { MutationScope } from '../../mutations/mutation.js';
import { aggregateMember } from '../../mutations/aggregate-member.js';
import { answerChallenges } from '../../mutations/answer-challenges.js';
import { createManualAccount } from '../../mutations/create-manual-account.js';
import { createManualMember, createMember } from '../../mutations/create-member.js';
import { deleteMember } from '../../mutations/delete-member.js';
import { completeOauth, createOauthWindowUrl } from '../../mutations/oauth.js';
import { updateMemberCredentials } from '../../mutations/update-credentials.js';
import type { Context } from '../context.js';
import { withCallCount } from '../../mutations/mutation.js';
import type { MutationResolvers, OauthInput } from '../../generated/resolvers-types.js';
import type { MxOauthOptions } from '../../mx/types.js';
import { assertSupport, viewerGuid } from '../context.js';
import { assertInstitutionCode, assertMemberGuid, encodeNodeId } from '../node-id.js';

/** The user of a mutation: always the viewer. The user is then watched. */
function scopeOf(context: Context): MutationScope {
  const userGuid = viewerGuid(context);
  const { services, trace } = context;
  services.changeFeed.watchAfterMutation(userGuid);
  if (!trace) return { ...services, userGuid };
  return {
    client: services.client.withCallCounter(trace),
    cache: withCallCount(services.cache, trace),
    deduplicator: services.deduplicator,
    userGuid,
  };
}

function toOauthOptions(input: OauthInput | null | undefined): MxOauthOptions {
  return {
    referral_source: input?.referralSource ?? null,
    client_redirect_url: input?.clientRedirectUrl?.toString() ?? null,
    ui_message_webview_url_scheme: input?.uiMessageWebviewUrlScheme ?? null,
    enable_app2app: input?.enableApp2app ?? null,
  };
}

export const Mutation: MutationResolvers = {
  async createMember(_, { input }, context) {
    assertInstitutionCode(input.institutionCode);
    const clientMutationId = input.clientMutationId ?? null;
    const outcome = await createMember(scopeOf(context), {
      clientMutationId,
      institutionCode: input.institutionCode,
      credentials: input.credentials ?? null,
      oauth: input.oauth ? toOauthOptions(input.oauth) : null,
    });
    if (outcome.member) context.loaders.primeOauthWindowUrl(outcome.member);
    return { ...outcome, clientMutationId };
  },

  updateMemberCredentials(_, { input }, context) {
    assertMemberGuid(input.memberGuid);
    return updateMemberCredentials(scopeOf(context), input.memberGuid, input.credentials);
  },

  aggregateMember(_, { input }, context) {
    assertMemberGuid(input.memberGuid);
    return aggregateMember(scopeOf(context), input.memberGuid);
  },

  answerChallenges(_, { input }, context) {
    assertMemberGuid(input.memberGuid);
    return answerChallenges(scopeOf(context), input.memberGuid, input.answers);
  },

  createOauthWindowUrl(_, { input }, context) {
    assertMemberGuid(input.memberGuid);
    return createOauthWindowUrl(scopeOf(context), input.memberGuid, toOauthOptions(input.oauth));
  },

  completeOauth(_, { input }, context) {
    assertMemberGuid(input.memberGuid);
    const returnedMemberGuid = input.returnedMemberGuid ?? null;
    if (returnedMemberGuid !== null) assertMemberGuid(returnedMemberGuid);
    return completeOauth(scopeOf(context), {
      memberGuid: input.memberGuid,
      returnedMemberGuid,
      isSuccess: input.status === 'SUCCESS',
      errorReason: input.errorReason ?? null,
    });
  },

  async deleteMember(_, { input: { memberGuid } }, context) {
    assertMemberGuid(memberGuid);
    const scope = scopeOf(context);
    await deleteMember(scope, memberGuid);
    const deletedMemberId = encodeNodeId({ type: 'Member', userGuid: scope.userGuid, memberGuid });
    return { member: null, deletedMemberId, userErrors: [] };
  },

  createManualAccount: (_, { input }, context) =>
    createManualAccount(scopeOf(context), {
      idempotencyKey: input.idempotencyKey ?? null,
      name: input.name,
      type: input.type,
      balance: input.balance ?? null,
      currency: input.currency ?? null,
    }),

  async createManualMember(_, { input }, context) {
    assertSupport(context, 'Creating a manual member');
    assertInstitutionCode(input.institutionCode);
    const [clientMutationId, name] = [input.clientMutationId ?? null, input.name ?? null];
    const { institutionCode } = input;
    const outcome = await createManualMember(scopeOf(context), { clientMutationId, institutionCode, name });
    return { ...outcome, clientMutationId };
  },
};

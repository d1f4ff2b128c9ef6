import type { MutationScope } from '../../mutations/mutation.js';
import { aggregateMember } from '../../mutations/aggregate-member.js';
import { answerChallenges } from '../../mutations/answer-challenges.js';
import { createManualAccount } from '../../mutations/create-manual-account.js';
import { createManualMember, createMember } from '../../mutations/create-member.js';
import { deleteMember } from '../../mutations/delete-member.js';
import { completeOauth, createOauthWindowUrl } from '../../mutations/oauth.js';
import { updateMemberCredentials } from '../../mutations/update-credentials.js';
import { ApiError } from '../../errors/api-error.js';
import type { Context } from '../context.js';
import { withCallCount } from '../../mutations/mutation.js';
import type {
  CreateManualAccountInput,
  CreateManualMemberInput,
  CreateMemberInput,
  MutationResolvers,
  OauthInput,
} from '../../generated/resolvers-types.js';
import type { MxOauthOptions } from '../../mx/types.js';
import { assertSupport, viewerGuid } from '../context.js';
import { ownMemberGuid } from '../member-by.js';
import { assertInstitutionCode, assertMemberGuid, encodeNodeId } from '../node-id.js';
import { toFailedProduct, toMxProduct } from '../products.js';

/** The user of a mutation: always the viewer. The user is then watched. */
function scopeOf(context: Context): MutationScope {
  const userGuid = viewerGuid(context);
  const { services, trace } = context;
  services.changeFeed.watchAfterMutation(userGuid);
  if (!trace) return { ...services, userGuid };
  return {
    ...services,
    client: services.client.withCallCounter(trace),
    cache: withCallCount(services.cache, trace),
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

const MAX_KEY_LENGTH = 200;

type Creation = CreateMemberInput | CreateManualMemberInput | CreateManualAccountInput;

/** The key by which a retry is recognized; null if there is none. Throws BAD_USER_INPUT. */
function idempotencyKeyOf({ idempotencyKey: key = null }: Creation): string | null {
  if (key === null || (key.length > 0 && key.length <= MAX_KEY_LENGTH)) return key;
  throw new ApiError(
    'BAD_USER_INPUT',
    `Expected \`idempotencyKey\` to have 1 to ${MAX_KEY_LENGTH} characters; got ${key.length}.`,
  );
}

export const Mutation: MutationResolvers = {
  async createMember(_, { input }, context) {
    assertInstitutionCode(input.institutionCode);
    const { access } = input;
    const idempotencyKey = idempotencyKeyOf(input);
    const outcome = await createMember(scopeOf(context), {
      idempotencyKey,
      institutionCode: input.institutionCode,
      access: access.credentials ? access : { oauth: toOauthOptions(access.oauth) },
      products: input.products?.map(toMxProduct) ?? null,
      background: input.background ?? null,
      useCases: input.useCases ?? null,
    });
    if (outcome.member) context.loaders.primeOauthWindowUrl(outcome.member);
    return { ...outcome, failedProducts: outcome.failedProducts.map(toFailedProduct) };
  },

  updateMemberCredentials(_, { input }, context) {
    const memberGuid = ownMemberGuid(input.member, context);
    return updateMemberCredentials(scopeOf(context), memberGuid, input.credentials);
  },

  aggregateMember(_, { input }, context) {
    const memberGuid = ownMemberGuid(input.member, context);
    return aggregateMember(scopeOf(context), memberGuid);
  },

  answerChallenges(_, { input }, context) {
    const memberGuid = ownMemberGuid(input.member, context);
    return answerChallenges(scopeOf(context), memberGuid, input.answers);
  },

  createOauthWindowUrl(_, { input }, context) {
    const memberGuid = ownMemberGuid(input.member, context);
    return createOauthWindowUrl(scopeOf(context), memberGuid, toOauthOptions(input.oauth));
  },

  completeOauth(_, { input }, context) {
    const memberGuid = ownMemberGuid(input.member, context);
    const returnedMemberGuid = input.returnedMemberGuid ?? null;
    if (returnedMemberGuid !== null) assertMemberGuid(returnedMemberGuid);
    return completeOauth(scopeOf(context), {
      memberGuid,
      returnedMemberGuid,
      isSuccess: input.status === 'SUCCESS',
      errorReason: input.errorReason ?? null,
    });
  },

  async deleteMember(_, { input }, context) {
    const memberGuid = ownMemberGuid(input.member, context);
    const scope = scopeOf(context);
    await deleteMember(scope, memberGuid);
    const deletedMemberId = encodeNodeId({ type: 'Member', userGuid: scope.userGuid, memberGuid });
    return { member: null, deletedMemberId, userErrors: [] };
  },

  createManualAccount: (_, { input }, context) =>
    createManualAccount(scopeOf(context), {
      idempotencyKey: idempotencyKeyOf(input),
      name: input.name,
      type: input.type,
      balance: input.balance ?? null,
      currency: input.currency ?? null,
    }),

  createManualMember(_, { input }, context) {
    assertSupport(context, 'Creating a manual member');
    assertInstitutionCode(input.institutionCode);
    const { institutionCode, name = null } = input;
    const idempotencyKey = idempotencyKeyOf(input);
    return createManualMember(scopeOf(context), { idempotencyKey, institutionCode, name });
  },
};

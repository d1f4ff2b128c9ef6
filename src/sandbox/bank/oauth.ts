import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { dropJob, startJob } from './jobs.js';
import { setStatus } from './member-status.js';
import type { Member, OauthOptions, OauthVisit } from '../model/state.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from './sandbox-context.js';

export const ERROR_REASONS = [
  'CANCELLED',
  'DENIED',
  'IMPEDED',
  'PROVIDER_ERROR',
  'SERVER_ERROR',
  'SESSION_ERROR',
  'UNKNOWN_ERROR',
] as const;
export type ErrorReason = (typeof ERROR_REASONS)[number];

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);

/** The options as they come in a query string, or in the body of a request that creates a member. */
export const oauthOptionsSchema = z
  .object({
    referral_source: z.enum(['BROWSER', 'APP']).default('BROWSER'),
    client_redirect_url: z.url().optional(),
    ui_message_webview_url_scheme: z
      .string()
      .regex(/^[a-z][a-z0-9+.-]*$/i)
      .optional(),
    skip_aggregation: flag.default(false),
  })
  .transform((input): OauthOptions => ({
    referralSource: input.referral_source,
    clientRedirectUrl: input.client_redirect_url ?? null,
    webviewScheme: input.ui_message_webview_url_scheme ?? null,
    skipAggregation: input.skip_aggregation,
  }));

export type Decision = { approve: true } | { approve: false; reason: ErrorReason };

/** The outcome of a sign-in. */
export interface OauthResult {
  memberGuid: string;
  status: 'success' | 'error';
  reason: ErrorReason | null;
  /** Null if the page notifies its opener instead of redirecting. */
  redirect: string | null;
}

const DEFAULT_OPTIONS: OauthOptions = {
  referralSource: 'BROWSER',
  clientRedirectUrl: null,
  webviewScheme: null,
  skipAggregation: false,
};

/** Issues a new sign-in page for a member. It can be opened once. */
export function issueOauthWindow(
  context: SandboxContext,
  member: Member,
  options: OauthOptions = DEFAULT_OPTIONS,
): void {
  member.oauthToken = newToken();
  context.oauthWindows.set(member.oauthToken, { member, options });
}

/** Opens a sign-in page, which invalidates its address. Returns the token for the user's decision. */
export function openOauthWindow(
  context: SandboxContext,
  token: string,
): { decisionToken: string; member: Member } | null {
  const visit = takeVisit(context, context.oauthWindows, token);
  if (visit === null) return null;
  const decisionToken = newToken();
  context.oauthDecisions.set(decisionToken, visit);
  return { decisionToken, member: visit.member };
}

/** Removes and returns a visit. Null if it was taken before, or if its member no longer exists. */
export function takeVisit(
  context: SandboxContext,
  visits: Map<string, OauthVisit>,
  token: string,
): OauthVisit | null {
  const visit = visits.get(token);
  visits.delete(token);
  return visit && context.store.members.get(visit.member.guid) === visit.member ? visit : null;
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Sets a member to PENDING. It is deleted if no one signs in within `pendingTtlMs`. */
export function setPending(context: SandboxContext, member: Member): void {
  setStatus(context, member, 'PENDING');
  member.expiry = context.timers.after(context.settings.pendingTtlMs, () => deleteMember(context, member));
}

export function deleteMember(context: SandboxContext, member: Member): void {
  dropJob(member);
  member.expiry?.cancel();
  context.store.removeMember(member);
  member.revision += 1;
  context.webhooks.emit(() => memberEvent(member, 'deleted'));
}

/** The member for which a successful sign-in is reported: with `relink`, an older one if there is one. */
function reportedMember(context: SandboxContext, member: Member): Member {
  if (!context.settings.relink) return member;
  const others = [...member.user.members.values()].filter(
    (one) => one !== member && one.isOauth && one.institutionCode === member.institutionCode,
  );
  return others[0] ?? member;
}

/** Applies the user's decision at the bank. Only an approval changes a member. */
export function decideOauth(context: SandboxContext, visit: OauthVisit, decision: Decision): OauthResult {
  const { member, options } = visit;
  if (!decision.approve) return toResult(member, options, decision.reason);
  const reported = reportedMember(context, member);
  if (reported === member) member.oauthToken = null;
  setStatus(context, reported, reported.status === 'PENDING' ? 'CREATED' : 'UPDATED');
  if (!options.skipAggregation) startJob(context, reported, 'AGGREGATION');
  return toResult(reported, options, null);
}

/** For tests: applies a decision as if it was made on the page that was issued last. */
export function decideLatestOauth(context: SandboxContext, member: Member, decision: Decision): OauthResult {
  const latest =
    member.oauthToken === null ? null : takeVisit(context, context.oauthWindows, member.oauthToken);
  return decideOauth(context, latest ?? { member, options: DEFAULT_OPTIONS }, decision);
}

function toResult(member: Member, options: OauthOptions, reason: ErrorReason | null): OauthResult {
  const result = { memberGuid: member.guid, status: reason === null ? 'success' : 'error', reason } as const;
  return { ...result, redirect: redirectUrl(options, result) };
}

/** MX redirects only in an app. In a browser, the page notifies the window that opened it. */
function redirectUrl(options: OauthOptions, result: Omit<OauthResult, 'redirect'>): string | null {
  const base = options.webviewScheme
    ? `${options.webviewScheme}://oauth_complete`
    : options.clientRedirectUrl;
  if (options.referralSource !== 'APP' || !base) return null;
  const url = new URL(base);
  url.searchParams.set('member_guid', result.memberGuid);
  url.searchParams.set('status', result.status);
  if (result.reason !== null) url.searchParams.set('error_reason', result.reason);
  return url.href;
}

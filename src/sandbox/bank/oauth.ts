import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { dropJob, startJob } from './jobs.js';
import { setStatus } from './member-status.js';
import type { Member, OauthOptions, OauthVisit } from '../model/state.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from './world.js';

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

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/** The same options as a query or in the body of a created member. */
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
  .transform((asked): OauthOptions => ({
    referralSource: asked.referral_source,
    clientRedirectUrl: asked.client_redirect_url ?? null,
    webviewScheme: asked.ui_message_webview_url_scheme ?? null,
    skipAggregation: asked.skip_aggregation,
  }));

export type Decision = { approve: true } | { approve: false; reason: ErrorReason };

/** How a sign-in ended, for the page to pass on. */
export interface OauthResult {
  memberGuid: string;
  status: 'success' | 'error';
  reason: ErrorReason | null;
  /** Null where the page itself tells its opener. */
  redirect: string | null;
}

const PLAIN: OauthOptions = {
  referralSource: 'BROWSER',
  clientRedirectUrl: null,
  webviewScheme: null,
  skipAggregation: false,
};

/** Gives a member a new sign-in page, good for one visit. */
export function openOauth(world: SandboxContext, member: Member, options: OauthOptions = PLAIN): void {
  member.oauthToken = newToken();
  world.oauthWindows.set(member.oauthToken, { member, options });
}

/** Opens a sign-in page, which uses its address up. The answer is the token for the one decision. */
export function visitOauth(
  world: SandboxContext,
  token: string,
): { decisionToken: string; member: Member } | null {
  const visit = takeVisit(world, world.oauthWindows, token);
  if (visit === null) return null;
  const decisionToken = newToken();
  world.oauthDecisions.set(decisionToken, visit);
  return { decisionToken, member: visit.member };
}

/** Takes a visit out of those waiting; null when it was taken before or its member is gone. */
export function takeVisit(
  world: SandboxContext,
  visits: Map<string, OauthVisit>,
  token: string,
): OauthVisit | null {
  const visit = visits.get(token);
  visits.delete(token);
  return visit && world.store.members.get(visit.member.guid) === visit.member ? visit : null;
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Puts a member into PENDING; unused for too long, it is deleted. */
export function enterPending(world: SandboxContext, member: Member): void {
  setStatus(world, member, 'PENDING');
  member.lapse = world.timers.after(world.settings.pendingTtlMs, () => deleteMember(world, member));
}

export function deleteMember(world: SandboxContext, member: Member): void {
  dropJob(member);
  member.lapse?.cancel();
  world.store.removeMember(member);
  member.revision += 1;
  world.webhooks.emit(() => memberEvent(member, 'deleted'));
}

/** The member a successful sign-in is reported for: an older one when the sandbox plays a re-link. */
function inboundMember(world: SandboxContext, member: Member): Member {
  if (!world.settings.relink) return member;
  const others = [...member.user.members.values()].filter(
    (one) => one !== member && one.isOauth && one.institutionCode === member.institutionCode,
  );
  return others[0] ?? member;
}

/** Carries out what the user decided at the bank. Only a success changes a member. */
export function decideOauth(world: SandboxContext, visit: OauthVisit, decision: Decision): OauthResult {
  const { member, options } = visit;
  if (!decision.approve) return resultOf(member, options, decision.reason);
  const inbound = inboundMember(world, member);
  if (inbound === member) member.oauthToken = null;
  setStatus(world, inbound, inbound.status === 'PENDING' ? 'CREATED' : 'UPDATED');
  if (!options.skipAggregation) startJob(world, inbound, 'AGGREGATION');
  return resultOf(inbound, options, null);
}

/** The decision of a user who was never at the page, for tests: as if at the member's latest page. */
export function decideWithoutPage(world: SandboxContext, member: Member, decision: Decision): OauthResult {
  const latest = member.oauthToken === null ? null : takeVisit(world, world.oauthWindows, member.oauthToken);
  return decideOauth(world, latest ?? { member, options: PLAIN }, decision);
}

function resultOf(member: Member, options: OauthOptions, reason: ErrorReason | null): OauthResult {
  const result = { memberGuid: member.guid, status: reason === null ? 'success' : 'error', reason } as const;
  return { ...result, redirect: redirectOf(options, result) };
}

/** MX sends the user back only in an app; in a browser the page tells the window that opened it. */
function redirectOf(options: OauthOptions, result: Omit<OauthResult, 'redirect'>): string | null {
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

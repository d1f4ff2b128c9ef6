import { findInstitution } from '../model/institutions.js';
import type { Institution } from '../model/institutions.js';
import type { Product } from '../model/institution-data.js';
import type { Member, User } from '../model/state.js';
import type { MxVersion } from './version.js';
import { conditionOf } from '../bank/institution-condition.js';
import type { Condition } from '../bank/institution-condition.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

type Json = Record<string, unknown>;

const LOGO_BASE_URL = 'https://content.moneydesktop.com/storage/MD_Assets/Ipad%20Logos';
const INSTITUTION_CREATED_AT = '2025-02-13T18:08:00+00:00';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function serializeUser(user: User): Json {
  return {
    ...(user.email !== null && { email: user.email }),
    guid: user.guid,
    id: user.id,
    is_disabled: user.isDisabled,
    metadata: user.metadata,
  };
}

/** Address of the sign-in page that was issued last for a member. */
export function oauthWindowUri(context: SandboxContext, member: Member): string | null {
  return member.oauthToken === null ? null : `${context.baseUrl}/oauth/authorize?state=${member.oauthToken}`;
}

function errorField(context: SandboxContext, member: Member): Json {
  const { errorFormat } = context.settings;
  if (errorFormat === 'omit') return {};
  const asString = errorFormat === 'string' && typeof member.error === 'object' && member.error !== null;
  return { error: asString ? JSON.stringify(member.error) : member.error };
}

export function serializeMember(context: SandboxContext, member: Member): Json {
  return {
    aggregated_at: iso(member.aggregatedAt),
    background_aggregation_is_disabled: member.backgroundAggregationIsDisabled,
    connection_status: member.status,
    connection_status_message: member.message,
    ...errorField(context, member),
    guid: member.guid,
    id: member.id,
    institution_code: member.institutionCode,
    institution_guid: findInstitution(member.institutionCode)?.guid ?? '',
    is_being_aggregated: member.isBeingAggregated,
    is_managed_by_user: member.isManagedByUser,
    is_manual: member.isManual,
    is_oauth: member.isOauth,
    metadata: member.metadata,
    most_recent_job_detail_code: null,
    most_recent_job_detail_text: null,
    most_recent_job_guid: member.lastJobGuid,
    name: member.name,
    needs_updated_credentials: member.needsUpdatedCredentials,
    oauth_window_uri: oauthWindowUri(context, member),
    successfully_aggregated_at: iso(member.successfullyAggregatedAt),
    use_cases: member.useCases,
    user_guid: member.user.guid,
    user_id: member.user.id,
  };
}

/** Serializes the status of a member. Challenges are present only while they can be answered. */
export function serializeMemberStatus(member: Member): Json {
  return {
    aggregated_at: iso(member.aggregatedAt),
    ...(member.status === 'CHALLENGED' && { challenges: member.challenges }),
    connection_status: member.status,
    guid: member.guid,
    has_processed_account_numbers: member.hasAccountNumbers,
    has_processed_accounts: member.hasAccounts,
    has_processed_transactions: member.hasTransactions,
    is_authenticated: member.isAuthenticated,
    is_being_aggregated: member.isBeingAggregated,
    successfully_aggregated_at: iso(member.successfullyAggregatedAt),
  };
}

/** The fields that differ by version. MX added `status` to the newer one in April 2026. */
function versionFields(one: Institution, { status }: Condition, version: MxVersion): Json {
  if (version === 'v20250224') {
    return {
      guid: one.guid,
      created_at: INSTITUTION_CREATED_AT,
      is_hidden: one.hidden,
      status,
      supported_products: one.products,
    };
  }
  const supports = (product: Product): boolean => one.products.includes(product);
  return {
    supports_account_identification: supports('identity_verification'),
    supports_account_statement: supports('statements'),
    supports_account_verification: supports('account_verification'),
    supports_transaction_history: supports('transaction_history'),
  };
}

/** Serializes an institution: the newer version with its guid and products, the older with a flag per product. */
export function serializeInstitution(context: SandboxContext, one: Institution, version: MxVersion): Json {
  const condition = conditionOf(context, one);
  return {
    code: one.code,
    forgot_password_url: `${one.url}/forgot-password`,
    forgot_username_url: `${one.url}/forgot-username`,
    instructional_text: one.text,
    instructional_text_steps: one.steps,
    is_disabled_by_client: condition.isDisabled,
    iso_country_code: one.country,
    medium_logo_url: `${LOGO_BASE_URL}/100x100/default_100x100.png`,
    name: one.name,
    small_logo_url: `${LOGO_BASE_URL}/50x50/default_50x50.png`,
    supports_oauth: one.oauth,
    supports_tax_document: false,
    trouble_signing_in_url: `${one.url}/login-trouble`,
    url: one.url,
    ...versionFields(one, condition, version),
  };
}

import { institutionOf, isBeingAggregated, memberGuid, statusOf } from './fixture.js';
import type { INSTITUTIONS } from './fixture.js';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
/** Recent, so that the data does not count as out of date. */
const AGGREGATED_AT = hoursAgo(10);
const SUCCEEDED_AT = hoursAgo(9.9);

/** The stub's objects with every field MX's v20250224 contract has, at about the size MX sends them. */
export function mxMember(digits: string, member: number): Record<string, unknown> {
  const institution = institutionOf(member);
  return {
    aggregated_at: AGGREGATED_AT,
    background_aggregation_is_disabled: false,
    connection_status: statusOf(member),
    connection_status_message: `${statusOf(member)} as told by MX about ${institution.name}`,
    guid: memberGuid(digits, member),
    id: `partner-member-${String(member).padStart(6, '0')}`,
    institution_code: institution.code,
    institution_guid: `INS-00000000-0000-4000-8000-${institution.code.padStart(12, '0')}`,
    is_being_aggregated: isBeingAggregated(member),
    is_managed_by_user: true,
    is_manual: false,
    is_oauth: false,
    metadata: '{"credentials_last_refreshed_at":"2026-01-11"}',
    most_recent_job_detail_code: null,
    most_recent_job_detail_text: null,
    most_recent_job_guid: `JOB-${String(member).padStart(8, '0')}-90ab-4def-8234-567890abcdef`,
    name: institution.name,
    needs_updated_credentials: false,
    oauth_window_uri: null,
    successfully_aggregated_at: SUCCEEDED_AT,
    use_cases: ['PFM'],
    user_guid: `USR-00000000-0000-4000-8000-${digits}`,
    user_id: `partner-user-${digits}`,
  };
}

export function mxMemberStatus(digits: string, member: number): Record<string, unknown> {
  return {
    aggregated_at: AGGREGATED_AT,
    ...(statusOf(member) === 'CHALLENGED' && { challenges: [mxChallenge(digits)] }),
    connection_status: statusOf(member),
    guid: memberGuid(digits, member),
    has_processed_account_numbers: false,
    has_processed_accounts: true,
    has_processed_transactions: true,
    is_authenticated: true,
    is_being_aggregated: isBeingAggregated(member),
    successfully_aggregated_at: SUCCEEDED_AT,
  };
}

const mxChallenge = (digits: string): Record<string, unknown> => ({
  guid: `CRD-00000000-0000-4000-8000-${digits}`,
  field_name: null,
  image_data: null,
  label: 'What city were you born in?',
  type: 'TEXT',
});

export const mxUser = (digits: string): Record<string, unknown> => ({
  email: 'user@example.com',
  guid: `USR-00000000-0000-4000-8000-${digits}`,
  id: `partner-user-${digits}`,
  is_disabled: false,
  metadata: '{"first_name":"Steven"}',
});

export function mxInstitution({ code, name }: (typeof INSTITUTIONS)[number]): Record<string, unknown> {
  const site = `https://${code.replaceAll('_', '-')}.example.com`;
  return {
    code,
    created_at: '2025-02-13T18:08:00+00:00',
    forgot_password_url: `${site}/forgot-password`,
    forgot_username_url: `${site}/forgot-username`,
    guid: `INS-00000000-0000-4000-8000-${code.padStart(12, '0')}`,
    instructional_text: `Some instructional text for the users of ${name}.`,
    instructional_text_steps: ['Step 1: Do this.', 'Step 2: Do that.'],
    is_disabled_by_client: false,
    is_hidden: false,
    iso_country_code: 'US',
    medium_logo_url: `${site}/logo-100x100.png`,
    name,
    small_logo_url: `${site}/logo-50x50.png`,
    supported_products: ['account_verification', 'identity_verification', 'transactions'],
    supports_oauth: false,
    supports_tax_document: false,
    trouble_signing_in_url: `${site}/login-trouble`,
    url: site,
  };
}

export const mxCredentials = (): Record<string, unknown>[] => [
  {
    display_order: 1,
    field_name: 'LOGIN',
    field_type: 'TEXT',
    guid: 'CRD-1',
    label: 'Username',
    type: 'TEXT',
  },
  {
    display_order: 2,
    field_name: 'PASSWORD',
    field_type: 'PASSWORD',
    guid: 'CRD-2',
    label: 'Password',
    type: 'PASSWORD',
  },
];

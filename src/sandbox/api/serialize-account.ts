import type { Account } from '../model/accounts.js';

/** Fields that MX sends, and that the sandbox knows nothing about. */
const UNKNOWN_FIELDS = [
  'account_ownership',
  'annuity_policy_to_date',
  'annuity_provider',
  'annuity_term_year',
  'apr',
  'apy',
  'available_balance',
  'available_credit',
  'cash_balance',
  'cash_surrender_value',
  'credit_limit',
  'day_payment_is_due',
  'death_benefit',
  'federal_insurance_status',
  'insured_name',
  'interest_rate',
  'last_payment',
  'last_payment_at',
  'loan_amount',
  'margin_balance',
  'matures_on',
  'minimum_balance',
  'minimum_payment',
  'nickname',
  'original_balance',
  'pay_out_amount',
  'payment_due_at',
  'payoff_balance',
  'premium_amount',
  'property_type',
  'routing_number',
  'started_on',
  'statement_balance',
  'today_ugl_amount',
  'today_ugl_percentage',
  'total_account_value',
  'total_account_value_ugl',
] as const;

const NULLS = Object.fromEntries(UNKNOWN_FIELDS.map((name) => [name, null]));

const iso = (ms: number): string => new Date(ms).toISOString();

/** Serializes an account. */
export function serializeAccount(account: Account): Record<string, unknown> {
  const { member } = account;
  return {
    ...NULLS,
    account_number: account.number,
    balance: account.balance,
    created_at: iso(account.createdAt),
    currency_code: account.currency,
    guid: account.guid,
    id: null,
    imported_at: account.isManual ? null : iso(account.updatedAt),
    institution_code: member.institutionCode,
    is_closed: false,
    is_hidden: account.isHidden,
    is_manual: account.isManual,
    member_guid: member.guid,
    member_id: member.id,
    member_is_managed_by_user: member.isManagedByUser,
    metadata: account.metadata,
    name: account.name,
    subtype: account.subtype,
    type: account.type,
    updated_at: iso(account.updatedAt),
    user_guid: member.user.guid,
    user_id: member.user.id,
  };
}

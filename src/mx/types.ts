/**
 * The parts of MX's responses that this product reads, under MX's own names. Nothing else is typed or stored.
 *
 * MX's contract is loose: statuses are free strings, challenge types are strings or integers, `error` is an object or a
 * JSON string. These types describe the result of `parse.ts`, not what MX promises. Times are ISO 8601 strings.
 */

import type { MxProduct } from './products.js';

/** Why a member's latest job failed. */
export interface MxMemberError {
  readonly error_code: string | null;
  readonly error_type: string | null;
  readonly error_message: string | null;
  readonly user_message: string | null;
  readonly locale: string | null;
}

/** A member: a user's connection to an institution. */
export interface MxMember {
  readonly guid: string;
  readonly id: string | null;
  readonly user_guid: string | null;
  readonly institution_code: string | null;
  readonly name: string | null;
  readonly connection_status: string | null;
  readonly connection_status_message: string | null;
  readonly is_being_aggregated: boolean;
  readonly is_manual: boolean;
  readonly is_managed_by_user: boolean;
  readonly is_oauth: boolean;
  readonly needs_updated_credentials: boolean;
  readonly background_aggregation_is_disabled: boolean;
  readonly aggregated_at: string | null;
  readonly successfully_aggregated_at: string | null;
  readonly most_recent_job_guid: string | null;
  readonly oauth_window_uri: string | null;
  readonly error: MxMemberError | null;
}

/** A row of one user's list that belongs to another user. */
export interface MxForeignRow {
  readonly memberGuid: string;
  readonly ownerGuid: string;
}

/** A user's members, from all pages of one list. */
export interface MxMemberList {
  /** Distinct members of this user, in MX's order. */
  readonly members: readonly MxMember[];
  /** True if all rows can be read and are as many as MX says, under the same total on all pages. Else members may be missing. */
  readonly isWhole: boolean;
  /** True if MX says that it has more members than it listed, or changed the total between two pages. */
  readonly isShort: boolean;
  readonly foreignRows: readonly MxForeignRow[];
  /** Indexes of the rows that are no members, counted over all pages, ascending; the first 100 if there are more. */
  readonly unreadableRows: readonly number[];
}

/** The condition of an institution. */
export type MxInstitutionStatus = 'OPERATIONAL' | 'MAINTENANCE' | 'DEGRADED' | 'UNAVAILABLE';

/** An institution. */
export interface MxInstitution {
  readonly code: string;
  readonly name: string | null;
  readonly url: string | null;
  readonly small_logo_url: string | null;
  readonly medium_logo_url: string | null;
  readonly supports_oauth: boolean;
  /** Null if MX does not say. */
  readonly supported_products: readonly MxProduct[] | null;
  /** An ISO 3166-1 alpha-2 code. */
  readonly iso_country_code: string | null;
  /** Plain text, as are the steps. MX sends HTML. */
  readonly instructional_text: string | null;
  readonly instructional_text_steps: readonly string[] | null;
  readonly forgot_password_url: string | null;
  readonly forgot_username_url: string | null;
  readonly trouble_signing_in_url: string | null;
  /** Null if MX does not send one that is known. */
  readonly status: MxInstitutionStatus | null;
  readonly is_disabled_by_client: boolean;
  /** True if no new members can be created. */
  readonly is_hidden: boolean;
}

/** A credential field that an institution requires. */
export interface MxCredential {
  readonly guid: string;
  readonly label: string | null;
  readonly field_name: string | null;
  readonly type: 'TEXT' | 'PASSWORD';
  readonly display_order: number | null;
}

/** The credential fields of an institution. */
export interface MxCredentialList {
  /** In display order. */
  readonly fields: readonly MxCredential[];
  /** Number of fields as MX says it; null if MX does not say. */
  readonly total: number | null;
}

/** The types of challenge. */
export type MxChallengeType = 'TEXT' | 'OPTIONS' | 'IMAGE_DATA' | 'IMAGE_OPTIONS' | 'TOKEN';

/** An option of a challenge to choose from. */
export interface MxChallengeOption {
  readonly guid: string | null;
  readonly label: string | null;
  readonly value: string;
  readonly data_uri: string | null;
}

/** A challenge (MFA question) that the end user must answer. */
export interface MxChallenge {
  readonly guid: string;
  readonly type: MxChallengeType;
  readonly label: string | null;
  readonly image_data: string | null;
  readonly options: readonly MxChallengeOption[];
}

/** What MX says of a member's latest job. */
export interface MxMemberStatus {
  /** The pending challenges: none unless the status is CHALLENGED. Null if they are unknown. */
  readonly challenges: readonly MxChallenge[] | null;
  readonly is_being_aggregated: boolean;
  readonly is_authenticated: boolean | null;
  readonly has_processed_accounts: boolean | null;
  readonly has_processed_transactions: boolean | null;
}

/** The types of account. MX may add more. */
export const MX_ACCOUNT_TYPES = [
  'ANY',
  'CASH',
  'CHECKING',
  'CHECKING_LINE_OF_CREDIT',
  'CREDIT_CARD',
  'LOAN',
  'LINE_OF_CREDIT',
  'SAVINGS',
  'INVESTMENT',
  'MORTGAGE',
  'INSURANCE',
  'PREPAID',
  'PROPERTY',
] as const;
export type MxAccountType = (typeof MX_ACCOUNT_TYPES)[number];

/** An account of a user. The account number is not part of it: only its last four digits are read. */
export interface MxAccount {
  readonly guid: string;
  /** The user in whose list the account is. */
  readonly user_guid: string;
  readonly member_guid: string | null;
  readonly name: string | null;
  /** UNKNOWN if MX sends none, or one that is not listed here. */
  readonly type: MxAccountType | 'UNKNOWN';
  readonly subtype: string | null;
  readonly last_four: string | null;
  readonly balance: number | null;
  /** An ISO 4217 code: three capital letters. */
  readonly currency_code: string | null;
  readonly updated_at: string | null;
  readonly is_manual: boolean;
  readonly is_hidden: boolean;
  /** Names the attempt of this service that has created the account; null for other accounts. */
  readonly attempt_id: string | null;
}

/** Input to create a manual account. */
export interface MxNewAccount {
  readonly name: string;
  readonly account_type: MxAccountType;
  readonly balance?: number;
  readonly currency_code?: string;
  /** Names the attempt, by which the account is found if the response is lost: MX takes no `id` of ours here. */
  readonly metadata: string;
}

/** A page of institutions. */
export interface MxInstitutionPage {
  /** Without the rows that cannot be read, but numbered with them, from 0 in the whole list. */
  readonly rows: readonly { readonly index: number; readonly institution: MxInstitution }[];
  /** Number of institutions on all pages. */
  readonly total: number;
}

/** The value of a credential field or a challenge, by guid. It is a secret: never log or store it. */
export interface MxChallengeAnswer {
  readonly guid: string;
  readonly value: string;
}

/** Input to create a member. */
export interface MxNewMember {
  readonly institution_code: string;
  /** Our own unique id of the member at MX. If the response is lost, the member is found by it. */
  readonly id: string;
  readonly name?: string;
  readonly credentials?: readonly MxChallengeAnswer[];
  readonly is_oauth?: true;
  readonly background_aggregation_is_disabled?: boolean;
  readonly use_cases?: readonly MxUseCase[];
}

/** What the data of a member is used for. */
export type MxUseCase = 'MONEY_MOVEMENT' | 'PFM';

/** What a create asks for beside the member. */
export interface MxCreateOptions {
  readonly oauth: MxOauthOptions | null;
  /** The products of the first job. None leaves them to MX. */
  readonly products: readonly MxProduct[];
}

/** Options of an OAuth visit. Null means MX's default. */
export interface MxOauthOptions {
  readonly referral_source: 'BROWSER' | 'APP' | null;
  readonly client_redirect_url: string | null;
  readonly ui_message_webview_url_scheme: string | null;
  readonly enable_app2app: boolean | null;
}

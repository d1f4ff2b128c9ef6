/**
 * What this product reads of MX's answers, in MX's own names; nothing else of them is typed or kept.
 *
 * MX's contract is loose (statuses are free strings, challenge types come as words or integers, `error` as an
 * object or as text), so these types say what `parse.ts` makes of it, not what MX promises. Times are ISO 8601.
 */

/** MX's account of why a member's latest job failed. */
export interface MxMemberError {
  readonly error_code: string | null;
  readonly error_type: string | null;
  readonly error_message: string | null;
  readonly user_message: string | null;
  readonly locale: string | null;
}

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
  readonly aggregated_at: string | null;
  readonly successfully_aggregated_at: string | null;
  readonly most_recent_job_guid: string | null;
  readonly oauth_window_uri: string | null;
  readonly error: MxMemberError | null;
}

/** One user's members, and MX's answer as it came: its bytes are cheaper to keep than all that is read out of them. */
export interface MxMemberList {
  readonly members: readonly MxMember[];
  readonly bytes: Uint8Array;
}

export interface MxInstitution {
  readonly code: string;
  readonly name: string | null;
  readonly url: string | null;
  readonly small_logo_url: string | null;
  readonly medium_logo_url: string | null;
  readonly supports_oauth: boolean;
  readonly forgot_password_url: string | null;
  readonly forgot_username_url: string | null;
  readonly trouble_signing_in_url: string | null;
}

export interface MxCredential {
  readonly guid: string;
  readonly label: string | null;
  readonly field_name: string | null;
  readonly type: 'TEXT' | 'PASSWORD';
  readonly display_order: number | null;
}

export type MxChallengeType = 'TEXT' | 'OPTIONS' | 'IMAGE_DATA' | 'IMAGE_OPTIONS' | 'TOKEN';

export interface MxChallengeOption {
  readonly guid: string | null;
  readonly label: string | null;
  readonly value: string;
  readonly data_uri: string | null;
}

export interface MxChallenge {
  readonly guid: string;
  readonly type: MxChallengeType;
  readonly label: string | null;
  readonly image_data: string | null;
  readonly options: readonly MxChallengeOption[];
}

export interface MxInstitutionPage {
  readonly institutions: readonly MxInstitution[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** A value for a credential field or a challenge, by guid: a secret, to be passed on and let go. */
export interface MxChallengeAnswer {
  readonly guid: string;
  readonly value: string;
}

/** A member to be made, as MX takes it. */
export interface MxNewMember {
  readonly institution_code: string;
  /** Ours, unique at MX: by it a member is known again whose guid never arrived. */
  readonly id: string;
  readonly name?: string;
  readonly credentials?: readonly MxChallengeAnswer[];
  readonly is_oauth?: true;
}

/** How the end user goes to the institution's pages and comes back; null leaves MX its own default. */
export interface MxOauthOptions {
  readonly referral_source: 'BROWSER' | 'APP' | null;
  readonly client_redirect_url: string | null;
  readonly ui_message_webview_url_scheme: string | null;
  readonly enable_app2app: boolean | null;
}

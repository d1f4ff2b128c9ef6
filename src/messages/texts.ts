import { INSTITUTION } from './message.js';

/**
 * The English texts for end users beside the messages of the status table, by key. The type of the keys is derived from
 * it, so that a text that is missing does not compile. To add one, add it here and to the files in `messages`.
 *
 * `reading.…` are messages of a member of which other evidence tells more than its status; only they may contain the
 * institution's name. `label.…` are badges, by phase and for UPDATING; `action.…` are buttons, by action and for two
 * cases of AGGREGATE. `userError.…` and `memberError.…` explain the codes of these names.
 */
export const TEXTS = {
  'reading.OUT_OF_DATE':
    'We have not received new data from {institution} for a while. Please update this connection.',
  'reading.CREDENTIALS_REQUIRED': 'Please sign in to {institution} again to keep this connection up to date.',
  'reading.ANSWER_REJECTED':
    'We could not verify your answer or code: it was incorrect or was not provided in time. Please try again.',
  'reading.INSTITUTION_UNAVAILABLE':
    'We cannot reach {institution} at the moment, possibly because of maintenance. There is nothing you need to fix. Please try again later.',
  'reading.VISIT_INSTITUTION':
    'We do not have permission to access your data at {institution}. Please sign in on the institution’s website and follow the steps to allow access.',

  'label.MANUAL': 'Tracked manually',
  'label.CONNECTING': 'Connecting',
  'label.UPDATING': 'Updating',
  'label.ACTION_REQUIRED': 'Action needed',
  'label.CONNECTED': 'Connected',
  'label.OUT_OF_DATE': 'Out of date',
  'label.UNAVAILABLE': 'Unavailable',
  'label.ENDED': 'Ended',
  'label.UNKNOWN': 'Unknown',

  'action.AGGREGATE': 'Try again',
  'action.CONTINUE': 'Continue',
  'action.UPDATE': 'Update now',
  'action.UPDATE_CREDENTIALS': 'Sign in again',
  'action.ANSWER_CHALLENGE': 'Answer',
  'action.COMPLETE_OAUTH': 'Continue at bank',
  'action.VISIT_INSTITUTION': 'Resolve at bank',
  'action.RETRY_LATER': 'Try again',
  'action.CONTACT_SUPPORT': 'Contact us',
  'action.TRACK_MANUALLY': 'Track manually',

  'userError.MEMBER_EXISTS': 'You already have this connection.',
  'userError.TOO_MANY_MEMBERS':
    'You have reached the maximum number of connections. Please remove one first.',
  'userError.CREDENTIALS_MISSING': 'Please fill in every field.',
  'userError.CREDENTIALS_UNKNOWN': 'The bank’s form has changed. Please close it and open it again.',
  'userError.CHALLENGE_NOT_PENDING': 'This question has already been answered or has expired.',
  'userError.ANSWERS_MISSING': 'Please answer every question.',
  'userError.CHALLENGE_UNKNOWN': 'The bank is now asking a different question.',
  'userError.OTHER_JOB_RUNNING':
    'Another update of this connection is in progress. Please try again in a moment.',
  'userError.AGGREGATION_THROTTLED': 'It is too soon to try this connection again.',
  'userError.JOB_NOT_STARTED': 'This connection cannot be updated in its current state.',
  'userError.OAUTH_REQUIRED': 'Please sign in on this bank’s own website.',
  'userError.INSTITUTION_UNAVAILABLE': 'This bank cannot be connected right now.',
  'userError.PRODUCT_NOT_SUPPORTED': 'This bank does not offer the data that this app needs.',
  'userError.OAUTH_NOT_SUPPORTED': 'This bank cannot be connected this way.',
  'userError.OAUTH_CANCELLED': 'You left the bank’s website before you finished. You can try again.',
  'userError.OAUTH_FAILED': 'Signing in on the bank’s website did not work. You can try again.',

  'memberError.NO_ELIGIBLE_ACCOUNTS': 'None of your accounts at this bank can be connected here.',
  'memberError.NO_ACCOUNTS': 'We found no accounts of yours at this bank.',
  'memberError.ACCESS_DENIED':
    'The bank did not allow access to your data. Please sign in on its website and allow access.',
  'memberError.INCORRECT_OTP': 'The one-time code was incorrect. Please try again.',
  'memberError.INCORRECT_MFA': 'The answer was incorrect. Please try again.',
  'memberError.MFA_TIMEOUT': 'The answer was not provided in time. Please try again.',
  'memberError.REAUTHORIZATION_REQUIRED':
    'Your permission to access this bank has expired. Please sign in to the bank again.',
  'memberError.INVALID_CREDENTIALS':
    'The bank did not accept your sign-in information. Please sign in again.',
  'memberError.INSTITUTION_DOWN': 'The bank is not responding. Please try again later.',
  'memberError.INSTITUTION_MAINTENANCE': 'The bank is under maintenance. Please try again later.',
  'memberError.INSTITUTION_UNAVAILABLE': 'The bank is not available at the moment. Please try again later.',
  'memberError.UNKNOWN': 'The last update of this connection did not succeed. Please try again later.',
} as const;

/** The key of a text, which is also its name in the catalogue files. */
export type TextKey = keyof typeof TEXTS;

/** All keys, in the order of the catalogue files. */
export const TEXT_KEYS = Object.keys(TEXTS) as readonly TextKey[];

const PLACEHOLDER = `{${INSTITUTION}}`;

/** Returns true for the key of a text. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(TEXTS, key);
}

/** Returns true if the English text contains the institution's name. */
export function englishNeedsInstitutionName(key: TextKey): boolean {
  return TEXTS[key].includes(PLACEHOLDER);
}

/** Returns the English text with the institution's name filled in. */
export function englishText(key: TextKey, institutionName = ''): string {
  return TEXTS[key].split(PLACEHOLDER).join(institutionName);
}

const groupOf = (key: string): string => key.slice(0, key.indexOf('.') + 1);

/** Returns the keys that begin with the same group, such as `label.`; none if the group does not exist. */
export function keysOfSameGroup(key: string): readonly TextKey[] {
  return key.includes('.') ? TEXT_KEYS.filter((one) => groupOf(one) === groupOf(key)) : [];
}

/** Returns true if the text may contain the institution's name. Others are shown where there is no member. */
export function mayNeedInstitutionName(key: TextKey): boolean {
  return groupOf(key) === 'reading.';
}

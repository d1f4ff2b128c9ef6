export const PRODUCTS = [
  'account_verification',
  'identity_verification',
  'transactions',
  'transaction_history',
  'statements',
  'investments',
  'rewards',
] as const;

/** A product that an institution supports, by MX's name. */
export type Product = (typeof PRODUCTS)[number];

/** Why MX rejects requests for an institution. Each is the `type` of a 400 response. */
export type Block =
  | 'institution_maintenance_error'
  | 'institution_unavailable_error'
  | 'institution_prevented_error'
  | 'institution_prevent_new_error'
  | 'institution_prevent_verification_error';

/** The fields in which institutions differ. The others are derived from the code. */
export interface InstitutionSeed {
  code: string;
  name: string;
  oauth?: boolean;
  /** Whether three hours must pass between aggregations. Only MX Bank is exempt. */
  throttled?: boolean;
  favorite?: boolean;
  managed?: boolean;
  country?: 'US' | 'CA';
  products?: readonly Product[];
  block?: Block;
  /** Disabled by the client. */
  disabled?: boolean;
  /** MX lists it, but not for new members. */
  hidden?: boolean;
  /** Texts for end users, which may contain HTML. */
  text?: string;
  steps?: readonly string[];
  guid?: string;
}

/** The test institutions that MX itself offers. */
const TEST_BANKS: readonly InstitutionSeed[] = [
  {
    code: 'mxbank',
    name: 'MX Bank',
    throttled: false,
    favorite: true,
    guid: 'INS-1572a04c-912b-59bf-5841-332c7dfafaef',
  },
  {
    code: 'mx_bank_oauth',
    name: 'MX Bank (OAuth)',
    oauth: true,
    favorite: true,
    products: ['account_verification', 'identity_verification', 'transactions'],
  },
  { code: 'mxcu_oauth', name: 'MXCU (OAuth)', oauth: true },
  { code: 'mxcu_credential', name: 'MXCU' },
];

/** Fictional banks. They work like MX Bank, but three hours must pass between aggregations. */
const FICTIONAL: readonly InstitutionSeed[] = [
  { code: 'harbor_lane', name: 'Harbor Lane Credit Union', favorite: true },
  {
    code: 'juniper_trust',
    name: 'Juniper Trust',
    favorite: true,
    text: 'Use the user name of <b>Juniper Online</b>. <a href="https://juniper-trust.example/help" id="instructional_text">More about it</a>.',
    steps: ['Step 1: Sign in to <i>Juniper Online</i>.', 'Step 2: Allow access for apps &amp; services.'],
  },
  { code: 'copper_fox', name: 'Copper Fox Bank' },
  { code: 'lantern_savings', name: 'Lantern Savings' },
  { code: 'north_orchard', name: 'North Orchard Bank', country: 'CA' },
  { code: 'bluebell_mutual', name: 'Bluebell Mutual', oauth: true, favorite: true },
  { code: 'plain_pantry', name: 'Plain Pantry Cooperative', products: ['transactions'] },
];

const MANAGED: readonly InstitutionSeed[] = [
  { code: 'manual_institution', name: 'Manual Institution', managed: true, products: [] },
  { code: 'shoebox_ledger', name: 'Shoebox Ledger', managed: true, products: [] },
];

const BLOCKED: readonly [string, string, Block][] = [
  ['closed_for_repairs', 'Closed for Repairs Bank', 'institution_maintenance_error'],
  ['out_of_reach', 'Out of Reach Bank', 'institution_unavailable_error'],
  ['not_on_offer', 'Not on Offer Bank', 'institution_prevented_error'],
  ['no_newcomers', 'No Newcomers Bank', 'institution_prevent_new_error'],
  ['no_verifying', 'No Verifying Bank', 'institution_prevent_verification_error'],
];

/** MX does not document how it refuses a member at an institution that the client has disabled. */
const SWITCHED_OFF: InstitutionSeed = {
  code: 'switched_off',
  name: 'Switched Off Bank',
  disabled: true,
  block: 'institution_prevented_error',
};

const FILLER_NAMES = 'Alder,Birch,Cedar,Dogwood,Elm,Fern,Ginkgo,Hazel,Ivy,Larch,Maple,Rowan'.split(',');
const FILLER_KINDS =
  'Bank,Savings,Credit Union,Mutual,Trust,Federal Bank,Community Bank,Cooperative,State Bank,Thrift';

/** Enough names for a second page even at the largest page size. */
const FILLERS: readonly InstitutionSeed[] = FILLER_NAMES.flatMap((name) =>
  FILLER_KINDS.split(',').map((kind) => ({
    code: `${name}_${kind}`.toLowerCase().replaceAll(' ', '_'),
    name: `${name} ${kind}`,
  })),
);

export const INSTITUTION_SEEDS: readonly InstitutionSeed[] = [
  ...TEST_BANKS,
  ...FICTIONAL,
  ...MANAGED,
  ...BLOCKED.map(([code, name, block]) => ({ code, name, block, hidden: code === 'not_on_offer' })),
  SWITCHED_OFF,
  ...FILLERS,
];

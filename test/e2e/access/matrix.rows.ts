import type { MutationName } from '../../support/mutations.js';

/** The roles of a caller; `nobody` sends no token. */
export const ROLES = ['owner', 'other', 'support', 'nobody'] as const;
export type Role = (typeof ROLES)[number];

/** The outcome for each role with a token. Without a token it is always UNAUTHENTICATED. */
export type Outcome = 'data' | 'FORBIDDEN' | 'NOT_FOUND';
export type Outcomes = Readonly<Record<Exclude<Role, 'nobody'>, Outcome>>;

/** Readable for every authenticated caller. */
export const PUBLIC: Outcomes = { owner: 'data', other: 'data', support: 'data' };
/** Not found for another user, just like an object that does not exist. */
export const HIDDEN: Outcomes = { owner: 'data', other: 'NOT_FOUND', support: 'data' };
/** Forbidden for another user: the user is named, so its existence need not be hidden. */
export const REFUSED: Outcomes = { owner: 'data', other: 'FORBIDDEN', support: 'data' };
/** Belongs to the caller, and support has no own data. */
export const OWN: Outcomes = { owner: 'data', other: 'data', support: 'FORBIDDEN' };
/** Needs the support scope and a user, which none of the roles has both. */
export const SUPPORT_WITH_USER: Outcomes = { owner: 'FORBIDDEN', other: 'FORBIDDEN', support: 'FORBIDDEN' };
export const OWN_MEMBER: Outcomes = { owner: 'data', other: 'NOT_FOUND', support: 'FORBIDDEN' };

/** A path to a type, and the outcome for each role. */
export interface Access {
  readonly outcomes: Outcomes;
  /** The fields of the query around the selection. */
  readonly around: (selection: string) => string;
}

const MEMBER = (selection: string) => `member(by: { id: $id }) { ${selection} }`;
const CHALLENGED = (type: string): Access => ({
  outcomes: HIDDEN,
  around: (selection) =>
    `member(by: { id: $challengedId }) { challenges { ... on ${type} { ${selection} } } }`,
});
const PAGE = (around: (selection: string) => string): Access => ({
  outcomes: PUBLIC,
  around: (selection) => `institutions(search: "bank", first: 2) { ${around(selection)} }`,
});
const HISTORY = (around: (selection: string) => string): Access => ({
  outcomes: HIDDEN,
  around: (selection) => MEMBER(`statusHistory(first: 2) { ${around(selection)} }`),
});

/** The root fields of queries. Each is requested with all fields of its type. */
export const QUERIES: Readonly<Record<string, Access>> = {
  viewer: { outcomes: OWN, around: (selection) => `viewer { ${selection} }` },
  user: { outcomes: REFUSED, around: (selection) => `user(guid: $user) { ${selection} }` },
  member: { outcomes: HIDDEN, around: MEMBER },
  node: { outcomes: HIDDEN, around: (selection) => `node(id: $id) { ${selection} }` },
  institution: { outcomes: PUBLIC, around: (selection) => `institution(code: "mxbank") { ${selection} }` },
  institutions: PAGE((selection) => selection),
  favoriteInstitutions: {
    outcomes: PUBLIC,
    around: (selection) => `favoriteInstitutions { ${selection} }`,
  },
  connectionStatuses: { outcomes: PUBLIC, around: (selection) => `connectionStatuses { ${selection} }` },
  locales: { outcomes: PUBLIC, around: () => 'locales' },
};

/** The object types, each with a path to it. Their fields are requested one by one. */
export const TYPES: Readonly<Record<string, Access>> = {
  User: { outcomes: REFUSED, around: (selection) => `user(guid: $user) { ${selection} }` },
  Member: { outcomes: HIDDEN, around: MEMBER },
  MemberProgress: { outcomes: HIDDEN, around: (selection) => MEMBER(`progress { ${selection} }`) },
  Account: { outcomes: HIDDEN, around: (selection) => MEMBER(`accounts { ${selection} }`) },
  MemberError: { outcomes: HIDDEN, around: (selection) => MEMBER(`error { ${selection} }`) },
  CredentialField: { outcomes: HIDDEN, around: (selection) => MEMBER(`credentialFields { ${selection} }`) },
  TextChallenge: CHALLENGED('TextChallenge'),
  OptionsChallenge: CHALLENGED('OptionsChallenge'),
  ImageChallenge: CHALLENGED('ImageChallenge'),
  ImageOptionsChallenge: CHALLENGED('ImageOptionsChallenge'),
  TokenChallenge: CHALLENGED('TokenChallenge'),
  ChallengeOption: {
    ...CHALLENGED('OptionsChallenge'),
    around: (selection) => CHALLENGED('OptionsChallenge').around(`options { ${selection} }`),
  },
  ImageChallengeOption: {
    ...CHALLENGED('ImageOptionsChallenge'),
    around: (selection) => CHALLENGED('ImageOptionsChallenge').around(`options { ${selection} }`),
  },
  StatusPeriodConnection: HISTORY((selection) => selection),
  StatusPeriodEdge: HISTORY((selection) => `edges { ${selection} }`),
  StatusPeriod: HISTORY((selection) => `nodes { ${selection} }`),
  ConnectionStatusInfo: {
    outcomes: PUBLIC,
    around: (selection) => `connectionStatuses { ${selection} }`,
  },
  Institution: { outcomes: PUBLIC, around: (selection) => `institution(code: "mxbank") { ${selection} }` },
  InstitutionConnection: PAGE((selection) => selection),
  InstitutionEdge: PAGE((selection) => `edges { ${selection} }`),
  PageInfo: PAGE((selection) => `pageInfo { ${selection} }`),
};

/** Types whose fields are all requested by the mutations and subscriptions. */
export const COVERED_ELSEWHERE: ReadonlySet<string> = new Set([
  'AggregationThrottledError',
  'FailedProduct',
  'MemberExistsError',
  'MemberStatusChange',
  'PlainUserError',
]);

const VALUES = [{ guid: 'CRD-1', value: 'x' }];

/** The mutations that return a member, and the others. */
export type MatrixMutation = MutationName | 'createManualAccount';

/** The mutations with their input. Those of a member name a member of the owner. */
export const MUTATIONS: Readonly<
  Record<MatrixMutation, { readonly outcomes: Outcomes; readonly toInput: (memberGuid: string) => object }>
> = {
  createMember: {
    outcomes: OWN,
    toInput: () => ({ institutionCode: 'mxbank', access: { credentials: VALUES } }),
  },
  createManualAccount: { outcomes: OWN, toInput: () => ({ name: 'Jar', type: 'CASH' }) },
  createManualMember: {
    outcomes: SUPPORT_WITH_USER,
    toInput: () => ({ institutionCode: 'shoebox_ledger' }),
  },
  updateMemberCredentials: {
    outcomes: OWN_MEMBER,
    toInput: (memberGuid) => ({ member: { guid: memberGuid }, credentials: VALUES }),
  },
  aggregateMember: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ member: { guid: memberGuid } }) },
  answerChallenges: {
    outcomes: OWN_MEMBER,
    toInput: (memberGuid) => ({ member: { guid: memberGuid }, answers: VALUES }),
  },
  createOauthWindowUrl: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ member: { guid: memberGuid } }) },
  completeOauth: {
    outcomes: OWN_MEMBER,
    toInput: (memberGuid) => ({ member: { guid: memberGuid }, status: 'SUCCESS' }),
  },
  deleteMember: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ member: { guid: memberGuid } }) },
};

/** The subscriptions: to one member, to all members of the viewer, and to a user. */
export const SUBSCRIPTIONS: Readonly<
  Record<string, readonly { readonly name: string; readonly outcomes: Outcomes; readonly args: string }[]>
> = {
  memberStatusChanged: [
    { name: 'to a member', outcomes: OWN_MEMBER, args: '(memberGuid: $guid)' },
    { name: 'to all members', outcomes: OWN, args: '' },
    { name: 'to a user', outcomes: REFUSED, args: '(userGuid: $user)' },
  ],
};

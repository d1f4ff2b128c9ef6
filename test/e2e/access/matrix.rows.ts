import type { MutationName } from '../../support/mutations.js';

/** Who may ask. */
export const ROLES = ['owner', 'other', 'support', 'nobody'] as const;
export type Role = (typeof ROLES)[number];

/** What those who show a token are answered; nobody is always UNAUTHENTICATED. */
export type Outcome = 'data' | 'FORBIDDEN' | 'NOT_FOUND';
export type Outcomes = Readonly<Record<Exclude<Role, 'nobody'>, Outcome>>;

/** What is there for everybody who is somebody. */
export const PUBLIC: Outcomes = { owner: 'data', other: 'data', support: 'data' };
/** What another finds no more than what does not exist. */
export const HIDDEN: Outcomes = { owner: 'data', other: 'NOT_FOUND', support: 'data' };
/** What is somebody's by name, so that it need not be hidden that one may not see it. */
export const REFUSED: Outcomes = { owner: 'data', other: 'FORBIDDEN', support: 'data' };
/** What is asked for as one's own, which support staff has not. */
export const OWN: Outcomes = { owner: 'data', other: 'data', support: 'FORBIDDEN' };
export const OWN_MEMBER: Outcomes = { owner: 'data', other: 'NOT_FOUND', support: 'FORBIDDEN' };

/** A way to something, and who may take it. */
export interface Way {
  readonly outcomes: Outcomes;
  /** The fields of the query, around what is selected at its end. */
  readonly around: (selection: string) => string;
}

const MEMBER = (selection: string) => `member(id: $id) { ${selection} }`;
const CHALLENGED = (type: string): Way => ({
  outcomes: HIDDEN,
  around: (selection) => `member(id: $challengedId) { challenges { ... on ${type} { ${selection} } } }`,
});
const PAGE = (around: (selection: string) => string): Way => ({
  outcomes: PUBLIC,
  around: (selection) => `institutions(search: "bank", first: 2) { ${around(selection)} }`,
});
const HISTORY = (around: (selection: string) => string): Way => ({
  outcomes: HIDDEN,
  around: (selection) => MEMBER(`statusHistory(first: 2) { ${around(selection)} }`),
});

/** The root fields of queries, each with all that its type has. */
export const QUERIES: Readonly<Record<string, Way>> = {
  viewer: { outcomes: OWN, around: (selection) => `viewer { ${selection} }` },
  user: { outcomes: REFUSED, around: (selection) => `user(guid: $user) { ${selection} }` },
  member: { outcomes: HIDDEN, around: MEMBER },
  node: { outcomes: HIDDEN, around: (selection) => `node(id: $id) { ${selection} }` },
  institution: { outcomes: PUBLIC, around: (selection) => `institution(code: "mxbank") { ${selection} }` },
  institutions: PAGE((selection) => selection),
  connectionStatuses: { outcomes: PUBLIC, around: (selection) => `connectionStatuses { ${selection} }` },
  locales: { outcomes: PUBLIC, around: () => 'locales' },
};

/** The types of objects, each by a way on which it is met; their fields are all asked for one by one. */
export const TYPES: Readonly<Record<string, Way>> = {
  User: { outcomes: REFUSED, around: (selection) => `user(guid: $user) { ${selection} }` },
  Member: { outcomes: HIDDEN, around: MEMBER },
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

/** Met on the way of the mutation or subscription that they belong to, with all their fields. */
export const MET_ELSEWHERE: ReadonlySet<string> = new Set(['UserError', 'MemberStatusChange']);

const VALUES = [{ guid: 'CRD-1', value: 'x' }];

/** The mutations: who may, and what with. Those of a member name one of the owner's. */
export const MUTATIONS: Readonly<
  Record<MutationName, { readonly outcomes: Outcomes; readonly toInput: (memberGuid: string) => object }>
> = {
  createMember: { outcomes: OWN, toInput: () => ({ institutionCode: 'mxbank', credentials: VALUES }) },
  createManualMember: { outcomes: OWN, toInput: () => ({ institutionCode: 'shoebox_ledger' }) },
  updateMemberCredentials: {
    outcomes: OWN_MEMBER,
    toInput: (memberGuid) => ({ memberGuid, credentials: VALUES }),
  },
  aggregateMember: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ memberGuid }) },
  answerChallenges: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ memberGuid, answers: VALUES }) },
  createOauthWindowUrl: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ memberGuid }) },
  completeOauth: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ memberGuid, status: 'SUCCESS' }) },
  deleteMember: { outcomes: OWN_MEMBER, toInput: (memberGuid) => ({ memberGuid }) },
};

/** The subscriptions, by name: of a member that is named, and of all that one has. */
export const SUBSCRIPTIONS: Readonly<
  Record<string, readonly { readonly name: string; readonly outcomes: Outcomes; readonly args: string }[]>
> = {
  memberStatusChanged: [
    { name: 'of a member', outcomes: OWN_MEMBER, args: '(memberGuid: $guid)' },
    { name: 'of all members', outcomes: OWN, args: '' },
  ],
};

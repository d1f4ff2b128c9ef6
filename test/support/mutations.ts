import { dataOf } from './graphql-client.js';
import type { AskOptions, GraphqlAnswer, GraphqlClient } from './graphql-client.js';
import { waitFor } from './wait-for.js';

/* The mutations as a frontend sends them, and what it reads of their payloads. */

export const MUTATION_NAMES = [
  'createMember',
  'updateMemberCredentials',
  'aggregateMember',
  'answerChallenges',
  'createOauthWindowUrl',
  'completeOauth',
  'deleteMember',
  'createManualMember',
] as const;

export type MutationName = (typeof MUTATION_NAMES)[number];

const MORE: Partial<Record<MutationName, string>> = {
  aggregateMember: 'wasAlreadyRunning',
  createOauthWindowUrl: 'oauthWindowUrl',
  deleteMember: 'deletedMemberId',
};

/** What costs no call to MX beyond the member itself. */
const MEMBER = `id guid name connectionStatus requiredAction isTerminal isBeingAggregated isManual isOauth waitingOn
  aggregatedAt successfullyAggregatedAt aggregatableAt observedAt institution { code }
  error { code kind errorCode userMessage locale }`;

/** What a frontend asks to draw the next step, whichever it is. */
const GUIDED = `${MEMBER} userMessage actionSteps oauthWindowUrl
  institution { code name url forgotPasswordUrl forgotUsernameUrl troubleSigningInUrl }
  credentialFields { guid label fieldName type displayOrder }
  challenges {
    __typename guid label
    ... on OptionsChallenge { choices: options { guid label value } }
    ... on ImageChallenge { image }
    ... on ImageOptionsChallenge { pictures: options { guid label value image } }
    ... on TokenChallenge { token }
  }`;

export const MEMBER_QUERY = `query ($guid: String!) { member(by: { guid: $guid }) { ${GUIDED} } }`;
const PLAIN_QUERY = `query ($guid: String!) { member(by: { guid: $guid }) { ${MEMBER} } }`;
const FIELDS_QUERY = `query ($code: String!) {
  institution(code: $code) { credentialFields { guid label fieldName type displayOrder } }
}`;

export interface ChallengeRow {
  readonly __typename: string;
  readonly guid: string;
  readonly label: string;
  readonly choices?: readonly { readonly guid: string; readonly label: string; readonly value: string }[];
  readonly image?: string;
  readonly pictures?: readonly { readonly value: string; readonly image: string }[];
  readonly token?: string;
}

export interface FieldRow {
  readonly guid: string;
  readonly label: string;
  readonly fieldName: string;
  readonly type: string;
  readonly displayOrder: number;
}

export interface MemberRow {
  readonly id: string;
  readonly guid: string;
  readonly name: string;
  readonly connectionStatus: string | null;
  readonly requiredAction: string;
  readonly isTerminal: boolean;
  readonly isBeingAggregated: boolean;
  readonly isManual: boolean;
  readonly isOauth: boolean;
  readonly waitingOn: string;
  readonly aggregatedAt: string | null;
  readonly successfullyAggregatedAt: string | null;
  readonly aggregatableAt: string | null;
  readonly observedAt: string;
  readonly error: Readonly<Record<string, unknown>> | null;
  readonly institution: Readonly<Record<string, string>>;
}

export interface GuidedRow extends MemberRow {
  readonly userMessage: string | null;
  readonly actionSteps: readonly string[];
  readonly oauthWindowUrl: string | null;
  readonly credentialFields: readonly FieldRow[] | null;
  readonly challenges: readonly ChallengeRow[] | null;
}

export interface UserErrorRow {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly existingMemberGuid?: string | null;
  readonly retryAt?: string | null;
}

export interface PayloadRow {
  readonly member: MemberRow | null;
  readonly userErrors: readonly UserErrorRow[];
  readonly wasAlreadyRunning?: boolean;
  readonly oauthWindowUrl?: string | null;
  readonly deletedMemberId?: string | null;
}

export type MutationAnswer = GraphqlAnswer<{ readonly payload: PayloadRow | null }>;
export type Input = Readonly<Record<string, unknown>>;

export interface ValueRow {
  readonly guid: string;
  readonly value: string;
}

/** What a frontend does with members, by GraphQL alone. */
export interface MutationClient {
  /** Sends a mutation and gives the whole answer, errors and all. */
  send(name: MutationName, input: Input, options?: AskOptions): Promise<MutationAnswer>;
  /** Sends a mutation whose answer must be free of top-level errors. */
  perform(name: MutationName, input: Input): Promise<PayloadRow>;
  /** Sends a mutation that must succeed, and gives the member. */
  succeed(name: MutationName, input: Input): Promise<MemberRow>;
  /** Sends a mutation and gives the code of its one user error. */
  refusal(name: MutationName, input: Input): Promise<UserErrorRow>;
  /** One query with all that is needed to draw the next step. */
  read(memberGuid: string): Promise<GuidedRow>;
  /** Reads until the member has the status. */
  reaches(memberGuid: string, status: string): Promise<GuidedRow>;
  /** Reads until nothing more will happen by itself. */
  settles(memberGuid: string): Promise<GuidedRow>;
  /** Values for an institution's fields. */
  login(institutionCode: string, password: string, userName?: string): Promise<ValueRow[]>;
}

export function mutationOf(name: MutationName): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { payload: ${name}(input: $input) {
    ${MORE[name] ?? ''} member { ${MEMBER} } userErrors {
      __typename code message path
      ... on MemberExistsError { existingMemberGuid }
      ... on AggregationThrottledError { retryAt }
    }
  } }`;
}

function payloadOf(answer: MutationAnswer): PayloadRow {
  const { payload } = dataOf(answer);
  if (payload) return payload;
  throw new Error(`Expected a payload; got ${answer.text}`);
}

export function createMutationClient(graphql: GraphqlClient): MutationClient {
  const send: MutationClient['send'] = (name, input, options) =>
    graphql<{ payload: PayloadRow | null }>(mutationOf(name), { input }, options);
  const perform: MutationClient['perform'] = async (name, input) => payloadOf(await send(name, input));
  const read = async (guid: string) =>
    dataOf(await graphql<{ member: GuidedRow }>(MEMBER_QUERY, { guid })).member;
  const readUntil = (guid: string, wanted: (member: MemberRow) => boolean, what: string) =>
    waitFor(
      async () => {
        const { member } = dataOf(await graphql<{ member: MemberRow }>(PLAIN_QUERY, { guid }));
        return wanted(member);
      },
      { what: `${guid} to be ${what}` },
    );

  return {
    send,
    perform,
    read,
    async succeed(name, input) {
      const { member, userErrors } = await perform(name, input);
      if (member && userErrors.length === 0) return member;
      throw new Error(`Expected ${name} to succeed; got ${JSON.stringify(userErrors)}`);
    },
    async refusal(name, input) {
      const { userErrors } = await perform(name, input);
      const [first] = userErrors;
      if (first && userErrors.length === 1) return first;
      throw new Error(`Expected one user error; got ${JSON.stringify(userErrors)}`);
    },
    async reaches(guid, status) {
      await readUntil(guid, ({ connectionStatus }) => connectionStatus === status, status);
      return read(guid);
    },
    async settles(guid) {
      await readUntil(guid, ({ isTerminal }) => isTerminal, 'terminal');
      return read(guid);
    },
    async login(code, password, userName = 'mxuser') {
      const { institution } = dataOf(
        await graphql<{ institution: { credentialFields: FieldRow[] } }>(FIELDS_QUERY, { code }),
      );
      const isSecret = ({ type }: FieldRow) => type === 'PASSWORD';
      return institution.credentialFields.map((field) => ({
        guid: field.guid,
        value: isSecret(field) ? password : userName,
      }));
    },
  };
}

import { encodeNodeId } from '../../src/graphql/node-id.js';
import { answeredBy, ask } from '../support/bad-row.js';
import type { BadRow } from '../support/bad-row.js';
import type { RawRequest } from '../support/raw-request.js';

export const UNKNOWN_USER = 'USR-00000000-0000-4000-8000-000000000000';
export const UNKNOWN_MEMBER = 'MBR-00000000-0000-4000-8000-000000000000';

const MEMBER = 'query One($by: MemberBy!) { member(by: $by) { guid } }';
const NODE = 'query One($id: ID!) { node(id: $id) { id } }';
const INSTITUTION = 'query One($code: String!) { institution(code: $code) { name } }';
const OF_VIEWER = 'query One($guid: String!) { viewer { member(guid: $guid) { guid } } }';
const USER = 'query One($guid: String!) { user(guid: $guid) { guid } }';

const memberBy = (by: unknown) => ask(MEMBER, { variables: { by } });
const memberByGuid = (guid: unknown) => memberBy({ guid });
const memberById = (id: unknown) => memberBy({ id });
const nodeById = (id: unknown) => ask(NODE, { variables: { id } });
const institution = (code: unknown) => ask(INSTITUTION, { variables: { code } });
const base64url = (text: string) => Buffer.from(text).toString('base64url');

const userId = encodeNodeId({ type: 'User', userGuid: UNKNOWN_USER });
const institutionId = encodeNodeId({ type: 'Institution', code: 'no_such_bank' });
const memberId = encodeNodeId({ type: 'Member', userGuid: UNKNOWN_USER, memberGuid: UNKNOWN_MEMBER });

type NamedValues = Readonly<Record<string, string>>;

const MALFORMED_GUIDS: NamedValues = {
  'an empty string': '',
  'a word': 'nonsense',
  'a user guid': 'USR-1',
  'a prefix alone': 'MBR-',
  'a guid in lower case': 'mbr-1',
  'a guid with a space': 'MBR-a b',
  'a guid with a line break': 'MBR-1\n',
  'a guid with a path': 'MBR-1/status',
};
const MALFORMED_USER_GUIDS: NamedValues = {
  'an empty string': '',
  'a word': 'demo-user',
  'a member guid': 'MBR-1',
  'a prefix alone': 'USR-',
  'a guid with a path': 'USR-../x',
};
const MALFORMED_CODES: NamedValues = {
  'an empty string': '',
  'a path': 'a/b',
  'a path to the parent': '../users',
  'a code with a space': 'no bank',
  'a code that is not ASCII': 'ü',
  'a code with a query string': 'mxbank?x=1',
  'a code of 101 characters': 'x'.repeat(101),
};
const MALFORMED_IDS: NamedValues = {
  'an empty string': '',
  'a string that is not base64': '!!!',
  'the name __proto__': '__proto__',
  'a type name': 'Member',
  'an encoded type name': base64url('Member'),
  'an id with a malformed guid': base64url('User:demo'),
  'an id of an unknown type': base64url(`Widget:${UNKNOWN_USER}`),
  'a user id with a trailing part': base64url(`User:${UNKNOWN_USER}:x`),
  'a member id without a member': base64url(`Member:${UNKNOWN_USER}`),
  'a member id with its guids swapped': base64url(`Member:${UNKNOWN_MEMBER}:${UNKNOWN_USER}`),
  'a member id with a trailing part': base64url(`Member:${UNKNOWN_USER}:${UNKNOWN_MEMBER}:x`),
  'a padded id': `${memberId}=`,
  'an id after a space': ` ${memberId}`,
  'an id without its first character': memberId.slice(1),
  'a string of 5,000 characters': 'x'.repeat(5_000),
};

/** One request per value, named by the value and what it is used as. */
const each = (what: string, values: NamedValues, toRequest: (value: string) => RawRequest) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name} as ${what}`, toRequest(value)]));

/** Names of objects that do not exist, and malformed names. */
export const NAMES: readonly BadRow[] = [
  ...answeredBy('NOT_FOUND', 200, {
    'an unknown member': memberByGuid(UNKNOWN_MEMBER),
    'an unknown member by id': memberById(memberId),
    'an unknown member as a node': nodeById(memberId),
    'an unknown member of the viewer': ask(OF_VIEWER, { variables: { guid: UNKNOWN_MEMBER } }),
    'an unknown institution': institution('no_such_bank'),
    'an unknown institution as a node': nodeById(institutionId),
  }),
  ...answeredBy('FORBIDDEN', 200, {
    'another user by guid': ask(USER, { variables: { guid: UNKNOWN_USER } }),
    'another user as a node': nodeById(userId),
  }),
  ...answeredBy('BAD_USER_INPUT', 200, {
    ...each(
      'a member guid',
      {
        ...MALFORMED_GUIDS,
        'a guid with a path to the parent': 'MBR-../../users',
        'a guid of 103 characters': `MBR-${'1'.repeat(99)}`,
      },
      memberByGuid,
    ),
    ...each('the guid of a member of the viewer', MALFORMED_GUIDS, (guid) =>
      ask(OF_VIEWER, { variables: { guid } }),
    ),
    ...each('a user guid', MALFORMED_USER_GUIDS, (guid) => ask(USER, { variables: { guid } })),
    ...each('an institution code', MALFORMED_CODES, institution),
    ...each('a node id', MALFORMED_IDS, nodeById),
    ...each(
      'a member id',
      { ...MALFORMED_IDS, 'an institution id': institutionId, 'a user id': userId },
      memberById,
    ),
  }),
  ...answeredBy('BAD_USER_INPUT', 400, {
    'both id and guid': memberBy({ id: memberId, guid: UNKNOWN_MEMBER }),
    'an id beside a guid that is null': memberBy({ id: memberId, guid: null }),
    'neither id nor guid': memberBy({}),
    'an id that is null': memberById(null),
    'a guid that is null': memberByGuid(null),
    'a string as a member': memberBy(memberId),
    'a list as a member': memberBy([{ id: memberId }]),
    'null as a member': memberBy(null),
    'no member': ask(MEMBER),
    'a number as a string': memberByGuid(5),
    'a list as a string': memberByGuid(['MBR-1']),
    'an object as an id': memberById({ id: 1 }),
    'a fraction as an id': nodeById(1.5),
    'a missing variable': ask(OF_VIEWER),
    'null for a non-null variable': ask(OF_VIEWER, { variables: { guid: null } }),
  }),
];

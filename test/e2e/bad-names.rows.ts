import { encodeNodeId } from '../../src/graphql/node-id.js';
import { answeredBy, ask, each } from '../support/bad-row.js';
import type { BadRow } from '../support/bad-row.js';

export const NOBODYS_USER = 'USR-00000000-0000-4000-8000-000000000000';
export const NOBODYS_MEMBER = 'MBR-00000000-0000-4000-8000-000000000000';

const MEMBER = 'query One($id: ID, $guid: String) { member(id: $id, guid: $guid) { guid } }';
const NODE = 'query One($id: ID!) { node(id: $id) { id } }';
const INSTITUTION = 'query One($code: String!) { institution(code: $code) { name } }';
const OF_VIEWER = 'query One($guid: String!) { viewer { member(guid: $guid) { guid } } }';
const USER = 'query One($guid: String!) { user(guid: $guid) { guid } }';

const memberByGuid = (guid: unknown) => ask(MEMBER, { variables: { guid } });
const memberById = (id: unknown) => ask(MEMBER, { variables: { id } });
const nodeById = (id: unknown) => ask(NODE, { variables: { id } });
const institution = (code: unknown) => ask(INSTITUTION, { variables: { code } });
const base64url = (text: string) => Buffer.from(text).toString('base64url');

const userId = encodeNodeId({ type: 'User', userGuid: NOBODYS_USER });
const institutionId = encodeNodeId({ type: 'Institution', code: 'no_such_bank' });
const memberId = encodeNodeId({ type: 'Member', userGuid: NOBODYS_USER, memberGuid: NOBODYS_MEMBER });

const MALFORMED_GUIDS = ['', 'nonsense', 'USR-1', 'MBR-', 'mbr-1', 'MBR-a b', 'MBR-1\n', 'MBR-1/status'];
const MALFORMED_CODES = ['', 'a/b', '../users', 'no bank', 'ü', 'mxbank?x=1', 'x'.repeat(101)];
const MALFORMED_IDS = [
  '',
  '!!!',
  '__proto__',
  'Member',
  base64url('Member'),
  base64url('User:demo'),
  base64url(`Widget:${NOBODYS_USER}`),
  base64url(`User:${NOBODYS_USER}:x`),
  base64url(`Member:${NOBODYS_USER}`),
  base64url(`Member:${NOBODYS_MEMBER}:${NOBODYS_USER}`),
  base64url(`Member:${NOBODYS_USER}:${NOBODYS_MEMBER}:x`),
  `${memberId}=`,
  ` ${memberId}`,
  memberId.slice(1),
  'x'.repeat(5_000),
];

/** Objects that are not there, and names that cannot name any. */
export const NAMES: readonly BadRow[] = [
  ...answeredBy('NOT_FOUND', 200, {
    'an unknown member': memberByGuid(NOBODYS_MEMBER),
    'an unknown member by id': memberById(memberId),
    'an unknown member as a node': nodeById(memberId),
    'an unknown member of the viewer': ask(OF_VIEWER, { variables: { guid: NOBODYS_MEMBER } }),
    'an unknown institution': institution('no_such_bank'),
    'an unknown institution as a node': nodeById(institutionId),
  }),
  ...answeredBy('FORBIDDEN', 200, {
    'another user': ask(USER, { variables: { guid: NOBODYS_USER } }),
    'another user as a node': nodeById(userId),
  }),
  ...answeredBy('BAD_USER_INPUT', 200, {
    ...each(
      'a member’s guid',
      [...MALFORMED_GUIDS, 'MBR-../../users', `MBR-${'1'.repeat(99)}`],
      memberByGuid,
    ),
    ...each('a guid of the viewer’s member', MALFORMED_GUIDS, (guid) =>
      ask(OF_VIEWER, { variables: { guid } }),
    ),
    ...each('a user’s guid', ['', 'demo-user', 'MBR-1', 'USR-', 'USR-../x'], (guid) =>
      ask(USER, { variables: { guid } }),
    ),
    ...each('an institution’s code', MALFORMED_CODES, institution),
    ...each('an id', MALFORMED_IDS, nodeById),
    ...each('a member’s id', [...MALFORMED_IDS, institutionId, userId], memberById),
    'a member by both id and guid': ask(MEMBER, { variables: { id: memberId, guid: NOBODYS_MEMBER } }),
    'a member by neither id nor guid': ask(MEMBER),
    'a member by two nulls': ask(MEMBER, { variables: { id: null, guid: null } }),
  }),
  ...answeredBy('BAD_USER_INPUT', 400, {
    'a number for a text': memberByGuid(5),
    'a list for a text': memberByGuid(['MBR-1']),
    'an object for an id': memberById({ id: 1 }),
    'a fraction for an id': nodeById(1.5),
    'a missing variable': ask(OF_VIEWER),
    'null where it cannot be': ask(OF_VIEWER, { variables: { guid: null } }),
  }),
];

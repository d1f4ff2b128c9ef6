import { gzipSync } from 'node:zlib';

import { answeredBy, ask, GOOD_QUERY, JSON_TYPE } from '../support/bad-row.js';
import type { BadRow } from '../support/bad-row.js';
import type { RawRequest } from '../support/raw-request.js';

const GOOD_BODY = JSON.stringify({ query: GOOD_QUERY });
/** Proves that a GET was not sent by a form on another site: a form cannot set this header. */
const PREFLIGHT = { 'apollo-require-preflight': 'yes' };

const post = (body: string | Uint8Array): RawRequest => ({ body, headers: JSON_TYPE });
const typed = (type: string, body = GOOD_BODY): RawRequest => ({ body, headers: { 'content-type': type } });
const get = (search: string, headers: Record<string, string> = PREFLIGHT): RawRequest => ({
  method: 'GET',
  path: `/graphql${search}`,
  headers,
});
const query = (document: string) => `?query=${encodeURIComponent(document)}`;
const hashed = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } };

/** Requests that violate GraphQL over HTTP. */
export const REQUESTS: readonly BadRow[] = [
  ...answeredBy('BAD_REQUEST', 400, {
    'broken JSON': post('{"query": '),
    'an empty body': post(''),
    'a JSON string': post(JSON.stringify(GOOD_QUERY)),
    'a JSON number': post('5'),
    'JSON null': post('null'),
    'a batch': post(`[${GOOD_BODY}, ${GOOD_BODY}]`),
    'an empty batch': post('[]'),
    'a body without a query': post('{}'),
    'an empty query': ask(''),
    'a query that is a number': ask(5),
    'a query that is null': ask(null),
    'a query that is an object': ask({}),
    'a query that is a list': ask([GOOD_QUERY]),
    'variables that are a string': ask(GOOD_QUERY, { variables: 'x' }),
    'variables that are a list': ask(GOOD_QUERY, { variables: [] }),
    'an operation name that is a number': ask(GOOD_QUERY, { operationName: 5 }),
    'extensions that are a string': ask(GOOD_QUERY, { extensions: 'x' }),
    'a body with __proto__': post(`{"query": "${GOOD_QUERY}", "__proto__": { "x": 1 }}`),
    'a body with constructor.prototype': post(
      `{"query": "${GOOD_QUERY}", "constructor": { "prototype": {} }}`,
    ),
    'a compressed body': {
      body: gzipSync(GOOD_BODY),
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    },
    'JSON in UTF-16': post(Buffer.from(GOOD_BODY, 'utf16le')),
    // A page on another site can send these two without a preflight request: they are rejected as CSRF.
    'plain text': typed('text/plain', GOOD_QUERY),
    'JSON with the media type text/plain': typed('text/plain'),
    'GET that a form on another site could send': get(query(GOOD_QUERY), {}),
    'GET without a query': get(''),
    'GET with variables that are not JSON': get(`${query(GOOD_QUERY)}&variables=%7B`),
    'GET with two queries': get(`${query(GOOD_QUERY)}&query=x`),
  }),
  ...answeredBy('PERSISTED_QUERY_NOT_SUPPORTED', 200, {
    'a persisted query hash without a query': post(JSON.stringify(hashed)),
  }),
  ...answeredBy('BAD_REQUEST', 405, {
    'GET of a mutation': get(
      query('mutation { deleteMember(input: { member: { guid: "MBR-1" } }) { deletedMemberId } }'),
    ),
  }),
  ...answeredBy('UNSUPPORTED_MEDIA_TYPE', 415, {
    'a form': typed('application/x-www-form-urlencoded', 'query=x'),
    'a form with files': typed('multipart/form-data; boundary=x', '--x--'),
    'application/graphql': typed('application/graphql', GOOD_QUERY),
    XML: typed('application/xml', '<query/>'),
    'an invalid media type': typed(';;;'),
    'a body without a media type': { body: GOOD_BODY },
  }),
  ...answeredBy('NOT_FOUND', 404, {
    PUT: { ...ask(GOOD_QUERY), method: 'PUT' },
    DELETE: { method: 'DELETE' },
    'another path': { ...ask(GOOD_QUERY), path: '/graphq' },
    'a path above the root': { ...ask(GOOD_QUERY), path: '/graphiql/../../package.json' },
  }),
];

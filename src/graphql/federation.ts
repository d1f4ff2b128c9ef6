import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { parse } from 'graphql';
import type { GraphQLError, GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema } from 'graphql';

import type { Context } from './context.js';
import { ApiError } from '../errors/api-error.js';
import { toApiError } from '../errors/format-error.js';
import { costOfOne, MAX_COST } from './validation-rules.js';
import { assertInstitutionCode, assertMemberGuid, assertUserGuid, decodeNodeId } from './node-id.js';
import type { NodeObject, NodeRef } from './node-id.js';
import { resolvers } from './resolvers/index.js';
import { Node } from './resolvers/node.js';
import { readRef } from './resolvers/query.js';
import { readTypeDefs, RESOLVER_VALIDATION } from './schema.js';

/**
 * What a subgraph has besides the schema. MX's guid identifies a member only together with its user's. `@oneOf` is
 * built into GraphQL, but Apollo's library does not know it.
 */
const ADDITIONS = `
  directive @oneOf on INPUT_OBJECT
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  extend type User @key(fields: "guid") @key(fields: "id")
  extend type Member @key(fields: "id") @key(fields: "guid user { guid }")
  extend type Account @key(fields: "id")
  extend type Institution @key(fields: "code") @key(fields: "id")
`;

/**
 * Other subgraphs define PageInfo too. On an extension, `@shareable` would apply to the fields of the extension only.
 */
const share = (sdl: string) => sdl.replace('type PageInfo {', 'type PageInfo @shareable {');

/** Maximum number of objects per `_entities` field. */
const MAX_REPRESENTATIONS = 100;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function refById(type: unknown, id: string): NodeRef {
  const ref = decodeNodeId(id);
  if (ref.type === type) return ref;
  throw new ApiError(
    'BAD_USER_INPUT',
    `The "id" does not belong to the representation's type; got the "id" of a ${ref.type}.`,
  );
}

/** Resolves the reference of a representation. Throws BAD_USER_INPUT if it has no key of its type. */
function refOf(representation: unknown): NodeRef {
  const { __typename: type, id, guid, code, user } = isFields(representation) ? representation : {};
  const owner = isFields(user) ? user['guid'] : undefined;
  if (typeof id === 'string') return refById(type, id);
  if (type === 'User' && typeof guid === 'string') {
    assertUserGuid(guid);
    return { type, userGuid: guid };
  }
  if (type === 'Member' && typeof guid === 'string' && typeof owner === 'string') {
    assertMemberGuid(guid);
    assertUserGuid(owner);
    return { type, userGuid: owner, memberGuid: guid };
  }
  if (type === 'Institution' && typeof code === 'string') {
    assertInstitutionCode(code);
    return { type, code };
  }
  throw new ApiError(
    'BAD_USER_INPUT',
    'Expected a User, Member, Account or Institution with one of its keys.',
  );
}

/**
 * Null for an object that does not exist or is not visible, without an error, as gateways expect. A failure becomes an
 * Error in its place: graphql-jit truncates a list whose last promise rejects.
 */
async function readEntity(
  representation: unknown,
  context: Context,
): Promise<NodeObject | GraphQLError | null> {
  try {
    return await readRef(refOf(representation), context);
  } catch (thrown) {
    const error = toApiError(thrown);
    return error.extensions['code'] === 'NOT_FOUND' ? null : error;
  }
}

/** Cost of the entities requested so far in the operation, which may use several aliases. */
const spent = new WeakMap<Context, number>();

function assertAffordable(count: number, context: Context, info: GraphQLResolveInfo): void {
  if (count > MAX_REPRESENTATIONS) {
    throw new ApiError(
      'BAD_USER_INPUT',
      `${count} representations exceed the limit of ${MAX_REPRESENTATIONS}.`,
    );
  }
  const cost = (spent.get(context) ?? 0) + count * costOfOne(info);
  spent.set(context, cost);
  if (cost <= MAX_COST) return;
  throw new ApiError(
    'BAD_USER_INPUT',
    `Operation cost ${cost} exceeds the limit of ${MAX_COST}. Request fewer objects or fields.`,
  );
}

interface EntitiesArgs {
  readonly representations: readonly unknown[];
}

/**
 * Replaces the library's resolver, which writes `__typename` into its objects, here shared between requests, and fails
 * all entities because of one invalid representation.
 */
const readEntities: GraphQLFieldResolver<unknown, Context, EntitiesArgs> = (...[, args, context, info]) => {
  assertAffordable(args.representations.length, context, info);
  return Promise.all(args.representations.map((one) => readEntity(one, context)));
};

let subgraphSchema: GraphQLSchema | undefined;

/** The schema as an Apollo Federation 2 subgraph. Built once per process, like `createSchema`. */
export function createSubgraphSchema(): GraphQLSchema {
  return (subgraphSchema ??= addResolversToSchema({
    schema: buildSubgraphSchema(parse([...readTypeDefs().map(share), ADDITIONS].join('\n'))),
    resolvers: { ...resolvers, Query: { ...resolvers.Query, _entities: readEntities }, _Entity: Node },
    resolverValidationOptions: RESOLVER_VALIDATION,
  }));
}

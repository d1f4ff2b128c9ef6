import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { parse } from 'graphql';
import type { GraphQLError, GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema } from 'graphql';

import type { Context } from './context.js';
import { ApiError } from '../errors/api-error.js';
import { toApiError } from '../errors/format-error.js';
import { costOfOne, MAX_COST } from './validation-rules.js';
import { assertInstitutionCode, assertMemberGuid, assertUserGuid, decodeNodeId } from './node-id.js';
import type { NodeRef } from './node-id.js';
import { resolvers } from './resolvers/index.js';
import { Node } from './resolvers/node.js';
import type { NodeObject } from './resolvers/node.js';
import { readRef } from './resolvers/query.js';
import { readTypeDefs, RESOLVER_VALIDATION } from './schema.js';

/** By what a gateway may name an object. MX's guid names a member only together with its user's. */
const KEYS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  extend type User @key(fields: "guid") @key(fields: "id")
  extend type Member @key(fields: "id") @key(fields: "guid user { guid }")
  extend type Institution @key(fields: "code") @key(fields: "id")
`;

/** Other subgraphs have pages too. On an extension, `@shareable` would hold for the fields of the extension alone. */
const share = (sdl: string) => sdl.replace('type PageInfo {', 'type PageInfo @shareable {');

/** As many objects as a gateway may ask for at once. */
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

/** What a representation names; throws BAD_USER_INPUT where it has none of the keys of its type. */
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
  throw new ApiError('BAD_USER_INPUT', 'Expected a User, Member or Institution with one of its keys.');
}

/**
 * Null for what is not there or not to be seen: alike, and without an error, as gateways have it. What fails is an
 * error in its place: graphql-jit shortens a list whose last promise rejects.
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

/** What the objects that an operation asked for by reference cost so far: it may ask under several aliases. */
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
 * Ours rather than the library's: that one writes `__typename` into the objects it is given, which here are shared
 * between requests, and lets a bad representation fail all the others.
 */
const readEntities: GraphQLFieldResolver<unknown, Context, EntitiesArgs> = (...[, args, context, info]) => {
  assertAffordable(args.representations.length, context, info);
  return Promise.all(args.representations.map((one) => readEntity(one, context)));
};

/** Builds the schema as a subgraph of Apollo Federation 2: the same graph, whose objects a gateway can ask for. */
export function createSubgraphSchema(): GraphQLSchema {
  const schema = buildSubgraphSchema(parse([...readTypeDefs().map(share), KEYS].join('\n')));
  return addResolversToSchema({
    schema,
    resolvers: { ...resolvers, Query: { ...resolvers.Query, _entities: readEntities }, _Entity: Node },
    resolverValidationOptions: RESOLVER_VALIDATION,
  });
}

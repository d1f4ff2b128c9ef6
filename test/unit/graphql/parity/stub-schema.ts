import { makeExecutableSchema } from '@graphql-tools/schema';
import { getNamedType, GraphQLError, isAbstractType, isEnumType, isListType, isNonNullType } from 'graphql';
import { isObjectType } from 'graphql';
import type { GraphQLAbstractType, GraphQLField, GraphQLObjectType } from 'graphql';
import type { GraphQLOutputType, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { DateTimeResolver as DateTime } from 'graphql-scalars';

import { ApiError } from '../../../../src/errors/api-error.js';
import { Url } from '../../../../src/graphql/resolvers/url.js';
import { readTypeDefs } from '../../../../src/graphql/schema.js';
import { mix } from './random.js';

/**
 * Which values fail. graphql-js 16 leaves a promise that rejects unhandled when a field beside it has failed before, so
 * fields that fail at once and fields that reject never meet where both take their parent with them.
 */
type Failing = 'at once' | 'later' | 'where null is allowed';

/** What the stubs of one operation have in common. */
export interface StubContext {
  readonly seed: number;
  /** How many of 1,000 values fail, are null where they must not be, or do not fit their type. */
  readonly failures: number;
  readonly failing: Failing;
}

/** A parent object of the stub schema. All that its fields give is computed from its seed. */
class Stub {
  constructor(
    readonly stubType: string,
    readonly seed: number,
    readonly context: StubContext,
  ) {}
}

type Args = Readonly<Record<string, unknown>>;

/** A value to be made: a resolver gives it, or it is a property or an item. */
interface Place {
  readonly type: GraphQLOutputType;
  readonly seed: number;
  readonly context: StubContext;
  readonly isResolved: boolean;
}

function isBad({ type, seed, context, isResolved }: Place, kind: string): boolean {
  if (context.failing === 'later' && !isResolved) return false;
  if (context.failing === 'where null is allowed' && isNonNullType(type)) return false;
  return mix(seed, kind) % 1_000 < context.failures;
}

const SCALARS: Readonly<Record<string, (seed: number) => unknown>> = {
  ID: (seed) => (seed % 3 === 0 ? seed % 100 : `id-${seed % 100}`),
  String: (seed) => `text "${seed % 1_000}"\u2028\n`,
  Int: (seed) => (seed % 100) - 50,
  Boolean: (seed) => seed % 2 === 0,
  DateTime: (seed) => (seed % 2 ? new Date(seed * 100) : `2026-01-0${1 + (seed % 9)}T00:00:00.000Z`),
  URL: (seed) => `https://bank-${seed % 10}.example/`,
};

/** One value for each scalar that the scalar cannot serialize. */
const UNFIT: Readonly<Record<string, unknown>> = {
  ID: { no: 'id' },
  String: { no: 'text' },
  Int: 'no number',
  Boolean: 'no boolean',
  DateTime: 'yesterday',
  URL: 'no address',
};

/** Classes whose objects have the fields without resolvers as getters, as `ObservedMember` has. */
type Classes = ReadonlyMap<string, typeof Stub>;

class Values {
  readonly #schema: GraphQLSchema;
  readonly #classes: Classes;

  constructor(schema: GraphQLSchema, classes: Classes) {
    this.#schema = schema;
    this.#classes = classes;
  }

  make(place: Place): unknown {
    const { type, seed } = place;
    if (isNonNullType(type)) return isBad(place, 'null') ? null : this.#present(type.ofType, place);
    return mix(seed, 'absent') % 8 === 0 ? null : this.#present(type, place);
  }

  #present(type: GraphQLOutputType, place: Place): unknown {
    if (isListType(type)) return this.#list(type.ofType as GraphQLOutputType, place);
    if (isAbstractType(type)) return this.#object(this.#typeOf(type, place.seed), place);
    if (isObjectType(type)) return this.#object(type, place);
    return this.#leaf(type, place);
  }

  #list(type: GraphQLOutputType, place: Place): unknown {
    if (isBad(place, 'no list')) return 'no list';
    const { seed, context } = place;
    const items = Array.from({ length: mix(seed, 'length') % 3 }, (_, at) =>
      this.make({ type, seed: mix(seed, at), context, isResolved: false }),
    );
    const hasPromises = place.isResolved && context.failures === 0 && mix(seed, 'promises') % 4 === 0;
    return hasPromises ? items.map((item, at) => later(2 - at, () => item)) : items;
  }

  #typeOf(type: GraphQLAbstractType, seed: number): GraphQLObjectType {
    const types = this.#schema.getPossibleTypes(type);
    const picked = types[mix(seed, 'type') % types.length];
    if (!picked) throw new Error(`${type.name} has no types.`);
    return picked;
  }

  #object({ name }: GraphQLObjectType, { seed, context }: Place): Stub {
    const Class = this.#classes.get(name) ?? Stub;
    return new Class(name, mix(seed, name), context);
  }

  #leaf(type: GraphQLOutputType, place: Place): unknown {
    const { seed } = place;
    if (isBad(place, 'instance')) return new Error(`an error as a value: ${seed % 10}`);
    if (isEnumType(type)) {
      const values = type.getValues();
      return isBad(place, 'unfit') ? 'NOT_LISTED' : values[mix(seed, 'enum') % values.length]?.value;
    }
    const { name } = getNamedType(type);
    return isBad(place, 'unfit') ? UNFIT[name] : SCALARS[name]?.(seed);
  }
}

function errorOf(seed: number): unknown {
  const errors = [
    new Error('an error of a resolver'),
    new ApiError('NOT_FOUND'),
    new GraphQLError('an error with extensions', { extensions: { code: 'STUB', at: seed % 10 } }),
    new Error(''),
    'no error at all',
  ];
  return errors[mix(seed, 'error') % errors.length];
}

const sorted = (args: Args) => JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a resolver can read of the operation besides its arguments. It must be the same however it is executed. */
function readInfo(info: GraphQLResolveInfo): string {
  const { fieldNodes, fragments, operation, path, variableValues, fieldName, parentType, returnType } = info;
  const nodes = fieldNodes.map(({ loc, directives }) => [loc?.start, directives?.length]);
  const keys: (number | string)[] = [];
  for (let key: typeof path | undefined = path; key; key = key.prev) keys.push(key.key);
  const named = [fieldName, parentType.name, String(returnType), operation.name?.value, operation.loc?.start];
  return JSON.stringify([nodes, Object.keys(fragments), keys, named, sorted(variableValues)]);
}

/** Resolves after some turns of the microtask queue. */
async function later<T>(turns: number, give: () => T): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  return give();
}

/** About half of the fields without arguments need no resolver, as in the real schema. Those of the root have one. */
const isProperty = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>) =>
  !['Query', 'Mutation', 'Subscription'].includes(type.name) &&
  field.args.length === 0 &&
  mix(1, type.name, field.name) % 2 === 0;

function defineGetter(
  Class: typeof Stub,
  { name, type }: GraphQLField<unknown, unknown>,
  values: () => Values,
) {
  Object.defineProperty(Class.prototype, name, {
    get(this: Stub) {
      return values().make({ type, seed: mix(this.seed, name), context: this.context, isResolved: false });
    },
  });
}

type ResolverParameters = [parent: unknown, args: Args, context: StubContext, info: GraphQLResolveInfo];

function createResolver({ name, type }: GraphQLField<unknown, unknown>, values: () => Values) {
  return (...[parent, args, context, info]: ResolverParameters): unknown => {
    const seed = mix(parent instanceof Stub ? parent.seed : context.seed, name, sorted(args));
    const place = { type, seed, context, isResolved: true };
    const give = () => {
      if (isBad(place, 'throw')) throw errorOf(seed);
      const made = values().make(place);
      return typeof made === 'string' && made.startsWith('text') ? `${made} ${readInfo(info)}` : made;
    };
    const isPromise = mix(seed, 'promise') % 2 === 0;
    const mayBe = context.failures === 0 || context.failing === 'where null is allowed';
    const isLater = mayBe ? isPromise : context.failing === 'later';
    return isLater ? later(mix(seed, 'turns') % 3, give) : give();
  };
}

/** The SDL of this project over stub objects: deterministic, without MX, and with fields that fail in every way. */
export function createStubSchema(): GraphQLSchema {
  const resolvers: Record<string, object> = { DateTime, URL: Url };
  const schema = makeExecutableSchema({ typeDefs: readTypeDefs(), resolvers });
  const classes = new Map<string, typeof Stub>();
  const values = new Values(schema, classes);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (value) => (value as Stub).stubType;
    if (!isObjectType(type)) continue;
    const Class = class extends Stub {};
    classes.set(type.name, Class);
    for (const field of Object.values(type.getFields())) {
      if (isProperty(type, field)) defineGetter(Class, field, () => values);
      else field.resolve = createResolver(field, () => values);
    }
  }
  return schema;
}

import { getNamedType, isAbstractType, isCompositeType, isNonNullType } from 'graphql';
import { isRequiredArgument, Kind, parse, print, separateOperations, visit } from 'graphql';
import { SchemaMetaFieldDef, TypeMetaFieldDef } from 'graphql';
import type { DefinitionNode, DocumentNode, OperationDefinitionNode, VariableDefinitionNode } from 'graphql';
import type { GraphQLArgument, GraphQLCompositeType, GraphQLField, GraphQLSchema } from 'graphql';

import type { Random } from './random.js';

type Field = GraphQLField<unknown, unknown>;

/** How a variable may be declared; one is picked for each operation. */
const DECLARATIONS: Readonly<Record<string, readonly string[]>> = {
  a: ['Boolean!', 'Boolean = true', 'Boolean! = false'],
  b: ['Boolean!', 'Boolean!', 'Boolean = false'],
  c: ['Boolean!'],
  d: ['Boolean!', 'Boolean = true'],
  e: ['Boolean!'],
  text: ['String!', 'String = "a default"', 'String! = "a default"'],
  loose: ['String', 'String = "another default"', 'String = null'],
  key: ['ID!', 'ID = 7', 'ID = "a default"'],
  count: ['Int', 'Int = 5'],
  flag: ['Boolean', 'Boolean = false'],
  parties: ['[Party!]', '[Party!] = [END_USER]', '[Party!] = []'],
  by: ['MemberBy!', 'MemberBy! = { id: "a default" }', 'MemberBy = { guid: "a default" }'],
};

const CONDITIONS = ['a', 'b', 'c', 'd', 'e'];

/** What may stand as an argument of a type; a required argument takes none of the later ones. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  String: ['"one"', '"two"', '"""\nthree\n"""', '$text', '$loose', 'null'],
  ID: ['"one"', '2', '$key', '$key', 'null'],
  Int: ['1', '-3', '$count', 'null'],
  Boolean: ['true', 'false', '$flag', 'null'],
  Party: ['[END_USER]', '[MX, NOBODY]', 'END_USER', '[]', '$parties', '$parties', 'null'],
  ConnectionPhase: ['[ENDED, CONNECTED]', 'CONNECTED', '[]', 'null'],
  MemberBy: ['$by', '$by', '$by', '$by', '{ guid: "one" }', '{ id: $key }'],
};
const NULLABLE_ONLY = ['null', '$loose', '$count', '$flag', '$parties'];

const INTROSPECTION = [
  '__typename kind name description',
  'name fields(includeDeprecated: $flag) { name args { name defaultValue type { kind } } }',
  'name interfaces { name possibleTypes { name } }',
  'enumValues(includeDeprecated: true) { name isDeprecated } ofType { name }',
];

/** Makes one document; the same random generator makes the same. */
class DocumentMaker {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #fragments: { readonly name: string; readonly type: GraphQLCompositeType; text: string }[] = [];
  readonly #conditions: readonly string[];
  /** What a field is called in the answer: the same for the same arguments, another for others. */
  readonly #aliases = new Map<string, Map<string, string>>();
  readonly #isConditional: boolean;

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema;
    this.#random = random;
    this.#isConditional = random.chance(0.8);
    this.#conditions = random.shuffle(CONDITIONS).slice(0, 1 + random.below(random.chance(0.15) ? 5 : 3));
  }

  make(): string {
    const count = this.#random.below(5);
    const types = Object.values(this.#schema.getTypeMap()).filter(
      (type): type is GraphQLCompositeType =>
        isCompositeType(type) &&
        /^(User|Member|Institution|Node|Challenge|OptionsChallenge|Query)$/.test(type.name),
    );
    for (let at = 0; at < count; at += 1) {
      const type = this.#random.pick(types);
      const text = this.#selections(type, 2);
      this.#fragments.push({ name: `F${at}`, type, text });
    }
    const query = this.#schema.getQueryType();
    if (!query) throw new Error('The schema has no queries.');
    const operations = Array.from(
      { length: 1 + this.#random.below(3) },
      (_, at) => `query Q${at} ${this.#selections(query, 4)}`,
    );
    const fragments = this.#fragments.map(
      ({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`,
    );
    return this.#random.shuffle([...operations, ...fragments]).join('\n');
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + this.#random.below(4);
    return `{ ${Array.from({ length: count }, () => this.#selection(type, depth)).join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const kind = this.#random.next();
    if (kind < 0.06) return `__typename${this.#condition()}`;
    if (kind < 0.22 && depth > 0) return this.#inline(type, depth - 1);
    if (kind < 0.45) {
      const fragment = this.#fragmentOn(type);
      if (fragment) return `...${fragment}${this.#condition()}`;
    }
    return this.#field(type, depth);
  }

  #fragmentOn(type: GraphQLCompositeType): string | null {
    const fitting = this.#fragments.filter((fragment) => this.#overlaps(fragment.type, type));
    return fitting.length === 0 ? null : this.#random.pick(fitting).name;
  }

  #overlaps(a: GraphQLCompositeType, b: GraphQLCompositeType): boolean {
    const of = (type: GraphQLCompositeType) =>
      isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    return of(a).some((type) => of(b).includes(type));
  }

  #inline(type: GraphQLCompositeType, depth: number): string {
    const types = Object.values(this.#schema.getTypeMap()).filter(
      (other): other is GraphQLCompositeType =>
        isCompositeType(other) && !other.name.startsWith('__') && this.#overlaps(other, type),
    );
    const on = this.#random.chance(0.2) ? type : this.#random.pick(types);
    const named = on === type && this.#random.chance(0.5) ? '' : ` on ${on.name}`;
    return `...${named}${this.#condition()} ${this.#selections(on, depth)}`;
  }

  #field(type: GraphQLCompositeType, depth: number): string {
    if (!('getFields' in type)) return '__typename';
    if (type === this.#schema.getQueryType() && this.#random.chance(0.1)) return this.#introspection();
    const fields = Object.values(type.getFields());
    // Composite fields are picked more often than they are there, and of the leaves the first few again and again.
    const composite = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const isDeep = depth > 0 && composite.length > 0 && (leaves.length === 0 || this.#random.chance(0.45));
    if (!isDeep && leaves.length === 0) return '__typename';
    const from = isDeep ? composite : this.#random.chance(0.5) ? leaves.slice(0, 3) : leaves;
    const field = this.#random.pick(from);
    const target = getNamedType(field.type);
    const inner = isCompositeType(target) ? ` ${this.#selections(target, depth - 1)}` : '';
    return `${this.#named(field)}${this.#condition()}${inner}`;
  }

  #named(field: Field): string {
    const args = field.args.map((arg) => this.#argument(arg)).filter((text) => text !== '');
    const text = args.length === 0 ? '' : `(${args.join(', ')})`;
    const known = this.#aliases.get(field.name) ?? new Map<string, string>();
    this.#aliases.set(field.name, known);
    const key = `${text}${this.#random.chance(0.06) ? ' again' : ''}`;
    const alias = known.get(key) ?? (known.size === 0 ? field.name : this.#alias(field.name, known.size));
    known.set(key, alias);
    return alias === field.name ? `${field.name}${text}` : `${alias}: ${field.name}${text}`;
  }

  /** Some aliases have the form of names that an executor or JavaScript may have for itself. */
  #alias(name: string, at: number): string {
    const odd = ['__proto__', 'constructor', 'index', 'toJSON', 'idx0', `a_${name}`, '__context', 'then'];
    return this.#random.chance(0.08) ? this.#random.pick(odd) : `${name}${at}`;
  }

  #argument(arg: GraphQLArgument): string {
    if (!isRequiredArgument(arg) && this.#random.chance(0.4)) return '';
    const literals = LITERALS[getNamedType(arg.type).name] ?? [];
    const fitting = isNonNullType(arg.type)
      ? literals.filter((text) => !NULLABLE_ONLY.includes(text))
      : literals;
    return `${arg.name}: ${this.#random.pick(fitting)}`;
  }

  #condition(): string {
    if (!this.#isConditional || !this.#random.chance(0.3)) return '';
    const test = () => {
      const literal = this.#random.next();
      if (literal < 0.3) return literal < 0.15 ? 'true' : 'false';
      return `$${this.#random.pick(this.#conditions)}`;
    };
    const both = [` @skip(if: ${test()})`, ` @include(if: ${test()})`];
    if (this.#random.chance(0.1)) return this.#random.shuffle(both).join('');
    return this.#random.pick(both);
  }

  #introspection(): string {
    const text = this.#random.pick(INTROSPECTION);
    const named = this.#random.pick(['Member', 'Party', 'Node', 'nothing']);
    return this.#random.pick([
      `${SchemaMetaFieldDef.name}${this.#condition()} { queryType { ${text} } }`,
      `${TypeMetaFieldDef.name}(name: "${named}")${this.#condition()} { ${text} }`,
    ]);
  }
}

const isOperation = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;

function variablesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  return [...names].sort();
}

function declare(name: string, random: Random): VariableDefinitionNode {
  const text = `query ($${name}: ${random.pick(DECLARATIONS[name] ?? [])}) { __typename }`;
  const [operation] = parse(text, { noLocation: true }).definitions.filter(isOperation);
  const [definition] = operation?.variableDefinitions ?? [];
  if (!definition) throw new Error(`${text} declares nothing.`);
  return definition;
}

/** Declares in each operation the variables that it uses, and drops the fragments that no operation uses. */
function complete(document: DocumentNode, random: Random): DocumentNode {
  const apart = Object.values(separateOperations(document));
  const used = new Set(apart.flatMap(({ definitions }) => definitions));
  const definitions = document.definitions
    .filter((node) => used.has(node))
    .map((node) => {
      if (!isOperation(node)) return node;
      const own = apart.find((one) => one.definitions.includes(node)) ?? document;
      return { ...node, variableDefinitions: variablesOf(own).map((name) => declare(name, random)) };
    });
  return { kind: Kind.DOCUMENT, definitions };
}

/** Makes a document of one to three operations that share fragments. It may break a rule of GraphQL's: validate it. */
export function makeDocument(schema: GraphQLSchema, random: Random): string {
  const text = new DocumentMaker(schema, random).make();
  return print(complete(parse(text, { noLocation: true }), random));
}

const GOOD: Readonly<Record<string, readonly unknown[]>> = {
  Boolean: [true, false],
  String: ['one', 'other', ''],
  ID: ['one', 12],
  Int: [1, 0, 25],
  '[Party!]': [['END_USER'], [], ['MX', 'NOBODY'], 'MX'],
  MemberBy: [{ guid: 'one' }, { id: 'one' }, { id: 12 }],
};
const ODD: readonly unknown[] = [
  ...[null, null, undefined, undefined, 'no', 2.5, ['one'], { odd: true }],
  ...[{ id: 'one', guid: 'two' }, { id: 'one', guid: null }, { guid: null }, {}],
];

/** Values for the variables of an operation: most often such that they fit. */
export function makeVariables(operation: OperationDefinitionNode, random: Random): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  const isOdd = random.chance(0.2);
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    const isOptional = type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined;
    const good = GOOD[print(inner)] ?? [];
    if (isOdd && random.chance(0.5)) variables[name] = random.pick(ODD.map((value) => ({ value }))).value;
    else if (!isOptional || random.chance(0.6))
      variables[name] = random.pick(good.map((value) => ({ value }))).value;
    else if (type.kind !== Kind.NON_NULL_TYPE && defaultValue === undefined && random.chance(0.5)) {
      variables[name] = null;
    }
  }
  // As JSON carries them: what is undefined is absent.
  return JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
}

import {
  getNamedType,
  GraphQLError,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import type {
  ASTVisitor,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLResolveInfo,
  SelectionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from 'graphql';

import { oneOfRule } from './one-of-rule.js';
import { subscriptionRootRule } from './subscription-root-rule.js';

/** A longer document is not even parsed to its end: graphql-js recurses as deep as a document nests. */
export const MAX_TOKENS = 2_000;
/**
 * Maximum number of tokens. The page's documents have a tenth of it. A string or comment counts as one token, whatever
 * its length.
 */
const MAX_CHARACTERS = 15_000;
/** Number of errors after which validation stops. */
export const MAX_VALIDATION_ERRORS = 5;

const MAX_DEPTH = 12;
const MAX_ALIASES = 30;
/** Maximum number of directives. Frontends use a handful of `@skip` and `@include`. */
const MAX_DIRECTIVES = 50;
/**
 * Maximum cost: the number of resolved fields, with each list at its usual length. A full page of members costs about
 * 1,000.
 */
export const MAX_COST = 20_000;

/** Expected lengths of lists, from MX's limits. */
const MEMBERS_OF_A_USER = 25;
const ROWS_OF_A_LIST = 10;

/** The cost of executing a selection with its fragments inlined. */
interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly cost: number;
}

const ZERO: Measure = { depth: 0, aliases: 0, directives: 0, cost: 0 };

function add(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    cost: a.cost + b.cost,
  };
}

function lengthOf(field: GraphQLField<unknown, unknown> | undefined): number {
  const type = isNonNullType(field?.type) ? field.type.ofType : field?.type;
  // The number of entities is in the gateway's variables, so their cost is checked when those are known.
  if (!isListType(type) || field?.name === '_entities') return 1;
  return getNamedType(type).name === 'Member' ? MEMBERS_OF_A_USER : ROWS_OF_A_LIST;
}

/** The inputs of the measurement. */
type Source = Pick<ValidationContext, 'getSchema' | 'getFragment'>;

/**
 * Measures selections before execution. Each fragment is measured once, however often it is spread: eighteen fragments
 * that each spread the next one twice are a quarter of a million fields in a few lines.
 */
class Meter {
  readonly #source: Source;
  readonly #fragments = new Map<string, Measure>();

  constructor(source: Source) {
    this.#source = source;
  }

  measure(set: SelectionSetNode, parent: GraphQLCompositeType | null): Measure {
    return set.selections.reduce((sum, selection) => add(sum, this.#selection(selection, parent)), ZERO);
  }

  #selection(node: SelectionNode, parent: GraphQLCompositeType | null): Measure {
    const own = node.directives?.length ?? 0;
    const measure = this.#within(node, parent);
    return own === 0 ? measure : { ...measure, directives: measure.directives + own };
  }

  #within(node: SelectionNode, parent: GraphQLCompositeType | null): Measure {
    switch (node.kind) {
      case Kind.FIELD:
        return this.#field(node, parent);
      case Kind.INLINE_FRAGMENT:
        return this.measure(node.selectionSet, this.#typeNamed(node.typeCondition?.name.value) ?? parent);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = this.#source.getFragment(node.name.value);
        return fragment ? this.#fragment(fragment) : ZERO;
      }
    }
  }

  #field(node: FieldNode, parent: GraphQLCompositeType | null): Measure {
    const aliases = node.alias ? 1 : 0;
    if (!node.selectionSet) return { ...ZERO, depth: 1, aliases, cost: 1 };
    if (node.name.value.startsWith('__')) {
      // graphql-js limits introspection itself, and it runs no resolvers of ours.
      const inner = this.measure(node.selectionSet, null);
      return { ...inner, depth: 1, aliases: aliases + inner.aliases, cost: 1 };
    }
    const field =
      isObjectType(parent) || (parent && 'getFields' in parent)
        ? parent.getFields()[node.name.value]
        : undefined;
    const type = field && getNamedType(field.type);
    const inner = this.measure(node.selectionSet, isCompositeType(type) ? type : null);
    return {
      ...inner,
      depth: inner.depth + 1,
      aliases: aliases + inner.aliases,
      cost: 1 + lengthOf(field) * inner.cost,
    };
  }

  #fragment(fragment: FragmentDefinitionNode): Measure {
    const name = fragment.name.value;
    const known = this.#fragments.get(name);
    if (known) return known;
    // A cyclic fragment is an error of another rule; here it must only not loop for ever.
    this.#fragments.set(name, ZERO);
    const measure = this.measure(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value));
    this.#fragments.set(name, measure);
    return measure;
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | null {
    const type = name === undefined ? undefined : this.#source.getSchema().getType(name);
    return isCompositeType(type) ? type : null;
  }
}

/** The cost of one object of a field that is about to be executed. */
export function costOfOne({ fieldNodes, fragments, returnType, schema }: GraphQLResolveInfo): number {
  const meter = new Meter({ getSchema: () => schema, getFragment: (name) => fragments[name] });
  const type = getNamedType(returnType);
  const parent = isCompositeType(type) ? type : null;
  const costs = fieldNodes.map((node) =>
    node.selectionSet ? meter.measure(node.selectionSet, parent).cost : 0,
  );
  return costs.reduce((sum, cost) => sum + cost, 1);
}

/** Validation rule: rejects documents that exceed the limits of length, depth, aliases, directives or cost. */
export function limitsRule(context: ValidationContext): ASTVisitor {
  const meter = new Meter(context);
  return {
    Document({ loc }) {
      const length = loc?.source.body.length ?? 0;
      if (length <= MAX_CHARACTERS) return;
      context.reportError(
        new GraphQLError(`Document length ${length} exceeds the limit of ${MAX_CHARACTERS} characters.`),
      );
    },
    OperationDefinition(node) {
      const root = context.getSchema().getRootType(node.operation);
      if (!root) {
        context.reportError(
          new GraphQLError(`The schema does not support ${node.operation} operations.`, { nodes: node }),
        );
        return;
      }
      const { depth, aliases, directives, cost } = meter.measure(node.selectionSet, root);
      const allDirectives = directives + (node.directives?.length ?? 0);
      const limit = (value: number, max: number, excess: string) => {
        if (value <= max) return;
        context.reportError(new GraphQLError(`${excess} the limit of ${max}.`, { nodes: node }));
      };
      limit(depth, MAX_DEPTH, `Operation depth ${depth} exceeds`);
      limit(aliases, MAX_ALIASES, `${aliases} aliases exceed`);
      limit(allDirectives, MAX_DIRECTIVES, `${allDirectives} directives exceed`);
      limit(cost, MAX_COST, `Operation cost ${cost} exceeds`);
    },
  };
}

export interface RuleOptions {
  /** Whether introspection is allowed. */
  readonly introspection: boolean;
}

/** Validation rule: rejects introspection. `__typename` is always allowed. */
function noIntrospectionRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (!['__schema', '__type'].includes(node.name.value)) return undefined;
      context.reportError(new GraphQLError('Introspection is disabled.', { nodes: node }));
      return false;
    },
  };
}

/** The validation rules on all transports, in addition to GraphQL's own. */
export function createRules({ introspection }: RuleOptions): ValidationRule[] {
  const rules = [limitsRule, oneOfRule, subscriptionRootRule];
  return introspection ? rules : [...rules, noIntrospectionRule];
}

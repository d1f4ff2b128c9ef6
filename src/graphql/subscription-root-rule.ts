import { GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type {
  ASTVisitor,
  DirectiveNode,
  DocumentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
  ValidationContext,
} from 'graphql';

/** The value of `if` that leaves the field in the operation. */
const INCLUDING_VALUE: ReadonlyMap<string, boolean> = new Map([
  ['skip', false],
  ['include', true],
]);

/** True for a directive that may remove the field: one with a variable, without a value, or that does remove it. */
function isConditional({ name, arguments: args = [] }: DirectiveNode): boolean {
  const including = INCLUDING_VALUE.get(name.value);
  if (including === undefined) return false;
  const condition = args.find((arg) => arg.name.value === 'if')?.value;
  return condition?.kind !== Kind.BOOLEAN || condition.value !== including;
}

/** Finds conditions on root fields, in fragments too. Each fragment is searched once. */
class RootConditions {
  readonly #context: ValidationContext;
  readonly #searched = new Set<string>();

  constructor(context: ValidationContext) {
    this.#context = context;
  }

  find({ selections }: SelectionSetNode): DirectiveNode | null {
    for (const selection of selections) {
      const found = selection.directives?.find(isConditional) ?? this.#findWithin(selection);
      if (found) return found;
    }
    return null;
  }

  #findWithin(selection: SelectionNode): DirectiveNode | null {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.find(selection.selectionSet);
    if (selection.kind !== Kind.FRAGMENT_SPREAD || this.#searched.has(selection.name.value)) return null;
    this.#searched.add(selection.name.value);
    const fragment = this.#context.getFragment(selection.name.value);
    return fragment ? this.find(fragment.selectionSet) : null;
  }
}

const isSubscription = (node: DocumentNode['definitions'][number]): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION;

/**
 * Validation rule: a subscription has exactly one root field, whatever its variables, so the field must not depend on
 * `@skip` or `@include`. graphql-js's own rule for the single root field throws for such a condition instead of
 * reporting it, which would be an internal error. Therefore the document's definitions are hidden from the other rules
 * once this one has reported an error.
 */
export function subscriptionRootRule(context: ValidationContext): ASTVisitor {
  return {
    Document(node) {
      const roots = node.definitions.filter(isSubscription);
      const conditions = roots.map(({ selectionSet }) => new RootConditions(context).find(selectionSet));
      const found = conditions.find((condition) => condition !== null);
      if (!found) return undefined;
      const message = 'The root field of a subscription must not depend on @skip or @include.';
      context.reportError(new GraphQLError(message, { nodes: found }));
      return { ...node, definitions: [] };
    },
  };
}

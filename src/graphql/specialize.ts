import { getOperationAST, Kind } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLResolveInfo,
  InlineFragmentNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

import { isIncluded } from './conditions.js';
import type { ReadCondition } from './conditions.js';
import type { SentOperation } from './operation-plan.js';

/** An operation for one set of values of its conditions. */
export interface Specialized {
  /** The operation alone, without conditions and with its fragments inlined. It shares no selection with the original. */
  readonly document: DocumentNode;
  /** What graphql-js shows resolvers of the operation. */
  readonly original: Pick<GraphQLResolveInfo, 'operation' | 'fragments'>;
  /** The field of the original document for a field of the copy. */
  readonly originalOf: (copy: FieldNode) => FieldNode;
  /** Number of selections in the copy. */
  readonly size: number;
}

/** Fragments that spread each other several times grow exponentially when they are inlined. */
const MAX_SELECTIONS = 500;

type Fragments = GraphQLResolveInfo['fragments'];

/** The fragments of a document by name. */
export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = Object.create(null) as Fragments;
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  return fragments;
}

/** Names of fragments that are already part of a selection set. */
type Spread = ReadonlySet<string>;

class Copier {
  readonly #fragments: Fragments;
  readonly #read: ReadCondition;
  readonly originals = new Map<FieldNode, FieldNode>();
  size = 0;

  constructor(fragments: Fragments, read: ReadCondition) {
    this.#fragments = fragments;
    this.#read = read;
  }

  /**
   * A fragment counts once in a selection set, as in graphql-js. What was spread under a type condition does not count
   * outside of it, because there the type may be another one.
   */
  copySet({ selections }: SelectionSetNode, outer: Spread = new Set()): SelectionSetNode {
    const spread = new Set(outer);
    const copies: SelectionNode[] = [];
    for (const selection of selections) {
      if (this.size >= MAX_SELECTIONS) break;
      if (!isIncluded(selection, this.#read)) continue;
      const copy = this.#copy(selection, spread);
      if (copy) copies.push(copy);
    }
    return { kind: Kind.SELECTION_SET, selections: copies };
  }

  #copy(node: SelectionNode, spread: Set<string>): SelectionNode | null {
    this.size += 1;
    if (node.kind === Kind.FIELD) return this.#copyField(node);
    if (node.kind === Kind.INLINE_FRAGMENT) return this.#inline(node, spread);
    const name = node.name.value;
    const fragment = this.#fragments[name];
    if (!fragment || spread.has(name)) return null;
    spread.add(name);
    return this.#inline(fragment, spread);
  }

  #inline(
    { typeCondition, selectionSet }: InlineFragmentNode | FragmentDefinitionNode,
    spread: Spread,
  ): InlineFragmentNode {
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition && { typeCondition }),
      selectionSet: this.copySet(selectionSet, spread),
    };
  }

  #copyField(node: FieldNode): FieldNode {
    const { selectionSet } = node;
    const copy = {
      ...node,
      directives: [],
      ...(selectionSet && { selectionSet: this.copySet(selectionSet) }),
    };
    this.originals.set(copy, node);
    return copy;
  }
}

/**
 * Copies an operation for one set of values of its conditions: selections that are not included are left out. Returns
 * null if the copy would be too large.
 */
export function specialize(
  { document, operationName }: Pick<SentOperation, 'document' | 'operationName'>,
  read: ReadCondition,
): Specialized | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const fragments = fragmentsOf(document);
  const copier = new Copier(fragments, read);
  const selectionSet = copier.copySet(operation.selectionSet);
  const { originals, size } = copier;
  if (size >= MAX_SELECTIONS) return null;
  return {
    document: { kind: Kind.DOCUMENT, definitions: [{ ...operation, directives: [], selectionSet }] },
    original: { operation, fragments },
    originalOf: (copy) => originals.get(copy) ?? copy,
    size,
  };
}

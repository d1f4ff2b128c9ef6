import { Kind } from 'graphql';
import type { SelectionNode } from 'graphql';

/** Reads the value of a Boolean variable. */
export type ReadCondition = (variable: string) => boolean;

function valueOf(
  name: 'skip' | 'include',
  { directives }: SelectionNode,
  read: ReadCondition,
): boolean | null {
  const directive = directives?.find((one) => one.name.value === name);
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind === Kind.BOOLEAN) return value.value;
  return value?.kind === Kind.VARIABLE ? read(value.name.value) : null;
}

/**
 * Whether `@skip` and `@include` leave a selection in the operation. Like graphql-js, it does not read `@include` if
 * `@skip` is true.
 */
export function isIncluded(selection: SelectionNode, read: ReadCondition): boolean {
  return valueOf('skip', selection, read) !== true && valueOf('include', selection, read) !== false;
}

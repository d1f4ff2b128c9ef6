import { getOperationAST, getVariableValues, isInputObjectType, Kind, getNamedType } from 'graphql';
import type { GraphQLInputObjectType, GraphQLNamedType, GraphQLSchema, TypeNode } from 'graphql';

import type { SentOperation } from './operation-plan.js';

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

/** True if the type is `@oneOf`, or has such a type among its fields, at any depth. */
function hasOneOf(type: GraphQLNamedType, seen = new Set<GraphQLInputObjectType>()): boolean {
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return (
    type.isOneOf || Object.values(type.getFields()).some((field) => hasOneOf(getNamedType(field.type), seen))
  );
}

/** False if the value of a variable breaks a rule of an `@oneOf` type. */
export type OneOfCheck = (operation: SentOperation) => boolean;

/**
 * Creates the check of variables of `@oneOf` types, which graphql-jit does not know: it accepts two fields, or none. An
 * operation with such variables passes if graphql-js accepts them, any other at once.
 */
export function createOneOfCheck(schema: GraphQLSchema): OneOfCheck {
  const types = Object.values(schema.getTypeMap()).filter((type) => hasOneOf(type));
  const names = new Set(types.map(({ name }) => name));
  return ({ document, operationName, variables = {} }) => {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    if (!definitions.some(({ type }) => names.has(nameOf(type)))) return true;
    return getVariableValues(schema, definitions, variables).errors === undefined;
  };
}

import { GraphQLError, isInputObjectType, isNonNullType, Kind } from 'graphql';
import type { ASTVisitor, GraphQLInputType, ValidationContext, VariableDefinitionNode } from 'graphql';

type Parent = GraphQLInputType | null | undefined;

/** The `@oneOf` type of an object that must not be null; null for any other type. */
function requiredOneOf(parent: Parent): GraphQLInputType | null {
  if (!isNonNullType(parent)) return null;
  const type = parent.ofType;
  return isInputObjectType(type) && type.isOneOf ? type : null;
}

const isNullable = ({ type }: VariableDefinitionNode) => type.kind !== Kind.NON_NULL_TYPE;

/**
 * Validation rule: rejects variables that may be null in the fields of an `@oneOf` object. It is a rule of GraphQL, but
 * graphql-js 16 overlooks objects that themselves must not be null, and all of ours must not.
 */
export function oneOfRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const nullable = operation.variableDefinitions?.filter(isNullable) ?? [];
      if (nullable.length === 0) return;
      for (const { node, parentType } of context.getRecursiveVariableUsages(operation)) {
        const type = requiredOneOf(parentType);
        const definition = type && nullable.find(({ variable }) => variable.name.value === node.name.value);
        if (!definition) continue;
        context.reportError(
          new GraphQLError(
            `Variable "$${node.name.value}" must be non-nullable to be used for OneOf Input Object "${String(type)}".`,
            { nodes: [definition, node] },
          ),
        );
      }
    },
  };
}

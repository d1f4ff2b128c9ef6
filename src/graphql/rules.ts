import { GraphQLError } from 'graphql';
import type { ASTVisitor, ValidationContext, ValidationRule } from 'graphql';

import { limitsRule } from './validation-rules.js';

export interface RuleOptions {
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
}

/** Validation rule: refuses to tell the schema. What an object is (`__typename`) may be asked as ever. */
function noIntrospectionRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (!['__schema', '__type'].includes(node.name.value)) return undefined;
      context.reportError(new GraphQLError('Introspection is switched off here.', { nodes: node }));
      return false;
    },
  };
}

/** The rules that a document must keep on any transport, beside those of GraphQL itself. */
export function createRules({ introspection }: RuleOptions): ValidationRule[] {
  return introspection ? [limitsRule] : [limitsRule, noIntrospectionRule];
}

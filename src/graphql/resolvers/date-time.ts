import { GraphQLScalarType } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';

/** The scalar `DateTime`. */
export const DateTime = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  // The SDL's own would be lost behind this object.
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
});

import { GraphQLError, GraphQLScalarType } from 'graphql';

function parse(value: unknown): URL {
  if (typeof value === 'string' && URL.canParse(value)) return new URL(value);
  // Node's own error, which other URL scalars let through, carries the value to the log.
  throw new GraphQLError('Expected an absolute URL.');
}

/** The scalar `URL`. */
export const Url = new GraphQLScalarType<URL, string>({
  name: 'URL',
  // The SDL's own would be lost behind this object.
  description: 'An absolute URL.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: (value) => new URL(String(value)).href,
  parseValue: parse,
});

import { GraphQLError, GraphQLScalarType } from 'graphql';

import { tryParseUrl } from '../../url.js';

function parse(value: unknown): URL {
  const url = typeof value === 'string' ? tryParseUrl(value) : null;
  if (url) return url;
  // Node's error, which other URL scalars pass on, contains the value and would reach the log.
  throw new GraphQLError('Expected an absolute URL.');
}

/** The scalar `URL`. */
export const Url = new GraphQLScalarType<URL, string>({
  name: 'URL',
  // Without this, the description in the SDL would be lost.
  description: 'An absolute URL.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: (value) => new URL(String(value)).href,
  parseValue: parse,
});

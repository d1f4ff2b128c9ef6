import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

function retryAfterOf({ extensions }: GraphQLFormattedError): number {
  const seconds = extensions?.['retryAfter'];
  return typeof seconds === 'number' ? seconds : 0;
}

/** Sets `Retry-After` to the longest `extensions.retryAfter` of the errors in a response, in seconds. */
export function retryAfterHeader(): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response: { body, http } }) {
          const { errors = [] } = body.kind === 'single' ? body.singleResult : {};
          const seconds = Math.max(0, ...errors.map(retryAfterOf));
          if (seconds > 0) http.headers.set('retry-after', String(seconds));
          return Promise.resolve();
        },
      }),
  };
}

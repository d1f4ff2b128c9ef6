/* What the tests read of answers; each test says by its type argument which data it expects. */

export interface GraphqlFault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: {
    readonly code?: string;
    readonly retryable?: boolean;
    readonly retryAfter?: number;
  };
}

export interface GraphqlBody<T> {
  readonly data?: T | null;
  readonly errors?: readonly GraphqlFault[];
}

export interface GraphqlAnswer<T> {
  readonly status: number;
  /** The `Retry-After` header; null if there is none. */
  readonly retryAfter: string | null;
  readonly body: GraphqlBody<T>;
  /** The body as it came over the wire. */
  readonly text: string;
}

export interface AskOptions {
  /** Sent as the bearer token. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly operationName?: string;
}

export type GraphqlClient = <T = Record<string, unknown>>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: AskOptions,
) => Promise<GraphqlAnswer<T>>;

/** A client of the GraphQL endpoint under a server's address, by POST. */
export function createGraphqlClient(serverUrl: string): GraphqlClient {
  return async <T>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    { token, headers = {}, operationName }: AskOptions = {},
  ) => {
    const response = await fetch(`${serverUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables, operationName }),
    });
    const text = await response.text();
    const { status, headers: answered } = response;
    return {
      status,
      retryAfter: answered.get('retry-after'),
      text,
      body: JSON.parse(text) as GraphqlBody<T>,
    };
  };
}

/** The data of an answer that must be free of errors. */
export function dataOf<T>({ status, body, text }: GraphqlAnswer<T>): T {
  if (status === 200 && body.errors === undefined && body.data) return body.data;
  throw new Error(`Expected data; got HTTP ${status} and ${text.slice(0, 600)}`);
}

/** The codes of the errors of an answer, in their order. */
export function codesOf({ body }: GraphqlAnswer<unknown>): (string | undefined)[] {
  return (body.errors ?? []).map((error) => error.extensions?.code);
}

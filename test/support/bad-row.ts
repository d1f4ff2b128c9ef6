import type { RawRequest } from './raw-request.js';

/** A request that must be answered with one clear error of a code, and with which HTTP status. */
export interface BadRow {
  readonly name: string;
  readonly request: RawRequest;
  readonly code: string;
  readonly status: number;
}

export const JSON_TYPE = { 'content-type': 'application/json' };
export const GOOD_QUERY = '{ viewer { guid } }';

/** A GraphQL request by POST; what is asked may be no text at all. */
export const ask = (query: unknown, more: object = {}): RawRequest => ({
  headers: JSON_TYPE,
  body: JSON.stringify({ query, ...more }),
});

/** Rows that share an answer. A field that fails leaves the response a 200. */
export function answeredBy(code: string, status: number, requests: Record<string, RawRequest>): BadRow[] {
  return Object.entries(requests).map(([name, request]) => ({ name, request, code, status }));
}

/** One row per value, named by it. */
export function each<T>(what: string, values: readonly T[], toRequest: (value: T) => RawRequest) {
  return Object.fromEntries(
    values.map((value) => {
      const quoted = JSON.stringify(value);
      const shown = quoted.length > 36 ? `${quoted.slice(0, 20)}…${quoted.slice(-12)}` : quoted;
      return [`${shown} as ${what}`, toRequest(value)];
    }),
  );
}

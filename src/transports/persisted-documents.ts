import type { FastifyReply, FastifyRequest } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { isFields } from '../graphql/trusted-documents.js';
import type { Fields, ResolveDocument } from '../graphql/trusted-documents.js';
import { sendError } from '../http/error-response.js';

/** A request with only an unknown hash is left to Apollo Server, which answers that it registers no hashes. */
const namesHash = ({ query, documentId, extensions }: Fields): boolean =>
  query !== undefined &&
  (documentId !== undefined || (isFields(extensions) && extensions['persistedQuery'] !== undefined));

/** Replaces the hash by the document, so that Apollo Server does not look the hash up itself. */
function withText(fields: Fields, text: unknown): Fields {
  const put: Record<string, unknown> = { ...fields, query: text };
  delete put['documentId'];
  const { extensions } = fields;
  if (extensions === undefined) delete put['extensions'];
  else if (isFields(extensions)) put['extensions'] = { ...extensions, persistedQuery: undefined };
  return put;
}

const parseExtensions = ({ extensions, ...fields }: Fields): Fields => {
  if (typeof extensions !== 'string') return { ...fields, extensions };
  try {
    return { ...fields, extensions: JSON.parse(extensions) as unknown };
  } catch {
    // Apollo Server reports the error.
    return { ...fields, extensions };
  }
};

/** A URL with other parameters, which is what Apollo Server reads from a GET request. */
function toAddress(path: string, fields: Fields): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return `${path}?${search.toString()}`;
}

/** The error message for a body that is an array. */
export const NO_BATCHES = 'Batching is not supported: the body must be one JSON object, not an array.';

/** Replaces the hash of a persisted document by its text, before Apollo Server reads the request. */
export function createPersistedDocuments(textOf: ResolveDocument) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const isGet = request.method === 'GET';
    const fields = isGet ? parseExtensions({ ...(request.query as Fields) }) : request.body;
    if (Array.isArray(fields)) {
      await sendError(reply, new ApiError('BAD_REQUEST', NO_BATCHES));
      return;
    }
    if (!isFields(fields)) return;
    try {
      const text = textOf(fields);
      if (text === fields['query'] && !namesHash(fields)) return;
      const put = withText(fields, text);
      if (isGet) request.raw.url = toAddress('/graphql', put);
      else request.body = put;
    } catch (error) {
      await sendError(reply, error);
    }
  };
}

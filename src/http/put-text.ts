import type { FastifyReply, FastifyRequest } from 'fastify';

import { resolveAnyText } from '../graphql/trusted-documents.js';
import type { ResolveText } from '../graphql/trusted-documents.js';
import { refuseFor } from './refusal.js';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What Apollo would take for a hash of its own to look up is left out: it has been looked up. */
function withText(fields: Fields, text: unknown): Fields {
  const put: Fields = { ...fields, query: text };
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
    // Apollo says so.
    return { ...fields, extensions };
  }
};

/** An address with other parameters; what Apollo reads of a request by GET. */
function toAddress(path: string, fields: Fields): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return `${path}?${search.toString()}`;
}

/** Puts the text of the document that a request means in its place, before Apollo reads the request. */
export function createPutText(textOf: ResolveText) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (textOf === resolveAnyText) return;
    try {
      if (request.method === 'GET') {
        const fields = parseExtensions({ ...(request.query as Fields) });
        request.raw.url = toAddress('/graphql', withText(fields, textOf(fields)));
      } else if (isFields(request.body)) {
        request.body = withText(request.body, textOf(request.body));
      }
    } catch (error) {
      await refuseFor(reply, error);
    }
  };
}

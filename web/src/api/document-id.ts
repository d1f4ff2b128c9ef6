import { ApolloLink } from '@apollo/client';
import type { DocumentNode } from 'graphql';

/** In development the API may not have seen the newest documents: then their texts are sent. */
const SENDS_TEXTS = import.meta.env.DEV;

/** What tells the API by a hash which document is meant. */
export interface DocumentId {
  readonly persistedQuery: { readonly version: 1; readonly sha256Hash: string };
}

interface CompiledDocument extends DocumentNode {
  readonly __meta__?: { readonly hash?: string };
}

/** The hash that code generation gave a document; null where its text is to be sent. */
export function documentIdOf(document: DocumentNode): DocumentId | null {
  const sha256Hash = (document as CompiledDocument).__meta__?.hash;
  if (SENDS_TEXTS || sha256Hash === undefined) return null;
  return { persistedQuery: { version: 1, sha256Hash } };
}

/** Has queries and mutations sent by their hashes: the API then need not take any text. */
export const documentIdLink = new ApolloLink((operation, forward) => {
  const id = documentIdOf(operation.query);
  if (id) {
    Object.assign(operation.extensions, id);
    operation.setContext({ http: { includeExtensions: true, includeQuery: false } });
  }
  return forward(operation);
});

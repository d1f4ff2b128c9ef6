import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import type { DocumentNode } from 'graphql';

interface CompiledDocument extends DocumentNode {
  readonly __meta__?: { readonly hash?: string };
}

/**
 * The SHA-256 hash that code generation added to the document; null in development, where the API may not know the
 * latest documents.
 */
export function hashOf(document: DocumentNode): string | null {
  const hash = (document as CompiledDocument).__meta__?.hash;
  return import.meta.env.DEV || hash === undefined ? null : hash.replace(/^sha256:/, '');
}

/**
 * Sends queries and mutations by their hashes, so that the API need not accept arbitrary documents. If the API does not
 * know a hash, because it is of another version than the page, the document is sent in full.
 */
export function createDocumentIdLink(): PersistedQueryLink {
  return new PersistedQueryLink({
    generateHash: (document) => hashOf(document) ?? '',
  });
}

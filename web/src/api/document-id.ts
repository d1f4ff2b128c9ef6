import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import type { DocumentNode } from 'graphql';

interface CompiledDocument extends DocumentNode {
  readonly __meta__?: { readonly hash?: string };
}

/** The SHA-256 that code generation gave a document; null in development, where the API may not know the newest. */
export function hashOf(document: DocumentNode): string | null {
  const hash = (document as CompiledDocument).__meta__?.hash;
  return import.meta.env.DEV || hash === undefined ? null : hash.replace(/^sha256:/, '');
}

/**
 * Has queries and mutations sent by their hashes: the API then need not take any text. One that does not know a hash,
 * because it is older or newer than the page, is sent the text; whether it takes it is for it to say.
 */
export function createDocumentIdLink(): PersistedQueryLink {
  return new PersistedQueryLink({
    generateHash: (document) => hashOf(document) ?? '',
  });
}

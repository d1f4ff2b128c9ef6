/**
 * Adds `__typename` to the documents as Apollo Client does before it sends them, so that the documents in
 * `web/generated/persisted-documents.json` work with its normalised cache.
 */
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

export const { transform } = addTypenameSelectionDocumentTransform;

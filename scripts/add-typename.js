/**
 * Asks for `__typename` in the documents themselves, as Apollo Client would when it sends them: so the texts in
 * `web/generated/persisted-documents.json` are those that its normalised cache can live by.
 */
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

export const { transform } = addTypenameSelectionDocumentTransform;

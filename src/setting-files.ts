import { readFile } from 'node:fs/promises';

import { SettingsError } from './config/config.js';
import type { ServerConfig } from './config/config.js';
import type { PrepareDocument } from './graphql/document.js';
import {
  createResolveAny,
  createResolveTrusted,
  ManifestError,
  readManifest,
} from './graphql/trusted-documents.js';
import type { Manifest, ResolveText } from './graphql/trusted-documents.js';
import type { BuiltPage } from './http/page.js';
import { readMessages } from './messages/messages.js';
import type { Messages } from './messages/messages.js';

/** The sentences in all languages; throws a `SettingsError` that names all that is wrong with a company's own. */
export function loadMessages({ messagesDir = null }: ServerConfig): Messages {
  const { messages, faults } = readMessages(messagesDir);
  if (faults.length > 0) throw new SettingsError(faults.map((fault) => `MESSAGES_DIR: ${fault}`));
  return messages;
}

/** The documents that a file lists; throws a `SettingsError` where they do not fit. */
async function loadTrusted(path: string, prepare: PrepareDocument): Promise<Manifest> {
  const json = await readFile(path, 'utf8').catch(() => {
    throw new SettingsError(['TRUSTED_DOCUMENTS: expected a file that can be read']);
  });
  try {
    return readManifest(json, prepare);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw new SettingsError(error.faults.map((fault) => `TRUSTED_DOCUMENTS: ${fault}`));
  }
}

/** The documents that may be asked for, as the settings have it: those of the page that is served always may. */
export async function loadDocuments(
  { trustedDocuments = null }: ServerConfig,
  page: BuiltPage | null,
  prepare: PrepareDocument,
): Promise<ResolveText> {
  const own: Manifest = page ? readManifest(page.documents, prepare) : new Map<string, string>();
  if (trustedDocuments === null) return createResolveAny(own);
  return createResolveTrusted(new Map([...own, ...(await loadTrusted(trustedDocuments, prepare))]));
}

import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { SettingsError } from '../config/config.js';
import type { ServerConfig } from '../config/config.js';
import { ApiError } from '../errors/api-error.js';
import type { PrepareDocument } from './document.js';

/** How a request says which document it means: by its text, by its hash, or by both. */
export interface DocumentFields {
  readonly query?: unknown;
  /** `sha256:…`, as GraphQL over HTTP has it for persisted documents. */
  readonly documentId?: unknown;
  /** With `persistedQuery.sha256Hash`, as Apollo's clients have it. */
  readonly extensions?: unknown;
}

/**
 * Gives the text of the document that is meant, or what stands in its place and will be refused as no text. Throws
 * PERSISTED_QUERY_NOT_FOUND for an unknown hash, and DOCUMENT_NOT_TRUSTED for a text that is not trusted.
 */
export type ResolveDocument = (fields: DocumentFields) => unknown;

/** A manifest that cannot be used: every fault at once. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** A JSON object, such as what a request brings. */
export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutPrefix = (id: string) => id.replace(/^sha256:/, '');

/** Documents by their hashes, without the prefix. */
export type Manifest = ReadonlyMap<string, string>;

/** The hash that a request names its document by; null where it names none. */
function hashOf({ documentId, extensions }: DocumentFields): string | null {
  if (documentId !== undefined && documentId !== null) {
    return typeof documentId === 'string' ? withoutPrefix(documentId) : '';
  }
  const persisted = isFields(extensions) ? extensions['persistedQuery'] : undefined;
  if (!isFields(persisted)) return null;
  const { sha256Hash } = persisted;
  return typeof sha256Hash === 'string' ? withoutPrefix(sha256Hash) : '';
}

function faultOf(key: string, text: unknown, prepare: PrepareDocument): string | null {
  if (typeof text !== 'string') return `"${key}" is not a string`;
  if (hash('sha256', text) !== withoutPrefix(key)) return `"${key}" is not the SHA-256 hash of its document`;
  const prepared = prepare(text);
  return 'errors' in prepared ? `"${key}": ${prepared.errors.map(({ message }) => message).join(' ')}` : null;
}

function parseManifest(json: string): Fields {
  try {
    const parsed: unknown = JSON.parse(json);
    if (isFields(parsed)) return parsed;
  } catch {
    // Said below.
  }
  throw new ManifestError(['must be a JSON object that maps hashes to documents']);
}

/**
 * Reads a manifest as graphql-codegen's client preset writes it. Throws a `ManifestError` where it has no documents, or
 * one that does not fit the schema.
 */
export function readManifest(json: string, prepare: PrepareDocument): Manifest {
  const entries = Object.entries(parseManifest(json));
  if (entries.length === 0) throw new ManifestError(['must contain at least one document']);
  const faults = entries.map(([key, text]) => faultOf(key, text, prepare)).filter((fault) => fault !== null);
  if (faults.length > 0) throw new ManifestError(faults);
  return new Map(entries.map(([key, text]) => [withoutPrefix(key), String(text)]));
}

/** Takes any document by its text, and those of a manifest by their hashes too. */
export function allowAllDocuments(texts: Manifest): ResolveDocument {
  return (fields) => texts.get(hashOf(fields) ?? '') ?? fields.query;
}

/** Trusts the documents of a manifest, by hash or by text, and no others. */
export function allowListedDocuments(texts: Manifest): ResolveDocument {
  return (fields) => {
    const { query } = fields;
    const named = hashOf(fields);
    const text = named === null ? undefined : texts.get(named);
    if (text !== undefined) return text;
    // A text that comes with its hash wants to be registered: nothing is, at run time.
    if (typeof query !== 'string' || query === '') {
      if (named === null) return query;
      // Clients of automatic persisted queries look for these words.
      throw new ApiError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    }
    if (!texts.has(hash('sha256', query))) throw new ApiError('DOCUMENT_NOT_TRUSTED');
    return query;
  };
}

/** The documents that a file lists; throws a `SettingsError` where they do not fit. */
async function loadTrusted(path: string, prepare: PrepareDocument): Promise<Manifest> {
  const json = await readFile(path, 'utf8').catch(() => {
    throw new SettingsError(['TRUSTED_DOCUMENTS: must be a readable file']);
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
  { trustedDocuments = null }: Pick<ServerConfig, 'trustedDocuments'>,
  pageManifest: string | null,
  prepare: PrepareDocument,
): Promise<ResolveDocument> {
  const own: Manifest =
    pageManifest === null ? new Map<string, string>() : readManifest(pageManifest, prepare);
  if (trustedDocuments === null) return allowAllDocuments(own);
  return allowListedDocuments(new Map([...own, ...(await loadTrusted(trustedDocuments, prepare))]));
}

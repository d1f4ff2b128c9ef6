import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { GraphQLSchema } from 'graphql';

import { SettingsError } from '../config/config.js';
import type { ServerConfig } from '../config/config.js';
import { ApiError } from '../errors/api-error.js';
import type { PrepareDocument } from './document.js';

/** How a request identifies its document: by text, by hash, or both. */
export interface DocumentFields {
  readonly query?: unknown;
  /** `sha256:…`, as in the draft of persisted documents of GraphQL over HTTP. */
  readonly documentId?: unknown;
  /** With `persistedQuery.sha256Hash`, as Apollo's clients send it. */
  readonly extensions?: unknown;
}

/**
 * Returns the document's text; whatever is not a string is rejected later. Throws PERSISTED_QUERY_NOT_FOUND for an
 * unknown hash, and DOCUMENT_NOT_TRUSTED for a text that is not registered.
 */
export type ResolveDocument = (fields: DocumentFields) => unknown;

/** An invalid manifest. Lists all errors. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** A parsed JSON object, such as the body of a request. */
export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutPrefix = (id: string) => id.replace(/^sha256:/, '');

/** Documents by their hashes, without the prefix. */
export type Manifest = ReadonlyMap<string, string>;

/** The hash in a request; null if it has none. */
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
    // The error is reported below.
  }
  throw new ManifestError(['must be a JSON object that maps hashes to documents']);
}

/**
 * Parses a manifest in the format of graphql-codegen's client preset. Throws a `ManifestError` if it is empty or a
 * document is invalid.
 */
export function readManifest(json: string, prepare: PrepareDocument): Manifest {
  const entries = Object.entries(parseManifest(json));
  if (entries.length === 0) throw new ManifestError(['must contain at least one document']);
  const faults = entries.map(([key, text]) => faultOf(key, text, prepare)).filter((fault) => fault !== null);
  if (faults.length > 0) throw new ManifestError(faults);
  return new Map(entries.map(([key, text]) => [withoutPrefix(key), String(text)]));
}

/** The source and schema of the page's own documents. */
export interface DocumentSources {
  /** The manifest that was built with the page; null if the page was not built. */
  readonly pageManifest: string | null;
  readonly schema: GraphQLSchema;
  readonly prepare: PrepareDocument;
}

const pageDocuments = new WeakMap<GraphQLSchema, { readonly json: string; readonly documents: Manifest }>();

/** Reads the page's manifest. It only changes with a build, so it is validated once per process and schema. */
function readPageManifest({ pageManifest: json, schema, prepare }: DocumentSources): Manifest {
  if (json === null) return new Map<string, string>();
  const known = pageDocuments.get(schema);
  if (known?.json === json) return known.documents;
  const documents = readManifest(json, prepare);
  pageDocuments.set(schema, { json, documents });
  return documents;
}

/** Accepts any document by text, and those of a manifest also by hash. */
export function allowAllDocuments(texts: Manifest): ResolveDocument {
  return (fields) => texts.get(hashOf(fields) ?? '') ?? fields.query;
}

/** Accepts only the documents of a manifest, by hash or text. */
export function allowListedDocuments(texts: Manifest): ResolveDocument {
  return (fields) => {
    const { query } = fields;
    const named = hashOf(fields);
    const text = named === null ? undefined : texts.get(named);
    if (text !== undefined) return text;
    // A text with its hash asks for registration, which is not possible at run time.
    if (typeof query !== 'string' || query === '') {
      if (named === null) return query;
      // Clients of automatic persisted queries match on this message.
      throw new ApiError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    }
    if (!texts.has(hash('sha256', query))) throw new ApiError('DOCUMENT_NOT_TRUSTED');
    return query;
  };
}

/** Loads the documents of a file. Throws a `SettingsError` if it is invalid. */
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

/** Creates the resolver of documents for the settings. Those of the served page are always accepted. */
export async function loadDocuments(
  { trustedDocuments = null }: Pick<ServerConfig, 'trustedDocuments'>,
  sources: DocumentSources,
): Promise<ResolveDocument> {
  const own = readPageManifest(sources);
  if (trustedDocuments === null) return allowAllDocuments(own);
  return allowListedDocuments(new Map([...own, ...(await loadTrusted(trustedDocuments, sources.prepare))]));
}

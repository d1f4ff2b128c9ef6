import type { MxClient } from '../mx/client.js';
import { isMxError, MxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxCredential, MxInstitution, MxInstitutionPage } from '../mx/types.js';
import { Cache } from './cache.js';
import type { CacheOptions, MaybePromise } from './cache.js';
import { InstitutionStates } from './institution-states.js';
import { decodeJson, toJson } from './json-codec.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MIB = 1024 * 1024;

/** How long it is cached that MX does not list an institution. */
const NOT_FOUND_TTL_MS = 5 * MINUTE_MS;
/** How long any other failure to read an institution is cached, so that MX is not asked for it by each query. */
const FAILURE_TTL_MS = MINUTE_MS;

type Read<V> = (key: string, counter: CallCounter | null) => Promise<V>;

/** An end user waits for the credential fields and may try again, so that only "not found" is cached of them. */
const errorTtlMs = (error: unknown): number => (isMxError(error, 'not_found') ? NOT_FOUND_TTL_MS : 0);

/** Failures that say nothing about an institution are not cached: requests not sent, and pauses that MX asks for. */
function institutionErrorTtlMs(error: unknown): number {
  const isPause = error instanceof MxError && error.details.retryAfterMs !== undefined;
  if (isPause || isMxError(error, 'overloaded', 'circuit_open')) return 0;
  return errorTtlMs(error) || FAILURE_TTL_MS;
}

/** A cache of data that belongs to no user: fresh for a day, and served however old while MX fails. */
function createDayCache<V extends object>(
  options: Pick<CacheOptions<V>, 'maxBytes' | 'maxDecoded' | 'errorTtlMs'>,
  read: Read<V>,
): Cache<V> {
  return new Cache<V>({
    ...options,
    read: async (key, { counter }) => toJson(await read(key, counter)),
    decode: decodeJson,
    ttlMs: DAY_MS,
    staleIfErrorMs: Infinity,
    staleBackoffMs: MINUTE_MS,
    canServeStale: (error) => !isMxError(error, 'not_found'),
  });
}

/** A list of institutions: those whose name contains the search string, or MX's favorites. */
export type InstitutionList = { readonly search: string } | 'favorites';

/** Names a page, counted from 1, of a list. */
export function pageKey(list: InstitutionList, page: number): string {
  return JSON.stringify(list === 'favorites' ? [page] : [page, list.search.trim().toLowerCase()]);
}

/** Reads a page from MX by its key. */
function readPage({ institutions }: MxClient, key: string): Promise<MxInstitutionPage> {
  const [page, search] = JSON.parse(key) as [page: number, search?: string];
  return search === undefined ? institutions.favorites(page) : institutions.search(search, page);
}

/** Reads an institution from MX. */
async function readInstitution({ institutions }: MxClient, code: string): Promise<MxInstitution> {
  const institution = await institutions.read(code);
  if (institution.code.toLowerCase() === code.toLowerCase()) return institution;
  // Another institution: nothing is known about this one.
  throw new MxError('malformed', { endpoint: 'GET /institutions/:code' });
}

/**
 * Cached data of institutions, their credential fields and the pages of their lists, each read once a day, and their
 * states, which are minutes old. That MX does not list an institution is cached for 5 minutes, and that its name cannot
 * be read for a minute. Other failures are not cached.
 */
export class InstitutionCache {
  readonly states: InstitutionStates;
  readonly #institutions: Cache<MxInstitution>;
  readonly #credentials: Cache<readonly MxCredential[]>;
  readonly #pages: Cache<MxInstitutionPage>;

  constructor(client: MxClient) {
    const read: Read<MxInstitution> = (code, counter) =>
      readInstitution(client.withCallCounter(counter), code);
    const readList: Read<MxInstitutionPage> = (key, counter) =>
      readPage(client.withCallCounter(counter), key);
    this.#institutions = createDayCache(
      { maxBytes: 8 * MIB, maxDecoded: 2_000, errorTtlMs: institutionErrorTtlMs },
      read,
    );
    this.#credentials = createDayCache<readonly MxCredential[]>(
      { maxBytes: 4 * MIB, maxDecoded: 200, errorTtlMs },
      (code, counter) => this.#readCredentials(client.withCallCounter(counter), code, counter),
    );
    this.#pages = createDayCache({ maxBytes: 8 * MIB, maxDecoded: 20 }, readList);
    this.states = new InstitutionStates({
      institutions: { cache: this.#institutions, read },
      pages: { cache: this.#pages, read: readList },
      errorTtlMs: institutionErrorTtlMs,
    });
  }

  read(code: string, counter: CallCounter | null = null): MaybePromise<MxInstitution> {
    return this.#institutions.get(code, counter);
  }

  /** The fields that the institution asks an end user for. */
  credentials(code: string, counter: CallCounter | null = null): MaybePromise<readonly MxCredential[]> {
    return this.#credentials.get(code, counter);
  }

  /** The page of a list that `pageKey` names. */
  page(key: string, counter: CallCounter | null = null): MaybePromise<MxInstitutionPage> {
    return this.#pages.get(key, counter);
  }

  /** Takes note of how MX answered a create. See `InstitutionStates`. */
  noteCreate(code: string, errorType: string | undefined): void {
    this.states.noteCreate(code, errorType);
  }

  /** An empty list without a total says nothing, except of an institution that may have moved to OAuth. */
  async #readCredentials(
    client: MxClient,
    code: string,
    counter: CallCounter | null,
  ): Promise<readonly MxCredential[]> {
    const { fields, total } = await client.institutions.credentials(code);
    if (fields.length > 0 || total === 0 || (await this.read(code, counter)).supports_oauth) return fields;
    throw new MxError('malformed', { endpoint: 'GET /institutions/:code/credentials' });
  }
}

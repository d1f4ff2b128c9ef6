import type { MxClient } from '../mx/client.js';
import { isMxError, MxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxCredential, MxInstitution, MxInstitutionPage } from '../mx/types.js';
import { Cache } from './cache.js';
import type { CacheOptions, MaybePromise } from './cache.js';
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

/**
 * Cached data of institutions, their credential fields and the pages of their search, each read once a day. That MX does
 * not list an institution is cached for 5 minutes, and that its name cannot be read for a minute. Other failures are not
 * cached.
 */
export class InstitutionCache {
  readonly #institutions: Cache<MxInstitution>;
  readonly #credentials: Cache<readonly MxCredential[]>;
  readonly #pages: Cache<MxInstitutionPage>;

  constructor(client: MxClient) {
    this.#institutions = createDayCache(
      { maxBytes: 8 * MIB, maxDecoded: 2_000, errorTtlMs: institutionErrorTtlMs },
      async (code, counter) => {
        const institution = await client.withCallCounter(counter).readInstitution(code);
        if (institution.code.toLowerCase() === code.toLowerCase()) return institution;
        // Another institution: nothing is known about this one.
        throw new MxError('malformed', { endpoint: 'GET /institutions/:code' });
      },
    );
    this.#credentials = createDayCache<readonly MxCredential[]>(
      { maxBytes: 4 * MIB, maxDecoded: 200, errorTtlMs },
      (code, counter) => this.#readCredentials(client.withCallCounter(counter), code, counter),
    );
    this.#pages = createDayCache({ maxBytes: 8 * MIB, maxDecoded: 20 }, (key, counter) => {
      const { search, page } = JSON.parse(key) as { search: string; page: number };
      return client.withCallCounter(counter).listInstitutions(search, page);
    });
  }

  read(code: string, counter: CallCounter | null = null): MaybePromise<MxInstitution> {
    return this.#institutions.get(code, counter);
  }

  /** The fields that the institution asks an end user for. */
  credentials(code: string, counter: CallCounter | null = null): MaybePromise<readonly MxCredential[]> {
    return this.#credentials.get(code, counter);
  }

  /** An empty list without a total says nothing, except of an institution that may have moved to OAuth. */
  async #readCredentials(
    client: MxClient,
    code: string,
    counter: CallCounter | null,
  ): Promise<readonly MxCredential[]> {
    const { fields, total } = await client.listInstitutionCredentials(code);
    if (fields.length > 0 || total === 0 || (await this.read(code, counter)).supports_oauth) return fields;
    throw new MxError('malformed', { endpoint: 'GET /institutions/:code/credentials' });
  }

  /** One page, counted from 1, of the institutions whose name contains the search string. */
  page(search: string, page: number, counter: CallCounter | null = null): MaybePromise<MxInstitutionPage> {
    return this.#pages.get(JSON.stringify({ search: search.trim().toLowerCase(), page }), counter);
  }
}

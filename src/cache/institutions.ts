import { LRUCache } from 'lru-cache';

import type { MxClient } from '../mx/client.js';
import { isMxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxCredential, MxInstitution, MxInstitutionPage } from '../mx/types.js';

/** At once where nothing needs to be asked, which spares a turn of the event loop per field. */
export type MaybePromise<T> = T | Promise<T>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_INSTITUTIONS = 5_000;
const MAX_PAGES = 500;

/** The values of one kind; each fetch is told for whom its calls are counted. */
type DayCache<V extends object> = LRUCache<string, V, CallCounter | null>;

function createDayCache<V extends object>(
  max: number,
  read: (key: string, count: CallCounter | null) => Promise<V>,
): DayCache<V> {
  return new LRUCache<string, V, CallCounter | null>({
    max,
    ttl: DAY_MS,
    // Else the cache looks at the clock, and sets a timer, at each millisecond in which it is asked.
    ttlResolution: SECOND_MS,
    // lru-cache's own way to serve what is stale swallows the error where nothing is.
    fetchMethod: (key, known, { options, context }) =>
      read(key, context).catch((error: unknown) => {
        if (known === undefined || isMxError(error, 'not_found')) throw error;
        options.ttl = MINUTE_MS;
        return known;
      }),
    noDeleteOnStaleGet: true,
  });
}

function readThrough<V extends object>(
  cache: DayCache<V>,
  key: string,
  context: CallCounter | null,
): MaybePromise<V> {
  return cache.get(key) ?? cache.forceFetch(key, { context });
}

/** What MX says of institutions, which is nobody's own: asked once a day, and at once when it is known. */
export class InstitutionCache {
  readonly #institutions: DayCache<MxInstitution>;
  readonly #credentials: DayCache<readonly MxCredential[]>;
  readonly #pages: DayCache<MxInstitutionPage>;

  constructor(client: MxClient) {
    this.#institutions = createDayCache(MAX_INSTITUTIONS, (code, count) =>
      client.countedFor(count).readInstitution(code),
    );
    this.#credentials = createDayCache<readonly MxCredential[]>(MAX_INSTITUTIONS, (code, count) =>
      client.countedFor(count).listInstitutionCredentials(code),
    );
    this.#pages = createDayCache(MAX_PAGES, (key, count) => {
      const { search, page } = JSON.parse(key) as { search: string; page: number };
      return client.countedFor(count).listInstitutions(search, page);
    });
  }

  read(code: string, count: CallCounter | null = null): MaybePromise<MxInstitution> {
    return readThrough(this.#institutions, code, count);
  }

  credentials(code: string, count: CallCounter | null = null): MaybePromise<readonly MxCredential[]> {
    return readThrough(this.#credentials, code, count);
  }

  /** One page, from 1, of the institutions whose name has the words in it. */
  page(search: string, page: number, count: CallCounter | null = null): MaybePromise<MxInstitutionPage> {
    const words = search.trim().toLowerCase();
    return readThrough(this.#pages, JSON.stringify({ search: words, page }), count);
  }
}

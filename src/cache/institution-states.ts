import { LRUCache } from 'lru-cache';

import { steadyNow } from '../clock.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxInstitution, MxInstitutionPage } from '../mx/types.js';
import { reasonOfBlock } from '../status/can-connect.js';
import type { CannotConnectReason, InstitutionState } from '../status/can-connect.js';
import { Cache } from './cache.js';
import type { MaybePromise } from './cache.js';
import { decodeJson, toJson } from './json-codec.js';

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

/** A state is at most as old as these together: it is kept for one, and taken from what was read within the other. */
const TTL_MS = 2 * MINUTE_MS;
const RECENT_MS = 3 * MINUTE_MS;
/** How long a refusal of MX counts. */
const REFUSAL_TTL_MS = 5 * MINUTE_MS;

/** A create that MX has refused. */
interface Refusal {
  readonly reason: CannotConnectReason;
  /** On the steady clock. */
  readonly until: number;
}

/** Reads by the key of a cache. */
interface Source<V extends object> {
  readonly cache: Cache<V>;
  readonly read: (key: string, counter: CallCounter | null) => Promise<V>;
}

interface StatesOptions {
  readonly institutions: Source<MxInstitution>;
  readonly pages: Source<MxInstitutionPage>;
  /** How long a failed read is not repeated, in milliseconds. */
  readonly errorTtlMs: (error: unknown) => number;
}

type PageStates = Readonly<Record<string, InstitutionState>>;

function stateOf({ status, is_disabled_by_client, is_hidden }: MxInstitution): InstitutionState {
  return { status, is_disabled_by_client, is_hidden };
}

/** The value of the day's cache if it was read a moment ago, so that a query for names and states costs one call. */
function recentOf<V extends object>({ cache }: Source<V>, key: string): V | null {
  const entry = cache.peekEntry(key);
  return entry && steadyNow() < entry.startedAt + RECENT_MS ? decodeJson<V>(key, entry.bytes) : null;
}

function createStateCache<S extends object, V extends object>(
  source: Source<V>,
  toState: (value: V) => S,
  errorTtlMs: StatesOptions['errorTtlMs'],
): Cache<S> {
  return new Cache<S>({
    read: async (key, { counter }) =>
      toJson(toState(recentOf(source, key) ?? (await source.read(key, counter)))),
    decode: decodeJson,
    ttlMs: TTL_MS,
    staleIfErrorMs: 0,
    canServeStale: () => false,
    errorTtlMs,
    maxBytes: 2 * MIB,
    maxDecoded: 200,
  });
}

/**
 * The states of institutions, at most 5 minutes old, while names and logos are kept for a day. The states of a list are
 * read with its page, in one call. What MX has refused is known to this instance only.
 */
export class InstitutionStates {
  readonly #institutions: Cache<InstitutionState>;
  readonly #pages: Cache<PageStates>;
  readonly #refusals = new LRUCache<string, Refusal>({ max: 1_000 });

  constructor({ institutions, pages, errorTtlMs }: StatesOptions) {
    this.#institutions = createStateCache(institutions, stateOf, errorTtlMs);
    this.#pages = createStateCache(
      pages,
      ({ rows }): PageStates =>
        Object.fromEntries(rows.map(({ institution }) => [institution.code, stateOf(institution)])),
      errorTtlMs,
    );
  }

  read(code: string, counter: CallCounter | null = null): MaybePromise<InstitutionState> {
    return this.#institutions.get(code, counter);
  }

  /** The state of an institution that was listed on a page. If the page has changed, the institution is read itself. */
  async readOnPage(
    pageKey: string,
    code: string,
    counter: CallCounter | null = null,
  ): Promise<InstitutionState> {
    const states = await this.#pages.get(pageKey, counter);
    return Object.hasOwn(states, code) && states[code] ? states[code] : this.read(code, counter);
  }

  /** Takes note of how MX answered a create: with the type of an error, or undefined if it created the member. */
  noteCreate(code: string, errorType: string | undefined): void {
    const reason = reasonOfBlock(errorType);
    const key = code.toLowerCase();
    if (reason) this.#refusals.set(key, { reason, until: steadyNow() + REFUSAL_TTL_MS });
    else if (errorType === undefined) this.#refusals.delete(key);
  }

  /** Why MX has refused the latest create at the institution within the last 5 minutes; null if it has not. */
  refusal(code: string): CannotConnectReason | null {
    const refusal = this.#refusals.get(code.toLowerCase());
    return refusal && steadyNow() < refusal.until ? refusal.reason : null;
  }
}

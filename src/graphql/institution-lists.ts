import type { MaybePromise } from '../cache/cache.js';
import { pageKey } from '../cache/institutions.js';
import type { InstitutionCache, InstitutionList } from '../cache/institutions.js';
import { INSTITUTIONS_PER_PAGE } from '../mx/institution-list.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxInstitution, MxInstitutionPage } from '../mx/types.js';
import { reasonOfState } from '../status/can-connect.js';
import type { CannotConnectReason, InstitutionState } from '../status/can-connect.js';

/** A part of a list of institutions. `length` is at most `INSTITUTIONS_PER_PAGE`. */
export interface Slice {
  readonly start: number;
  readonly length: number;
}

/** Reads `length` rows from index `start` on. They are on at most two of MX's pages. */
async function readRows(
  readPage: (page: number) => MaybePromise<MxInstitutionPage>,
  { start, length }: Slice,
): Promise<MxInstitutionPage> {
  const first = Math.floor(start / INSTITUTIONS_PER_PAGE) + 1;
  const { rows, total } = await readPage(first);
  const slice = rows.filter(({ index }) => index >= start).slice(0, length);
  if (slice.length === length || total <= first * INSTITUTIONS_PER_PAGE) return { rows: slice, total };
  const next = await readPage(first + 1);
  return { rows: [...slice, ...next.rows.slice(0, length - slice.length)], total };
}

/** The lists of institutions that one operation reads, and the states of institutions. They belong to no user. */
export class InstitutionLists {
  readonly #cache: InstitutionCache;
  readonly #counter: CallCounter | null;
  readonly #pages = new Map<string, MaybePromise<MxInstitutionPage>>();
  /** The pages that were read. The state of an institution is read with those of its page. */
  readonly #read: { readonly key: string; readonly rows: MxInstitutionPage['rows'] }[] = [];

  constructor(cache: InstitutionCache, counter: CallCounter | null) {
    this.#cache = cache;
    this.#counter = counter;
  }

  /** A part of a list. */
  slice(list: InstitutionList, slice: Slice): Promise<MxInstitutionPage> {
    return readRows((page) => this.#page(pageKey(list, page)), slice);
  }

  /** The state of an institution, which is minutes old at most. */
  state(institution: MxInstitution): MaybePromise<InstitutionState> {
    const { states } = this.#cache;
    const page = this.#read.find(({ rows }) => rows.some((row) => row.institution === institution));
    return page
      ? states.readOnPage(page.key, institution.code, this.#counter)
      : states.read(institution.code, this.#counter);
  }

  /** Why no member can currently be created at the institution; null if one can be. */
  async cannotConnectReason(institution: MxInstitution): Promise<CannotConnectReason | null> {
    const refusal = this.#cache.states.refusal(institution.code);
    const state = Promise.resolve(this.state(institution)).then(reasonOfState);
    // What MX has just said is known, whether or not it says more now.
    return refusal ? ((await state.catch(() => null)) ?? refusal) : state;
  }

  async #page(key: string): Promise<MxInstitutionPage> {
    const found = this.#pages.get(key) ?? this.#cache.page(key, this.#counter);
    this.#pages.set(key, found);
    const page = await found;
    this.#read.push({ key, rows: page.rows });
    return page;
  }
}

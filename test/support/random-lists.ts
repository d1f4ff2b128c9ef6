import type { Random } from '../unit/graphql/parity/random.js';

/** One list as an upstream serves it: the bodies of its pages. */
export type ListPlan = readonly unknown[];

interface Row {
  readonly guid?: string;
  readonly user_guid?: string;
  readonly connection_status?: string;
}

const STATUSES = ['CONNECTED', 'DENIED', 'LOCKED', 'CHALLENGED'] as const;

/** The members that a user really has at MX, which change at random. */
export class RandomUser {
  readonly #random: Random;
  readonly #statuses = new Map<string, string>();
  #created = 0;

  constructor(
    random: Random,
    readonly guid: string,
  ) {
    this.#random = random;
    for (let count = random.below(8); count > 0; count -= 1) this.#create();
  }

  change(): void {
    const random = this.#random;
    const guids = [...this.#statuses.keys()];
    if (guids.length > 0 && random.chance(0.2)) this.#statuses.delete(random.pick(guids));
    if (random.chance(0.2)) this.#create();
    if (guids.length > 0) this.#statuses.set(random.pick(guids), random.pick(STATUSES));
  }

  /** A list that tells the truth, or one that is wrong in some way. */
  plan(): ListPlan {
    const random = this.#random;
    const rows = [...this.#statuses].map(([guid, connection_status]) =>
      this.#row({ guid, connection_status }),
    );
    if (random.chance(0.5)) return this.#pages(rows, rows.length);
    if (random.chance(0.15)) return [random.pick(NO_LISTS)];
    const wrong = this.#distort(rows);
    const total = random.pick([rows.length, wrong.length, rows.length + 1, Math.max(0, wrong.length - 1)]);
    const pages = this.#pages(wrong, total);
    return random.chance(0.2) ? this.#withOtherTotals(pages) : pages;
  }

  #create(): void {
    this.#created += 1;
    this.#statuses.set(`MBR-${this.guid}-${this.#created}`, this.#random.pick(STATUSES));
  }

  #row(fields: Row): Row {
    return { user_guid: this.guid, ...fields };
  }

  /** Leaves rows out, sends some twice, and adds rows of others and rows without a guid. */
  #distort(rows: readonly Row[]): Row[] {
    const random = this.#random;
    const wrong = rows.filter(() => random.chance(0.8));
    if (wrong.length > 0 && random.chance(0.3)) wrong.push(random.pick(wrong));
    if (random.chance(0.3)) wrong.push({ guid: `MBR-foreign-${random.below(5)}`, user_guid: 'USR-other' });
    if (random.chance(0.2)) wrong.push({ user_guid: this.guid });
    return random.shuffle(wrong);
  }

  #pages(rows: readonly Row[], total: number): unknown[] {
    const size = this.#random.pick([1, 2, 3, 5, 100]);
    const count = Math.max(1, Math.ceil(rows.length / size));
    const total_pages = this.#random.pick([count, count, count, 1, count + 3]);
    return Array.from({ length: count }, (_, page) => ({
      members: rows.slice(page * size, (page + 1) * size),
      pagination: { current_page: page + 1, per_page: size, total_entries: total, total_pages },
    }));
  }

  #withOtherTotals(pages: readonly unknown[]): unknown[] {
    return pages.map((page) => ({
      ...(page as object),
      pagination: this.#random.pick([{ total_entries: this.#random.below(8) }, {}, null]),
    }));
  }
}

const NO_LISTS: readonly unknown[] = [
  {},
  { members: null, pagination: { total_entries: 0 } },
  { members: 'none' },
  { members: [], pagination: { total_entries: 3 } },
  { members: [{ name: 'x' }], pagination: { total_entries: 1 } },
];

/** What one list said, as it must be understood. */
export interface ListSaid {
  /** Status by guid of the rows that belong to the user. */
  readonly rows: ReadonlyMap<string, string>;
  readonly isWhole: boolean;
  /** True if it says that there are more members than it lists. */
  readonly isShort: boolean;
}

/** Understands the pages of a list that were served; null if they are no list. */
export function understand(pages: readonly unknown[], userGuid: string): ListSaid | null {
  const rows = new Map<string, string>();
  const totals = new Set<unknown>();
  let [foreign, unreadable] = [0, 0];
  for (const body of pages) {
    const { members, pagination } = body as {
      members?: unknown;
      pagination?: { total_entries?: number } | null;
    };
    if (!Array.isArray(members)) return null;
    totals.add(pagination?.total_entries);
    for (const row of members as Row[]) {
      if (row.guid === undefined) unreadable += 1;
      else if (row.user_guid === userGuid) rows.set(row.guid, row.connection_status ?? '');
      else foreign += 1;
    }
  }
  const [total] = totals;
  const isSteady = totals.size === 1;
  if (rows.size + foreign === 0 && typeof total === 'number' && total > 0) return null;
  return {
    rows,
    isWhole: isSteady && foreign + unreadable === 0 && rows.size === total,
    isShort: !isSteady || (typeof total === 'number' && rows.size < total),
  };
}

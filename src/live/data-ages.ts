import { freshnessOf, nextFreshnessChange } from '../status/freshness.js';
import type { FreshnessLimits } from '../status/freshness.js';
import type { UserRecord } from '../status/change.js';
import type { DataAge } from '../status/observation.js';
import { isOlder } from '../status/member-state.js';

/** How old the data of a user's members is by the clock, compared with what was observed last. */
export interface DataAges {
  /** By member guid, of the members whose data has become late or stale since. */
  readonly changed: ReadonlyMap<string, DataAge>;
  /** When the next will, in milliseconds since 1970. `Infinity` if none will without new data. */
  readonly nextAt: number;
}

/** Compares a user's record with the clock: MX is not read. `now` is of the wall clock, in milliseconds since 1970. */
export function compareAges(record: UserRecord | null, now: number, limits: FreshnessLimits): DataAges {
  const changed = new Map<string, DataAge>();
  let nextAt = Infinity;
  for (const [guid, { dataAt, freshness: known }] of Object.entries(record?.members ?? {})) {
    if (dataAt === undefined || known === undefined) continue;
    const freshness = freshnessOf(dataAt, now, limits);
    if (isOlder(freshness, known)) changed.set(guid, { dataAt, freshness });
    nextAt = Math.min(nextAt, nextFreshnessChange(dataAt, freshness, limits));
  }
  return { changed, nextAt };
}

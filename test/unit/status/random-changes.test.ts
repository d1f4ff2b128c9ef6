import { describe, expect, it } from 'vitest';

import { detectChanges } from '../../../src/status/change.js';
import type { UserRecord } from '../../../src/status/change.js';
import type { Observation } from '../../../src/status/observation.js';
import type { MemberState } from '../../../src/status/member-state.js';
import { createRandom } from '../../support/random.js';

const AGES = ['FRESH', 'LATE', 'STALE'] as const;
const WEIGHTS = 'DELETED STATUS CHALLENGE ERROR DATA JOB FRESHNESS'.split(' ');

/** What is known of a member, as the rules say it, in a form of its own. */
interface Known {
  readonly word: string;
  readonly job: boolean;
  readonly wanted: boolean;
  readonly code: string | null;
  readonly data: number;
  readonly age: number;
  /** When newer data was observed last; null if it never was: then the time of the data stands for it. */
  readonly newAt: number | null;
}

/** What the next observation shows of the member: also lists that lag, clocks that differ, and times that are missing. */
function showNext(random: () => number, { word, job, wanted, code, data, age, newAt }: Known): Known {
  const oneIn = (n: number) => random() * n < 1;
  const time = oneIn(3) ? data + Math.ceil(random() * 9) : oneIn(4) ? data - Math.ceil(random() * 9) : data;
  return {
    word: oneIn(5) ? (['CONNECTED', 'DENIED', 'FAILED'][Math.floor(random() * 3)] ?? '') : word,
    job: oneIn(4) ? !job : job,
    wanted: oneIn(6) ? !wanted : wanted,
    code: oneIn(5) ? ([null, '2005', '9999'][Math.floor(random() * 3)] ?? null) : code,
    data: oneIn(8) ? -1 : Math.max(0, time),
    age: oneIn(2) ? Math.floor(random() * 3) : age,
    newAt,
  };
}

/** The state as a read gives it; a time of -1 is none. */
const toState = ({ word, job, wanted, code, data, age }: Known): MemberState => ({
  status: word,
  isBeingAggregated: job,
  isOauth: false,
  needsUpdatedCredentials: wanted,
  ...(code !== null && { errorCode: code }),
  ...(data >= 0 ? { dataAt: data, freshness: AGES[age] ?? 'FRESH' } : { freshness: 'NEVER' as const }),
});

/** The kinds that the rules ask for, and what is known afterwards. */
function expectNext(
  known: Known,
  shown: Known,
  now: number,
): { readonly kinds: readonly string[]; readonly known: Known } {
  const isNews = shown.data > known.data;
  const mayLag = now - (known.newAt ?? known.data) <= 10_000;
  const isSetBack = shown.data >= 0 && shown.data < known.data && !mayLag;
  const isBehind = shown.data < known.data && !isSetBack;
  const age = isNews || isSetBack ? shown.age : isBehind ? known.age : Math.max(known.age, shown.age);
  const differs = new Set<string>();
  if (known.word !== shown.word) differs.add('STATUS');
  if (known.job !== shown.job) differs.add('JOB');
  if (known.code !== shown.code || known.wanted !== shown.wanted) differs.add('ERROR');
  if (isNews) differs.add('DATA');
  // Without any data, the age is that there is none.
  if (isNews && known.data < 0) differs.add('FRESHNESS');
  else if (Math.max(known.data, shown.data) >= 0 && age !== known.age) differs.add('FRESHNESS');
  const data = isSetBack ? shown.data : Math.max(known.data, shown.data);
  const newAt = isNews ? now : known.newAt;
  return { kinds: WEIGHTS.filter((kind) => differs.has(kind)), known: { ...shown, data, age, newAt } };
}

const observe = (states: Observation['states'], observedAt: number): Observation => ({
  ...{ cause: 'POLL', observedAt, states, coverage: 'SOME' },
});

describe('random observations of a member', () => {
  const first = Number(process.env['SEED'] ?? 1);
  it.each(Array.from({ length: 20 }, (_, at) => first + at))(
    'are the changes of the rules (seed %d)',
    (seed) => {
      const random = createRandom(seed);
      let known: Known = {
        word: 'CONNECTED',
        job: false,
        wanted: false,
        code: null,
        data: seed % 2 ? -1 : 5,
        age: 0,
        newAt: null,
      };
      let record: UserRecord | null = null;
      for (let at = 1; at <= 120; at += 1) {
        const shown = at === 1 ? known : showNext(random, known);
        const now = at * 2_500;
        const wanted = at === 1 ? { kinds: [], known } : expectNext(known, shown, now);
        const swap = detectChanges(record, observe(new Map([['a', toState(shown)]]), now));
        expect([at, swap.changes.map(({ kinds }) => kinds)]).toEqual([
          at,
          wanted.kinds.length > 0 ? [wanted.kinds] : [],
        ]);
        // The same again is no change.
        expect(detectChanges(swap.record, observe(new Map([['a', toState(shown)]]), now)).changes).toEqual(
          [],
        );
        ({ record } = swap);
        ({ known } = wanted);
      }
    },
  );
});

import { INSTITUTIONS, userDigits } from '../fixture.js';
import { mxInstitution, mxMember } from '../mx-objects.js';
import { monotonicMs } from './clock.js';

/** How a member stands at the stub. */
interface State {
  status: string;
  isBeingAggregated: boolean;
  aggregatedAt: string;
}

/** A change of a member that has happened at the stub. */
export interface Happening {
  readonly user: number;
  readonly member: number;
  readonly status: string;
  readonly isBeingAggregated: boolean;
  readonly at: number;
  /** True where the API itself brought it about, so that nobody has to look for it. */
  readonly isAnnounced: boolean;
}

export interface WorldOptions {
  readonly membersPerUser: number;
  /** Every look at a user finds its first member changed. */
  readonly isRestless: boolean;
}

const pagination = { current_page: 1, per_page: 25, total_entries: 1, total_pages: 1 };
/** So much of a job is spent before the institution has let MX in. */
const PART_BEFORE_LET_IN = 0.4;

const other = (status: string): string => (status === 'CONNECTED' ? 'DENIED' : 'CONNECTED');

/** MX's members, as they change. */
export class World {
  readonly #options: WorldOptions;
  readonly #users = new Map<number, State[]>();
  readonly #jobMs = new Map<string, number>();
  #happenings: Happening[] = [];

  constructor(options: WorldOptions) {
    this.#options = options;
  }

  members(user: number): string {
    const states = this.#statesOf(user);
    const [first] = states;
    if (this.#options.isRestless && first) first.status = other(first.status);
    return JSON.stringify({ members: states.map((state, at) => memberOf(user, at, state)), pagination });
  }

  member(user: number, member: number): string | undefined {
    const state = this.#statesOf(user)[member];
    return state && JSON.stringify({ member: memberOf(user, member, state) });
  }

  /** Without a code it is the first page of all, which the product asks for to learn whether MX is there. */
  institution(code: string): string | undefined {
    if (code === '') return JSON.stringify({ institutions: INSTITUTIONS.map(mxInstitution), pagination });
    const row = INSTITUTIONS.find((one) => one.code === code);
    return row && JSON.stringify({ institution: mxInstitution(row) });
  }

  /** Sets how long the jobs of a member take from now on. */
  planJob(user: number, member: number, ms: number): void {
    this.#jobMs.set(`${user}/${member}`, ms);
  }

  /** A job: it runs, the institution lets MX in, and it ends with the other outcome than the last one. */
  aggregate(user: number, member: number): string | undefined {
    const state = this.#statesOf(user)[member];
    if (state && !state.isBeingAggregated) {
      const ms = this.#jobMs.get(`${user}/${member}`) ?? 10_000;
      const outcome = other(state.status);
      const change = (to: Partial<State>, isAnnounced: boolean): void => {
        Object.assign(state, to);
        const { status, isBeingAggregated } = state;
        this.#happenings.push({ user, member, status, isBeingAggregated, at: monotonicMs(), isAnnounced });
      };
      change({ isBeingAggregated: true }, true);
      setTimeout(() => change({ status: 'UPDATED' }, false), ms * PART_BEFORE_LET_IN);
      setTimeout(() => {
        change({ status: outcome, isBeingAggregated: false, aggregatedAt: new Date().toISOString() }, false);
      }, ms);
    }
    return this.member(user, member);
  }

  takeHappenings(): Happening[] {
    const taken = this.#happenings;
    this.#happenings = [];
    return taken;
  }

  #statesOf(user: number): State[] {
    const known = this.#users.get(user);
    if (known) return known;
    const aggregatedAt = '2026-01-12T18:07:57.000Z';
    const states = Array.from({ length: this.#options.membersPerUser }, () => ({
      ...{ status: 'CONNECTED', isBeingAggregated: false, aggregatedAt },
    }));
    this.#users.set(user, states);
    return states;
  }
}

function memberOf(user: number, member: number, { status, isBeingAggregated, aggregatedAt }: State): unknown {
  return {
    ...mxMember(userDigits(user), member),
    connection_status: status,
    connection_status_message: status,
    is_being_aggregated: isBeingAggregated,
    aggregated_at: aggregatedAt,
  };
}

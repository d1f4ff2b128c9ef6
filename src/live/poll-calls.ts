import type { PollBudget } from '../backplane/poll-budget.js';
import type { CallCounter } from '../mx/transport.js';

/** The requests to MX that one poll makes, all of which are taken from the poll budget. */
export class PollCalls implements CallCounter {
  readonly #budget: PollBudget;
  /** Number of requests taken from the budget so far. */
  #taken: number;
  calls = 0;

  /** @param taken number of requests that were taken from the budget for this poll beforehand */
  constructor(budget: PollBudget, taken: number) {
    this.#budget = budget;
    this.#taken = taken;
  }

  /** Takes one more request from the budget. Resolves to false if none is left, or if the budget is unavailable. */
  readonly mayRetry = async (): Promise<boolean> => {
    const isTaken = await this.#budget.take().catch(() => false);
    if (isTaken) this.#taken += 1;
    return isTaken;
  };

  /** Settles the account at the end of the poll: charges the requests that were not taken, or gives unused ones back. */
  async settle(): Promise<void> {
    const difference = this.calls - this.#taken;
    if (difference !== 0) await this.#budget.charge(difference).catch(() => undefined);
  }
}

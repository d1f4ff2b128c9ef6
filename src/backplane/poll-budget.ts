import { steadyNow } from '../clock.js';

/** Limits the number of requests to MX per second that polls make, to leave capacity for operations. */
export interface PollBudget {
  /** Takes one request from the budget of the current second. Resolves to false if none is left. */
  take(): Promise<boolean>;
  /**
   * Charges requests that were made without being taken, such as those for further pages of a list. What exceeds the
   * budget of the current second is taken from the next ones. A negative number gives back what was not used.
   */
  charge(requests: number): Promise<void>;
}

/** In-memory poll budget, for a single instance. */
export class MemoryPollBudget implements PollBudget {
  readonly #perSecond: number;
  #second = 0;
  #taken = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  take(): Promise<boolean> {
    this.#renew();
    if (this.#taken >= this.#perSecond) return Promise.resolve(false);
    this.#taken += 1;
    return Promise.resolve(true);
  }

  charge(requests: number): Promise<void> {
    this.#renew();
    this.#taken = Math.max(0, this.#taken + requests);
    return Promise.resolve();
  }

  #renew(): void {
    const second = Math.floor(steadyNow() / 1_000);
    this.#taken = Math.max(0, this.#taken - this.#perSecond * (second - this.#second));
    this.#second = second;
  }
}

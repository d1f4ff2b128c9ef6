/** Limits the number of polls per second, to leave capacity for operations. */
export interface PollBudget {
  /** Takes one poll from the budget of the current second. Resolves to false if none is left. */
  take(): Promise<boolean>;
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
    const second = Math.floor(Date.now() / 1_000);
    if (second !== this.#second) [this.#second, this.#taken] = [second, 0];
    if (this.#taken >= this.#perSecond) return Promise.resolve(false);
    this.#taken += 1;
    return Promise.resolve(true);
  }
}

/** How many reads of MX may be spent on watching. */
export interface PollBudget {
  /** Takes leave for one read in the present second; false when the second has none left. */
  take(): Promise<boolean>;
}

/** The budget of a process that is alone. */
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

import type { StatusStore } from '../backplane/store.js';
import type { StatusChange } from '../status/change.js';
import type { Observation } from '../status/observation.js';

/** Options of `SwapQueue`. */
export interface SwapQueueOptions {
  readonly store: StatusStore;
  /** Called when an observation could not be stored. */
  readonly onError: (error: unknown) => void;
  /** Called with changes that this instance detected first. */
  readonly onChanges: (changes: readonly StatusChange[]) => void;
}

/** Stores observations, those of one user one after another: two at once would only conflict and retry. */
export class SwapQueue {
  readonly #options: SwapQueueOptions;
  /** The last swap by user, until it has ended. */
  readonly #swaps = new Map<string, Promise<void>>();

  constructor(options: SwapQueueOptions) {
    this.#options = options;
  }

  /** Stores an observation after the earlier ones of the user. Rejects if that fails; `onError` is called as well. */
  swap(userGuid: string, observation: Observation): Promise<void> {
    const { store, onError, onChanges } = this.#options;
    const previous = this.#swaps.get(userGuid);
    const swap = async () => {
      await previous?.catch(() => undefined);
      const changes = await store.swap(userGuid, observation);
      if (changes.length > 0) onChanges(changes);
    };
    const current = swap();
    this.#swaps.set(userGuid, current);
    current.catch(onError).finally(() => {
      if (this.#swaps.get(userGuid) === current) this.#swaps.delete(userGuid);
    });
    return current;
  }

  /** Resolves once all observations of the user are stored. Rejects if the last one could not be. */
  async settled(userGuid: string): Promise<void> {
    await this.#swaps.get(userGuid);
  }
}

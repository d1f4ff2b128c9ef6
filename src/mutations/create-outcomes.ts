import { LRUCache } from 'lru-cache';

import type { MxCreation } from '../mx/creation.js';
import type { MxFailedProduct, MxProduct } from '../mx/products.js';
import type { ObservedMember } from '../status/observed-member.js';

/** What MX's answer to a create tells beside the member. */
export interface CreateOutcome {
  readonly jobStarted: boolean;
  readonly failedProducts: readonly MxFailedProduct[];
}

/** How long a repetition of a create is answered as the create was, in milliseconds. */
const TTL_MS = 3_600_000;

/** What is told of a create that failed. */
export const NOTHING_CREATED: CreateOutcome = { jobStarted: false, failedProducts: [] };

export const toOutcome = ({ isJobStarted, failedProducts }: MxCreation): CreateOutcome => ({
  jobStarted: isJobStarted,
  failedProducts,
});

/** What the member itself tells of its create, if MX's answer was lost, or another instance has received it. */
export function outcomeOf({ member }: ObservedMember, requested: readonly MxProduct[]): CreateOutcome {
  const { is_being_aggregated, aggregated_at, error } = member;
  const jobStarted = is_being_aggregated || aggregated_at !== null;
  if (jobStarted || !error || requested.length === 0) return { jobStarted, failedProducts: [] };
  const { error_code, user_message } = error;
  const product = requested.length === 1 ? (requested[0] ?? null) : null;
  return { jobStarted, failedProducts: [{ product, error_code, user_message }] };
}

/** The outcomes of recent creates, by the `id` of the attempt, so that a repetition gets the same answer. */
export class CreateOutcomes {
  readonly #outcomes = new LRUCache<string, Promise<CreateOutcome | null>>({ max: 1_000, ttl: TTL_MS });

  /** Takes note of a create that was sent. A repetition while it is in flight waits for its outcome. */
  note(id: string, creation: Promise<MxCreation>): void {
    if (this.#outcomes.has(id)) return;
    const outcome = creation.then(toOutcome, () => {
      if (this.#outcomes.peek(id) === outcome) this.#outcomes.delete(id);
      return null;
    });
    this.#outcomes.set(id, outcome);
  }

  /** The outcome of an earlier create; null if this instance does not know it. */
  async of(id: string): Promise<CreateOutcome | null> {
    return (await this.#outcomes.get(id)) ?? null;
  }
}

import type { Viewer } from '../auth.js';

/** Counts what each viewer has open, over all connections of one instance. */
export class ViewerLimit {
  readonly #max: number;
  readonly #taken = new Map<string, number>();

  /** @param max how many one viewer may have open at a time */
  constructor(max: number) {
    this.#max = max;
  }

  /** Returns false if the viewer has reached the limit. */
  acquire({ id }: Viewer): boolean {
    const taken = this.#taken.get(id) ?? 0;
    if (taken >= this.#max) return false;
    this.#taken.set(id, taken + 1);
    return true;
  }

  release({ id }: Viewer): void {
    const left = (this.#taken.get(id) ?? 0) - 1;
    if (left > 0) this.#taken.set(id, left);
    else this.#taken.delete(id);
  }
}

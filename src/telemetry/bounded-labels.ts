/** Stands for all that came too late to have a place. */
export const OTHER = 'other';

/** Keeps a label bounded: the first values keep their names, all later ones share one. */
export class BoundedLabels {
  readonly #max: number;
  readonly #known = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  of(value: string): string {
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#max) return OTHER;
    this.#known.add(value);
    return value;
  }
}

/** Replaces all values beyond the limit. */
export const OTHER = 'other';

/** Bounds the cardinality of a label: values beyond the limit share one name. */
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

const DEADLINE_MS = 5_000;

/** What a client has received and not read yet. */
export class Inbox<T> {
  readonly #items: T[] = [];
  #waiting: (() => void) | null = null;
  #end: string | null = null;

  push(item: T): void {
    this.#items.push(item);
    this.#waiting?.();
  }

  end(why: string): void {
    this.#end = why;
    this.#waiting?.();
  }

  get size(): number {
    return this.#items.length;
  }

  /** The next item; rejects if none arrives in time, or if the connection has ended. */
  async next(deadlineMs = DEADLINE_MS): Promise<T> {
    if (this.#items.length === 0 && this.#end === null) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
        timer = setTimeout(resolve, deadlineMs);
      });
      clearTimeout(timer);
    }
    const item = this.#items.shift();
    if (item !== undefined) return item;
    throw new Error(this.#end ?? `Nothing came for ${deadlineMs} ms.`);
  }
}

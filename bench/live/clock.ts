/** Milliseconds on the clock that all processes of a machine share. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/** Does one thing after another, each at its offset in milliseconds from now; late ones at once. Resolves to when it began. */
export function runSchedule(offsets: readonly number[], act: (index: number) => void): Promise<number> {
  const begunAt = monotonicMs();
  let next = 0;
  return new Promise((resolve) => {
    const step = (): void => {
      const elapsed = monotonicMs() - begunAt;
      for (; (offsets[next] ?? Infinity) <= elapsed; next += 1) act(next);
      const due = offsets[next];
      if (due === undefined) resolve(begunAt);
      else setTimeout(step, due - elapsed);
    };
    step();
  });
}

/** Offsets of things at a steady rate. */
export const steadily = (perSecond: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (index * 1_000) / perSecond);

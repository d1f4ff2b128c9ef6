/** Calls a function at an interval until the returned function is called. Does not keep the process alive. */
export function setUnrefInterval(ms: number, action: () => void): () => void {
  const timer = setInterval(action, ms).unref();
  return () => clearInterval(timer);
}

/** Resolves with the result of the work, or with the fallback after a timeout. Rejects if the work rejects in time. */
export async function withTimeout<T>(ms: number, work: Promise<T>, fallback: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, ms, fallback);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

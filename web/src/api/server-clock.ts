/** How far the server's clock is ahead of this machine's, in milliseconds. */
let aheadMs = 0;

/** Sets the clock by an answer. The clocks of end users are often minutes off, and ages are told by the server's. */
export function noteServerTime(response: Response): void {
  const told = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(told)) aheadMs = told - Date.now();
}

/** What time it is by the server's clock. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}

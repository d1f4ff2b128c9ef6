/** Offset of the server's clock from this device's clock, in milliseconds. */
let offsetMs = 0;

/**
 * Updates the offset from the `date` header of a response. Clocks of end users are often minutes off, so ages are
 * computed with the server's.
 */
export function syncServerClock(response: Response): void {
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(serverTime)) offsetMs = serverTime - Date.now();
}

/** The current time of the server's clock, in milliseconds since the epoch. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

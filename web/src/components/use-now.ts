import { useEffect, useState } from 'react';

import { serverNow } from '../api/server-clock.js';

const UPDATE_INTERVAL_MS = 30_000;

/** The current time of the server's clock, updated every 30 seconds: often enough for "5 minutes ago". */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), UPDATE_INTERVAL_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

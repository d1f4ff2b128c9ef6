import { useEffect, useState } from 'react';

import { serverNow } from '../api/server-clock.js';

const EVERY_MS = 30_000;

/** What time it is by the server's clock, anew twice a minute: enough for "5 minutes ago". */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

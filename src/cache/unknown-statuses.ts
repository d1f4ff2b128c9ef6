import { isUnknownStatus } from '../status/status.js';

/** An upstream that sends ever new statuses must not fill the log. */
const MAX_UNKNOWN_STATUSES = 100;

/** Creates a function that calls `report` once for each status that is not in the status table, 100 times at most. */
export function reportUnknownStatuses(report: (status: string) => void): (status: string | null) => void {
  const reported = new Set<string>();
  return (status) => {
    if (status === null || !isUnknownStatus(status) || reported.has(status)) return;
    if (reported.size >= MAX_UNKNOWN_STATUSES) return;
    reported.add(status);
    report(status);
  };
}

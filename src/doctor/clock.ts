import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { probe } from './probe.js';
import type { ProbeResult } from './probe.js';

const { ok, warn } = findingsOn('clock');

/** Maximum difference with which tokens are still accepted, in seconds. */
const TOLERANCE_MS = 5_000;
/** The header has a resolution of one second. */
const RESOLUTION_MS = 1_000;

/** Minimum offset of this clock from a response's `date`, positive if it is ahead. Null without the header. */
export function skewOf({
  date,
  sentAt,
  receivedAt,
}: Exclude<ProbeResult, { reason: string }>): number | null {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return null;
  const [ahead, behind] = [sentAt - (at + RESOLUTION_MS), at - receivedAt];
  return ahead > 0 ? ahead : behind > 0 ? -behind : 0;
}

export function diagnoseClock(skewMs: number): Finding {
  if (Math.abs(skewMs) <= TOLERANCE_MS) return ok("agrees with MX's clock");
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  return warn(
    `is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} MX's clock`,
    'Synchronize this machine with NTP: the expiry of tokens is checked against its clock.',
  );
}

/**
 * Compares this clock with MX's. Returns nothing if MX sends no time or is unreachable, which another check reports.
 */
export async function checkClock(mxUrl: string): Promise<Finding[]> {
  const result = await probe(new URL(mxUrl).origin, { method: 'HEAD' });
  const skewMs = 'reason' in result ? null : skewOf(result);
  return skewMs === null ? [] : [diagnoseClock(skewMs)];
}

import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { probe } from './probe.js';
import type { ProbeResult } from './probe.js';

const { ok, warn } = findingsOn('clock');

/** So far apart, tokens are still taken. */
const TOLERANCE_MS = 5_000;
/** The header has whole seconds only. */
const RESOLUTION_MS = 1_000;

/** How far this clock is from that of an answer, at least: positive when it is ahead. Null where it says no time. */
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

/** Compares this clock with MX's. Says nothing where MX tells no time, or cannot be reached, which is told elsewhere. */
export async function checkClock(mxUrl: string): Promise<Finding[]> {
  const reached = await probe(new URL(mxUrl).origin, { method: 'HEAD' });
  const skewMs = 'reason' in reached ? null : skewOf(reached);
  return skewMs === null ? [] : [diagnoseClock(skewMs)];
}

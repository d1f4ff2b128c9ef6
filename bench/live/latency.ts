import { decodeCursor } from '../../src/status/cursor.js';
import type { Detection } from './probe.js';
import type { Arrival } from './subscribers.js';

/** How long many of the same took, in milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function latencyOf(values: readonly number[]): Latency {
  const sorted = Float64Array.from(values).sort();
  const quantile = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { count: sorted.length, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) };
}

/** The number that a change has among those of its user, which both ends know it by. */
export function numberOf({ text }: Pick<Arrival, 'text'>): number {
  const cursor = /"cursor":"([^"]+)"/.exec(text)?.[1] ?? '';
  return decodeCursor(cursor)?.n ?? Number.NaN;
}

/** From each detection to the arrival of the same change; throws where one has not arrived. */
export function delaysOf(detections: readonly Detection[], arrivals: readonly Arrival[]): number[] {
  const keyOf = (user: number, n: number): string => `${user}/${n}`;
  const arrivedAt = new Map(arrivals.map((arrival) => [keyOf(arrival.user, numberOf(arrival)), arrival.at]));
  const delays = detections.map(({ user, n, at }) => (arrivedAt.get(keyOf(user, n)) ?? Number.NaN) - at);
  const lost = delays.filter(Number.isNaN).length;
  if (lost > 0) throw new Error(`${lost} of ${delays.length} changes have not arrived`);
  return delays;
}

import { z } from 'zod';

const duration = z.number().min(0).max(2_147_483_647);

export const settingsSchema = z.strictObject({
  jobMs: duration,
  challengeTtlMs: duration,
  pendingTtlMs: duration,
  throttleMs: z.number().min(0),
  readAfterWriteMs: duration,
  webhookRetryMs: duration,
  relink: z.boolean(),
  errorFormat: z.enum(['object', 'string', 'omit']),
});

export interface SandboxSettings {
  /** How long one job lasts from start to end. */
  jobMs: number;
  /** How long a challenge waits for its answer before the member is EXPIRED. */
  challengeTtlMs: number;
  /** How long a PENDING member lives. */
  pendingTtlMs: number;
  /** How long after a success an aggregation is silently not started. */
  throttleMs: number;
  /** How long a GET of a just-created member answers 404. */
  readAfterWriteMs: number;
  /** The wait before the first retry of a webhook; doubles, at most 12 retries. */
  webhookRetryMs: number;
  /** An approved OAuth sign-in is reported for the user's older OAuth member at the institution, if there is one. */
  relink: boolean;
  /** How a member's `error` is sent: MX's documents and its older contract disagree, its newest contract omits it. */
  errorFormat: 'object' | 'string' | 'omit';
}

const MINUTE = 60_000;

export const DEFAULT_SETTINGS: Readonly<SandboxSettings> = {
  jobMs: 2_000,
  challengeTtlMs: 5 * MINUTE,
  pendingTtlMs: 60 * MINUTE,
  throttleMs: 180 * MINUTE,
  readAfterWriteMs: 0,
  webhookRetryMs: 1_000,
  relink: false,
  errorFormat: 'object',
};

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
  /** Duration of one job in ms. Defaults to 2,000. */
  jobMs: number;
  /** How long a challenge can be answered, in ms. Then the member is EXPIRED. Defaults to 5 minutes. */
  challengeTtlMs: number;
  /** How long an unused PENDING member exists before it is deleted, in ms. Defaults to 1 hour. */
  pendingTtlMs: number;
  /** How long after a success an aggregation is accepted without starting a job, in ms. Defaults to 3 hours. */
  throttleMs: number;
  /** How long a GET of a newly created member responds with 404, in ms. Defaults to 0. */
  readAfterWriteMs: number;
  /** Delay before the first of 12 retries of a webhook, in ms. Doubles each time. Defaults to 1,000. */
  webhookRetryMs: number;
  /**
   * Whether an approved OAuth sign-in is reported for the user's older OAuth member at the institution,
   * if there is one. Defaults to false.
   */
  relink: boolean;
  /**
   * How a member's `error` is sent. MX's guides and its older OpenAPI document disagree, and the newest one
   * omits the field. Defaults to `object`.
   */
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

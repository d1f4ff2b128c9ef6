import { z } from 'zod';
import { PRODUCTS } from './model/institution-data.js';
import type { Product } from './model/institution-data.js';

const CONDITIONS = ['OPERATIONAL', 'MAINTENANCE', 'DEGRADED', 'UNAVAILABLE', 'DISABLED'] as const;

/** How an institution is: MX's status, or disabled by the client. */
export type InstitutionCondition = (typeof CONDITIONS)[number];

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
  institutions: z.record(z.string(), z.enum(CONDITIONS)),
  failingProducts: z.array(z.enum(PRODUCTS)),
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
  /** The condition of institutions by code. Those that are not in it are as usual. Defaults to none. */
  institutions: Readonly<Record<string, InstitutionCondition>>;
  /** Products that fail to start: a create that requests one responds with 201. Defaults to none. */
  failingProducts: readonly Product[];
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
  institutions: {},
  failingProducts: [],
};

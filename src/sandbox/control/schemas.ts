import { z } from 'zod';
import { CHALLENGE_KINDS } from '../model/challenges.js';
import { MxError } from '../errors.js';
import { findInstitution } from '../model/institutions.js';
import { EVENT_TYPES } from '../webhooks/events.js';

const institutionCode = z
  .string()
  .refine((code) => findInstitution(code) !== undefined, 'institution not found');

const timestamp = z.union([z.null(), z.iso.datetime({ offset: true })]);

/** The fields of a member that can be set. Omitted fields do not change. */
export const memberPatchSchema = z
  .strictObject({
    connection_status: z.string().min(1).nullable().optional(),
    /** Defaults to true for the status CHALLENGED, and to false for any other given status. */
    is_being_aggregated: z.boolean().optional(),
    connection_status_message: z.string().nullable().optional(),
    error: z.union([z.null(), z.string(), z.record(z.string(), z.unknown())]).optional(),
    aggregated_at: timestamp.optional(),
    successfully_aggregated_at: timestamp.optional(),
    needs_updated_credentials: z.boolean().optional(),
    is_authenticated: z.boolean().optional(),
    is_oauth: z.boolean().optional(),
    is_manual: z.boolean().optional(),
    name: z.string().optional(),
    institution_code: institutionCode.optional(),
    challenges: z.enum(CHALLENGE_KINDS).optional(),
    integerTypes: z.boolean().optional(),
  })
  .refine(
    ({ challenges, connection_status }) =>
      challenges === undefined || connection_status === undefined || connection_status === 'CHALLENGED',
    'challenges are only valid with the status CHALLENGED',
  );

export type MemberPatch = z.infer<typeof memberPatchSchema>;

export const bulkSchema = z.strictObject({
  count: z.int().min(1).max(100_000),
  membersPerUser: z.int().min(0).max(25).default(1),
  connection_status: z.string().min(1).default('CONNECTED'),
  institution_code: institutionCode.default('mxbank'),
});

export type Bulk = z.input<typeof bulkSchema>;

export const sendSchema = z.strictObject({
  memberGuid: z.string(),
  type: z.enum(EVENT_TYPES),
  /** Replaces fields of the event, to simulate a stale or malformed one. */
  overrides: z.record(z.string(), z.unknown()).optional(),
});

export type WebhookSend = z.infer<typeof sendSchema>;

/** Validates the input of a control method. The error lists everything that is invalid. */
export function controlInput<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${[name, ...path].join('.')}: ${message}`);
  throw new MxError(400, issues.join('; '));
}

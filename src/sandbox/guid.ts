import { createHash, randomUUID } from 'node:crypto';

import { z } from 'zod';

export type GuidPrefix = 'USR' | 'MBR' | 'INS' | 'CRD' | 'JOB' | 'CLT';

const RESERVED = /^(USR|MBR|INS|ACT|CRD|JOB|TRN)-/;

export function newGuid(prefix: GuidPrefix): string {
  return `${prefix}-${randomUUID()}`;
}

/** A guid that is the same in every run for the same seed, in the form of a version 4 UUID. */
export function seededGuid(prefix: GuidPrefix, seed: string): string {
  const hex = createHash('sha256').update(`${prefix}:${seed}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return `${prefix}-${parts.join('-')}-${hex.slice(20, 32)}`;
}

/** MX refuses ids of the partner's own that look like guids of MX. */
export function looksLikeGuid(id: string): boolean {
  return RESERVED.test(id);
}

/** An id of the partner's own. */
export const ownIdSchema = z
  .string()
  .min(1)
  .refine((id) => !looksLikeGuid(id), 'must not start like a guid of MX');

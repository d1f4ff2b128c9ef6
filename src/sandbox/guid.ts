import { createHash, randomUUID } from 'node:crypto';

import { z } from 'zod';

export type GuidPrefix = 'USR' | 'MBR' | 'INS' | 'CRD' | 'JOB' | 'CLT' | 'ACT';

const RESERVED = /^(USR|MBR|INS|ACT|CRD|JOB|TRN)-/;

export function newGuid(prefix: GuidPrefix): string {
  return `${prefix}-${randomUUID()}`;
}

/** A guid derived from a seed, so that it is the same in every run. It has the format of a version 4 UUID. */
export function seededGuid(prefix: GuidPrefix, seed: string): string {
  const hex = createHash('sha256').update(`${prefix}:${seed}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return `${prefix}-${parts.join('-')}-${hex.slice(20, 32)}`;
}

/** MX rejects a partner's id that looks like one of its own guids. */
export function looksLikeGuid(id: string): boolean {
  return RESERVED.test(id);
}

/** An id that the partner chose. */
export const partnerIdSchema = z
  .string()
  .min(1)
  .refine((id) => !looksLikeGuid(id), 'must not start like an MX guid');

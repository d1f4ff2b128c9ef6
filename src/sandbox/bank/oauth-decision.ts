import { z } from 'zod';
import { ERROR_REASONS } from './oauth.js';
import type { Decision } from './oauth.js';

export const decisionSchema = z.object({
  decision: z.enum(['approve', 'cancel', 'fail']),
  reason: z.enum(ERROR_REASONS).default('DENIED'),
});

export type DecisionInput = z.input<typeof decisionSchema>;

/** The decision behind a button of the sign-in page. */
export function toDecision(input: z.infer<typeof decisionSchema>): Decision {
  if (input.decision === 'approve') return { approve: true };
  return { approve: false, reason: input.decision === 'cancel' ? 'CANCELLED' : input.reason };
}

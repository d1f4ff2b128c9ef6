import { z } from 'zod';
import { EVENT_TYPES } from './events.js';

export const receiverSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  username: z.string().optional(),
  password: z.string().optional(),
  bearer: z.string().optional(),
  /** How many further copies of each event are sent. */
  duplicate: z.int().min(0).max(10).optional(),
  /** Sends events in pairs, the later one first. */
  reorder: z.boolean().optional(),
  /** How many events are lost before the first one gets through. */
  dropFirst: z.int().min(0).optional(),
  types: z.array(z.enum(EVENT_TYPES)).optional(),
});

/** Who receives webhooks, and what goes wrong on the way. */
export type Receiver = z.infer<typeof receiverSchema>;

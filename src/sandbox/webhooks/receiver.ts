import { z } from 'zod';
import { EVENT_TYPES } from './events.js';

export const receiverSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  username: z.string().optional(),
  password: z.string().optional(),
  bearer: z.string().optional(),
  /** Number of extra copies sent of each event. Defaults to 0. */
  duplicate: z.int().min(0).max(10).optional(),
  /** Whether events are sent in pairs, the later one first. Defaults to false. */
  reorder: z.boolean().optional(),
  /** Number of events that are dropped before the first one is sent. Defaults to 0. */
  dropFirst: z.int().min(0).optional(),
  /** Types of events to send. Defaults to all. */
  types: z.array(z.enum(EVENT_TYPES)).optional(),
});

/** The receiver of webhooks, and the delivery problems to simulate. */
export type Receiver = z.infer<typeof receiverSchema>;

import { z } from 'zod';

export const FAULT_KINDS = [
  'latency',
  'status',
  'reset',
  'reset_after',
  'truncate',
  'malformed',
  'hang',
] as const;

export const faultRulesSchema = z.array(
  z
    .strictObject({
      method: z.string().optional(),
      endpoint: z.string().optional(),
      kind: z.enum(FAULT_KINDS),
      ms: z.number().min(0).max(600_000).optional(),
      status: z.int().min(400).max(599).optional(),
      retryAfter: z.union([z.number(), z.string()]).optional(),
      body: z.unknown().optional(),
      times: z.int().min(1).optional(),
      probability: z.number().min(0).max(1).optional(),
      seed: z.int().optional(),
    })
    .refine((rule) => rule.kind !== 'latency' || rule.ms !== undefined, 'latency needs ms')
    .refine((rule) => rule.kind !== 'status' || rule.status !== undefined, 'a status fault needs a status'),
);

/** A fault to inject: which one, into which requests, and how often. */
export type FaultRule = z.infer<typeof faultRulesSchema>[number];

/** The faults to inject into one request: a delay, and at most one other fault. */
export interface FaultPlan {
  delayMs: number;
  fault: FaultRule | null;
}

export interface Faults {
  set(rules: readonly FaultRule[]): void;
  list(): FaultRule[];
  /** Returns the faults for a request. Null if no rules are set, the usual case. */
  plan(method: string, endpoint: string): FaultPlan | null;
}

interface ActiveRule {
  rule: FaultRule;
  left: number;
  random: () => number;
}

/** A generator of numbers in [0, 1). The same seed gives the same faults. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function applies({ rule, random }: ActiveRule, method: string, endpoint: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.endpoint !== undefined && rule.endpoint !== endpoint) return false;
  return rule.probability === undefined || random() < rule.probability;
}

/** Delays add up. Of the other rules, the first that applies wins. Only applied rules count towards `times`. */
export function createFaults(): Faults {
  let active: ActiveRule[] = [];
  return {
    set(rules) {
      active = rules.map((rule) => ({
        rule,
        left: rule.times ?? Infinity,
        random: seededRandom(rule.seed ?? 1),
      }));
    },
    list: () => active.map(({ rule, left }) => (Number.isFinite(left) ? { ...rule, times: left } : rule)),
    plan(method, endpoint) {
      if (active.length === 0) return null;
      const plan: FaultPlan = { delayMs: 0, fault: null };
      for (const one of active) {
        const taken = one.rule.kind !== 'latency' && plan.fault !== null;
        if (taken || !applies(one, method, endpoint)) continue;
        if (one.rule.kind !== 'latency') plan.fault = one.rule;
        plan.delayMs += one.rule.ms ?? 0;
        one.left -= 1;
      }
      active = active.filter(({ left }) => left > 0);
      return plan;
    },
  };
}

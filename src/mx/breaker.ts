import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';

import { steadyNow } from '../clock.js';
import { isMxError } from './errors.js';

const FAILURES_TO_OPEN = 10;
const BREAKER_OPEN_MS = 2_000;

const BREAKER_STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;

/** State of a circuit breaker, as metrics name it. */
export type BreakerState = (typeof BREAKER_STATES)[CircuitState];

/** True for a failure of MX. A request that was not sent says nothing about MX. */
function isFailureOfMx(error: Error): boolean {
  return isMxError(error, 'unavailable', 'timeout', 'network') && error.details.isUnsent !== true;
}

/** A circuit breaker, and until when it rejects requests. */
export interface Breaker {
  readonly policy: CircuitBreakerPolicy;
  /** On the steady clock; null while it is closed. */
  readonly openUntil: () => number | null;
}

/** Creates the circuit breaker, which rejects requests for 2 s after 10 failures in a row. */
export function createBreaker(): Breaker {
  const policy = circuitBreaker(handleWhen(isFailureOfMx), {
    halfOpenAfter: BREAKER_OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  let until = 0;
  policy.onBreak(() => {
    until = steadyNow() + BREAKER_OPEN_MS;
  });
  return { policy, openUntil: () => (policy.state === CircuitState.Closed ? null : until) };
}

/** Returns the state of a breaker. */
export function stateOfBreaker({ state }: CircuitBreakerPolicy): BreakerState {
  return BREAKER_STATES[state];
}

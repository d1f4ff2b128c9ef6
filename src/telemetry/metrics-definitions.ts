import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Cached reads take a few milliseconds, others at most the deadline of a call. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A page of 25 members needs one call, or six with an empty cache. */
const CALLS = [0, 1, 2, 3, 6, 12, 25];

function definer(register: Registry) {
  const of = (name: string, help: string) => ({ name: `mxgql_${name}`, help, registers: [register] });
  return {
    counter: <L extends string>(name: string, help: string, ...labelNames: L[]) =>
      new Counter({ ...of(name, help), labelNames }),
    gauge: <L extends string>(name: string, help: string, ...labelNames: L[]) =>
      new Gauge({ ...of(name, help), labelNames }),
    seconds: <L extends string>(name: string, help: string, ...labelNames: L[]) =>
      new Histogram({ ...of(name, help), labelNames, buckets: SECONDS }),
    calls: <L extends string>(name: string, help: string, ...labelNames: L[]) =>
      new Histogram({ ...of(name, help), labelNames, buckets: CALLS }),
  };
}
type Definer = ReturnType<typeof definer>;

function ofOperations({ counter, gauge, seconds, calls }: Definer) {
  const total = 'GraphQL operations by outcome: OK or the code of the first error.';
  return {
    operations: counter('operations_total', total, 'type', 'name', 'outcome'),
    operationSeconds: seconds('operation_duration_seconds', 'Duration of GraphQL operations.', 'type'),
    operationCalls: calls('operation_upstream_calls', 'MX requests per GraphQL operation.', 'type'),
    subscriptionEvents: counter('subscription_events_total', 'Events sent to subscribers.', 'transport'),
    subscriptions: gauge('subscriptions', 'Open subscriptions.', 'transport'),
    connections: gauge('connections', 'Open WebSockets and event streams.', 'transport'),
  };
}

function ofMx({ counter, gauge, seconds }: Definer) {
  const total = 'MX request attempts by outcome: HTTP status or kind of error.';
  const requests = 'Requests to the cache of MX data by result: hit, miss, deduplicated or stale.';
  return {
    mxCalls: counter('mx_calls_total', total, 'endpoint', 'outcome'),
    mxSeconds: seconds('mx_call_duration_seconds', 'Duration of MX request attempts.', 'endpoint'),
    breaker: gauge('mx_breaker_state', '1 for the current state of the MX circuit breaker, else 0.', 'state'),
    cacheRequests: counter('cache_requests_total', requests, 'cache', 'result'),
  };
}

function ofChanges({ counter, gauge }: Definer) {
  const changes = 'Changes of members that this instance detected first.';
  const members = 'Members in the last response for each user that this instance read recently.';
  return {
    watchedUsers: gauge('watched_users', 'Users that this instance watches for changes.'),
    polls: counter('polls_total', 'Polls of watched users.', 'outcome'),
    changes: counter('member_changes_total', changes, 'status', 'cause'),
    members: gauge('members', members, 'status', 'institution'),
    webhooks: counter('webhooks_total', 'Webhooks received.', 'type', 'outcome'),
    redis: gauge('redis_up', '1 if Redis is reachable, else 0. Absent without Redis.'),
  };
}

/** All metrics of this service. Those of the process are prom-client's. */
export function defineMetrics(register: Registry) {
  const define = definer(register);
  return { ...ofOperations(define), ...ofMx(define), ...ofChanges(define) };
}

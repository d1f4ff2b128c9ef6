import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Reads say within a few milliseconds what is known, and within the deadline of a call what is not. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A page of 25 members needs one call, or six when nothing is known. */
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
  const total = 'Operations, by outcome: OK, or the code of the first error.';
  return {
    operations: counter('operations_total', total, 'type', 'name', 'outcome'),
    operationSeconds: seconds('operation_duration_seconds', 'How long operations took.', 'type'),
    operationCalls: calls('operation_upstream_calls', 'Calls to MX that an operation had to make.', 'type'),
    subscriptionEvents: counter('subscription_events_total', 'Events sent to subscribers.', 'transport'),
    subscriptions: gauge('subscriptions', 'Subscriptions that are open.', 'transport'),
    connections: gauge('connections', 'WebSockets and event streams that are open.', 'transport'),
  };
}

function ofMx({ counter, gauge, seconds }: Definer) {
  const total = 'Tries of calls to MX, by HTTP status or kind of failure.';
  return {
    mxCalls: counter('mx_calls_total', total, 'endpoint', 'outcome'),
    mxSeconds: seconds('mx_call_duration_seconds', 'How long tries of calls to MX took.', 'endpoint'),
    breaker: gauge('mx_breaker_state', 'One for the state of the circuit breaker to MX.', 'state'),
    reads: counter('reads_total', 'Reads of what is kept of MX, by how they were served.', 'of', 'result'),
  };
}

function ofChanges({ counter, gauge }: Definer) {
  const changes = 'Changes of members that this instance was the first to see.';
  const members = 'Members as last seen by this instance, of users that it has read lately.';
  return {
    watchedUsers: gauge('watched_users', 'Users whose members this instance has a reason to watch.'),
    looks: counter('watch_looks_total', 'Looks at watched users.', 'outcome'),
    changes: counter('member_changes_total', changes, 'status', 'cause'),
    members: gauge('members_seen', members, 'status', 'institution'),
    webhooks: counter('webhooks_total', 'Webhooks that came.', 'type', 'outcome'),
    redis: gauge('redis_up', 'One while Redis can be reached; absent where there is none.'),
  };
}

/** Every metric of ours; those of the process are prom-client's own. */
export function defineMetrics(register: Registry) {
  const define = definer(register);
  return { ...ofOperations(define), ...ofMx(define), ...ofChanges(define) };
}

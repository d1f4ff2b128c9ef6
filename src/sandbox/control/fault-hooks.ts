import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorEnvelope, MxError } from '../errors.js';
import type { FaultPlan, FaultRule, Faults } from './faults.js';
import type { LoggedRequest, RequestLog } from './request-log.js';
import type { Timers } from '../timers.js';

interface Needs {
  faults: Faults;
  log: RequestLog;
  timers: Timers;
}

const BROKEN_JSON = '{"members":[{"guid":"MBR-';

export function endpointOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? '(no such route)'}`;
}

/** Counts every request to MX's API and lets the fault rules at it, before anything else looks at it. */
export function registerFaultHooks(app: FastifyInstance, { faults, log, timers }: Needs): void {
  const entries = new WeakMap<FastifyRequest, LoggedRequest>();
  const afterwards = new WeakMap<FastifyRequest, FaultRule>();

  app.addHook('onRequest', (request, reply, done) => {
    const endpoint = endpointOf(request);
    entries.set(request, log.add({ method: request.method, path: request.url, endpoint }));
    const plan = faults.plan(request.method, endpoint);
    if (plan === null) done();
    else
      whenDue(timers, plan, () =>
        before(reply, plan.fault, { done, later: (rule) => afterwards.set(request, rule) }),
      );
  });

  // A promise that is never kept leaves the answer to the fault.
  app.addHook('onSend', async (request, reply, payload) => {
    const rule = afterwards.get(request);
    return rule === undefined
      ? payload
      : await spoil(reply, rule, typeof payload === 'string' ? payload : '');
  });

  app.addHook('onResponse', (request, reply, done) => {
    const entry = entries.get(request);
    if (entry && !afterwards.get(request)?.kind.startsWith('reset')) entry.status = reply.statusCode;
    done();
  });
}

function whenDue(timers: Timers, plan: FaultPlan, run: () => void): void {
  if (plan.delayMs > 0) timers.after(plan.delayMs, run);
  else run();
}

/** Faults that keep the request from having an effect. */
function before(
  reply: FastifyReply,
  rule: FaultRule | null,
  go: { done: () => void; later: (rule: FaultRule) => void },
): void {
  switch (rule?.kind) {
    case 'status':
      return answerStatus(reply, rule);
    case 'reset':
      return void reply.hijack().raw.socket?.resetAndDestroy();
    case 'hang':
      return void reply.hijack();
    case 'reset_after':
    case 'truncate':
    case 'malformed':
      go.later(rule);
      return go.done();
    case 'latency':
    case undefined:
      return go.done();
  }
}

function answerStatus(reply: FastifyReply, rule: FaultRule): void {
  const status = rule.status ?? 500;
  if (rule.retryAfter !== undefined) void reply.header('retry-after', String(rule.retryAfter));
  const envelope = errorEnvelope(new MxError(status, 'The sandbox was told to answer so.'));
  const text = typeof rule.body === 'string' ? rule.body : JSON.stringify(rule.body ?? envelope);
  void reply.code(status).type('application/json; charset=utf-8').send(text);
}

/** Faults that let the request have its effect and spoil the answer. */
function spoil(reply: FastifyReply, rule: FaultRule, text: string): Promise<string> {
  if (rule.kind === 'malformed') {
    void reply.code(200).type('application/json; charset=utf-8');
    return Promise.resolve(BROKEN_JSON);
  }
  if (rule.kind === 'truncate') truncate(reply, text || BROKEN_JSON);
  else reply.raw.socket?.resetAndDestroy();
  return new Promise(() => undefined);
}

/** Promises more bytes than it sends, and hangs up. */
function truncate(reply: FastifyReply, text: string): void {
  const { raw } = reply.hijack();
  raw.writeHead(reply.statusCode, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text) + 64,
  });
  raw.write(text, () => raw.socket?.end());
}

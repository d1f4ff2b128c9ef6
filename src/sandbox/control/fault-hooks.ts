import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorEnvelope, MxError } from '../errors.js';
import type { FaultPlan, FaultRule, Faults } from './faults.js';
import type { LoggedRequest, RequestLog } from './request-log.js';
import type { Timers } from '../timers.js';

interface FaultHookOptions {
  faults: Faults;
  log: RequestLog;
  timers: Timers;
}

const BROKEN_JSON = '{"members":[{"guid":"MBR-';

export function endpointOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? '(no such route)'}`;
}

/** Logs every request to MX's API and applies the fault rules before any other hook. */
export function registerFaultHooks(app: FastifyInstance, { faults, log, timers }: FaultHookOptions): void {
  const entries = new WeakMap<FastifyRequest, LoggedRequest>();
  const responseFaults = new WeakMap<FastifyRequest, FaultRule>();

  app.addHook('onRequest', (request, reply, done) => {
    const endpoint = endpointOf(request);
    entries.set(request, log.add({ method: request.method, path: request.url, endpoint }));
    const plan = faults.plan(request.method, endpoint);
    if (plan === null) done();
    else
      runAfterDelay(timers, plan, () =>
        applyBeforeHandler(reply, plan.fault, { done, defer: (rule) => responseFaults.set(request, rule) }),
      );
  });

  // A fault that sends the response itself returns a promise that never resolves.
  app.addHook('onSend', async (request, reply, payload) => {
    const rule = responseFaults.get(request);
    return rule === undefined
      ? payload
      : await corruptResponse(reply, rule, typeof payload === 'string' ? payload : '');
  });

  app.addHook('onResponse', (request, reply, done) => {
    const entry = entries.get(request);
    if (entry && !responseFaults.get(request)?.kind.startsWith('reset')) entry.status = reply.statusCode;
    done();
  });
}

function runAfterDelay(timers: Timers, plan: FaultPlan, run: () => void): void {
  if (plan.delayMs > 0) timers.after(plan.delayMs, run);
  else run();
}

/** Applies faults that prevent the request from taking effect, and defers the others to the response. */
function applyBeforeHandler(
  reply: FastifyReply,
  rule: FaultRule | null,
  next: { done: () => void; defer: (rule: FaultRule) => void },
): void {
  switch (rule?.kind) {
    case 'status':
      return sendStatus(reply, rule);
    case 'reset':
      return void reply.hijack().raw.socket?.resetAndDestroy();
    case 'hang':
      return void reply.hijack();
    case 'reset_after':
    case 'truncate':
    case 'malformed':
      next.defer(rule);
      return next.done();
    case 'latency':
    case undefined:
      return next.done();
  }
}

function sendStatus(reply: FastifyReply, rule: FaultRule): void {
  const status = rule.status ?? 500;
  if (rule.retryAfter !== undefined) void reply.header('retry-after', String(rule.retryAfter));
  const envelope = errorEnvelope(new MxError(status, 'The sandbox is set to respond with this error.'));
  const body = typeof rule.body === 'string' ? rule.body : JSON.stringify(rule.body ?? envelope);
  void reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Applies faults that corrupt the response after the request has taken effect. */
function corruptResponse(reply: FastifyReply, rule: FaultRule, body: string): Promise<string> {
  if (rule.kind === 'malformed') {
    void reply.code(200).type('application/json; charset=utf-8');
    return Promise.resolve(BROKEN_JSON);
  }
  if (rule.kind === 'truncate') truncate(reply, body || BROKEN_JSON);
  else reply.raw.socket?.resetAndDestroy();
  return new Promise(() => undefined);
}

/** Announces more bytes than it sends, then closes the connection. */
function truncate(reply: FastifyReply, body: string): void {
  const { raw } = reply.hijack();
  raw.writeHead(reply.statusCode, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body) + 64,
  });
  raw.write(body, () => raw.socket?.end());
}

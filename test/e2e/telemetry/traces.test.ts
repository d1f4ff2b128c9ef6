import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { connectSocket, openStream } from '../../support/live-client.js';
import { upstreamOfTest } from '../../support/scripted-upstream.js';
import { useStack } from '../../support/start-stack.js';
import { waitFor } from '../../support/wait-for.js';

const PAGE = `query Page { viewer { members { guid } } }`;
const FOLLOW = `subscription Follow($guid: String!) { memberStatusChanged(memberGuid: $guid) { connectionStatus } }`;
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const PARENT_ID = 'b7ad6b7169203331';
const TRACEPARENT = { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` };

const exporter = new InMemorySpanExporter();

/** The SDK as whoever runs the service would start it. */
beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
});
beforeEach(() => exporter.reset());
afterAll(() => {
  trace.disable();
  propagation.disable();
  context.disable();
});

const spans = () => exporter.getFinishedSpans();

function found(name: string): Promise<ReadableSpan> {
  return waitFor(() => spans().find((span) => span.name === name), {
    what: `"${name}" among: ${spans()
      .map((span) => span.name)
      .join(', ')}`,
  });
}

const idOf = (span: ReadableSpan) => span.spanContext().spanId;

describe('a trace', () => {
  it('spans the request, the operation, its loader and MX', async () => {
    const { graphql } = await useStack();
    await graphql(PAGE, {}, { headers: TRACEPARENT });
    const operation = await found('query Page');
    const batch = await found('load members');
    const call = await found('MX GET /users/:user/members');
    expect([operation, batch, call].map((span) => span.spanContext().traceId)).toEqual(
      Array(3).fill(TRACE_ID),
    );
    expect(operation.parentSpanContext?.spanId).toBe(PARENT_ID);
    expect(batch.parentSpanContext?.spanId).toBe(idOf(operation));
    expect(call.parentSpanContext?.spanId).toBe(idOf(batch));
    expect([operation.kind, call.kind]).toEqual([SpanKind.SERVER, SpanKind.CLIENT]);
    expect(operation.attributes).toMatchObject({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Page',
      'mx.calls': 1,
    });
    expect(call.attributes).toEqual({
      'http.request.method': 'GET',
      'url.template': '/users/:user/members',
      'http.response.status_code': 200,
    });
  });

  it('is propagated to MX: one `traceparent` per call with the span of the call', async () => {
    const members = { members: [], pagination: { total_entries: 0 } };
    const { baseUrl, headers } = await upstreamOfTest(() => ({ body: members }));
    const { graphql } = await useStack({ mx: { baseUrl } });
    await graphql(PAGE, {}, { headers: TRACEPARENT });
    const call = await found('MX GET /users/:user/members');
    expect(headers.map(({ traceparent }) => traceparent)).toEqual([`00-${TRACE_ID}-${idOf(call)}-01`]);
  });

  it('records errors', async () => {
    const { graphql, sandbox } = await useStack({ deadlineMs: 300 });
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    await graphql(PAGE);
    const [operation, call] = [await found('query Page'), await found('MX GET /users/:user/members')];
    expect(call).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: '503' },
      attributes: { 'http.response.status_code': 503 },
    });
    expect(operation.status).toEqual({ code: SpanStatusCode.ERROR, message: 'UPSTREAM_UNAVAILABLE' });
    expect(operation.parentSpanContext).toBeUndefined();
  });

  it('keeps the calls of concurrent operations apart', async () => {
    const { graphql } = await useStack();
    await Promise.all([
      graphql(`
        query A {
          institution(code: "mxbank") {
            name
          }
        }
      `),
      graphql(`
        query B {
          institution(code: "copper_fox") {
            name
          }
        }
      `),
    ]);
    for (const name of ['query A', 'query B']) {
      const operation = await found(name);
      const calls = spans().filter((span) => span.parentSpanContext?.spanId === idOf(operation));
      expect(calls.map((span) => span.name)).toEqual(['MX GET /institutions/:code']);
    }
  });

  it('includes the change that a mutation caused', async () => {
    const { graphql, sandbox } = await useStack({ freshnessMs: 0 });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    await graphql(PAGE);
    await graphql(
      `
        mutation Go($g: String!) {
          aggregateMember(input: { member: { guid: $g } }) {
            member {
              guid
            }
          }
        }
      `,
      {
        g: guid,
      },
    );
    const operation = await found('mutation Go');
    const change = await found('member change');
    expect(change.spanContext().traceId).toBe(operation.spanContext().traceId);
    expect(change.attributes).toMatchObject({ 'mx.change.cause': 'MUTATION' });
  });

  it('of the watcher is separate from the operation that started it', async () => {
    const pace = { activeMs: 50, awaitingUserMs: 50, idleMs: 50 };
    const { url, sandbox } = await useStack({ pace, freshnessMs: 20 });
    const { guid } = demoMember(sandbox, 'CHALLENGED');
    const socket = await connectSocket(url);
    socket.subscribe('1', FOLLOW, { guid });
    await socket.next();
    const stream = await openStream(url, FOLLOW, { variables: { guid }, headers: TRACEPARENT });
    await stream.next();
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    await socket.next();
    const change = await found('member change');
    await found('poll');
    const root = spans().find(
      (span) => span.spanContext().traceId === change.spanContext().traceId && !span.parentSpanContext,
    );
    expect(root?.name).toBe('poll');
    expect(change.spanContext().traceId).not.toBe(TRACE_ID);
    const bySse = spans()
      .filter((span) => span.spanContext().traceId === TRACE_ID)
      .map(({ name }) => name);
    expect(bySse).toContain('subscription Follow');
  });

  it('contains no identity', async () => {
    const { graphql, sandbox } = await useStack();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    await graphql(
      `
        query One($guid: String!) {
          member(by: { guid: $guid }) {
            guid
            name
          }
        }
      `,
      { guid },
    );
    await found('query One');
    const told = JSON.stringify(
      spans().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    expect(told).not.toMatch(/(USR|MBR)-/);
  });
});

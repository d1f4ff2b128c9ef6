import { getOperationAST, parse } from 'graphql';
import type { FormattedExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';

import { createExecute } from '../../../src/graphql/execute.js';
import { createSubscribe } from '../../../src/graphql/subscribe.js';
import type { ResultStream } from '../../../src/graphql/subscribe.js';
import { NO_SERVICES, ToySource, toySchema } from '../../support/live-app.js';
import { waitFor } from '../../support/wait-for.js';

const VIEWER = { id: 'USR-1', userGuid: 'USR-1', isSupport: false, expiresAt: Infinity };

async function subscribe(query: string, { source = new ToySource(), variables = {}, slow = '' } = {}) {
  const reported: unknown[] = [];
  const work: Promise<unknown>[] = [];
  const schema = toySchema({ source, slow: () => Promise.resolve(slow) });
  const run = createSubscribe(schema, {
    services: NO_SERVICES,
    execute: createExecute(schema),
    report: (error) => void reported.push(error),
    track: (one) => void work.push(one),
  });
  const document = parse(query);
  const operationName = getOperationAST(document, 'A')?.name?.value;
  const asked = { document, queryHash: query, operationName, variables };
  const catalogue = NO_SERVICES.messages.forAcceptLanguage(undefined);
  const outcome = await run({ ...asked, viewer: VIEWER, catalogue });
  return { outcome, source, reported, work };
}

function resultsOf(outcome: ResultStream | FormattedExecutionResult): ResultStream {
  if (Symbol.asyncIterator in outcome) return outcome;
  throw new Error(JSON.stringify(outcome));
}

const TICKS = 'subscription { ticks { count } }';

describe('a subscription', () => {
  it('produces one result per event and ends with its source', async () => {
    const { outcome, source, work } = await subscribe(TICKS);
    const results = resultsOf(outcome);
    source.push({ count: 1 });
    source.push({ count: 2 });
    expect(await results.next()).toEqual({ done: false, value: { data: { ticks: { count: 1 } } } });
    expect(await results.next()).toEqual({ done: false, value: { data: { ticks: { count: 2 } } } });
    await source.return();
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(work).toHaveLength(2);
  });

  it('pulls an event from its source only when a result is requested', async () => {
    const { outcome, source } = await subscribe(TICKS);
    for (let count = 0; count < 5; count += 1) source.push({ count });
    expect(source.pulls).toBe(0);
    await resultsOf(outcome).next();
    expect(source.pulls).toBe(1);
  });

  it('continues after an event that is an error', async () => {
    const { outcome, source, reported } = await subscribe(TICKS);
    const results = resultsOf(outcome);
    source.push(new Error('secret of the inside'));
    source.push({ count: 2 });
    const first = await results.next();
    expect(first.value).toMatchObject({
      data: { ticks: null },
      errors: [{ path: ['ticks'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(JSON.stringify(first)).not.toContain('secret');
    expect(reported).toHaveLength(1);
    expect((await results.next()).value).toEqual({ data: { ticks: { count: 2 } } });
  });

  it('returns the other fields when one field fails', async () => {
    const { outcome, source } = await subscribe('subscription { ticks { count failing } }');
    source.push({ count: 1 });
    expect((await resultsOf(outcome).next()).value).toMatchObject({
      data: { ticks: { count: 1, failing: null } },
      errors: [{ path: ['ticks', 'failing'], locations: [{ line: 1, column: 30 }] }],
    });
  });

  it('rejects when its source rejects, and closes it', async () => {
    const source = new ToySource();
    source.next = () => Promise.reject(new Error('gone'));
    const results = resultsOf((await subscribe(TICKS, { source })).outcome);
    await expect(results.next()).rejects.toThrow('gone');
    expect(source.isReturned).toBe(true);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('ends at once when the client leaves, even while it waits for an event', async () => {
    const { outcome, source } = await subscribe(TICKS);
    const results = resultsOf(outcome);
    const pending = results.next();
    await waitFor(() => source.pulls === 1);
    const left = results.return?.();
    expect(source.isReturned).toBe(true);
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await left).toEqual({ done: true, value: undefined });
  });

  it('closes its source only once, even if it is closed several times', async () => {
    const source = new ToySource();
    let times = 0;
    source.return = () => {
      times += 1;
      return Promise.resolve({ done: true, value: undefined });
    };
    const results = resultsOf((await subscribe(TICKS, { source })).outcome);
    await results.return?.();
    await results.return?.();
    await expect(results.throw?.(new Error('x'))).rejects.toThrow('x');
    expect(times).toBe(1);
  });

  it('closes its source when a for-await loop over its results is left', async () => {
    const { outcome, source } = await subscribe(TICKS);
    source.push({ count: 1 });
    for await (const result of resultsOf(outcome)) {
      expect(result.data).toBeDefined();
      break;
    }
    expect(source.isReturned).toBe(true);
  });
});

describe('a subscription that is compiled after a hundred events', () => {
  const EVENTS = 110;
  const ROWS: readonly (readonly [name: string, query: string])[] = [
    ['plain fields', 'subscription { ticks { count text __typename } }'],
    [
      'aliases and fragments',
      `subscription { now: ticks { n: count m: count ...T ... on Tick { text } } }
      fragment T on Tick { text word: text }`,
    ],
    [
      'variables that skip and include',
      `subscription ($yes: Boolean!, $limit: Int = 3) {
      ticks(limit: $limit) { count @include(if: $yes) text @skip(if: $yes) slow @skip(if: false) } }`,
    ],
    [
      'a fragment that is spread twice under two conditions',
      `subscription ($yes: Boolean!, $no: Boolean = false) { ticks { ...T @include(if: $no) ...T @include(if: $yes) } }
      fragment T on Tick { count ...U @skip(if: $yes) text ...U } fragment U on Tick { text slow }`,
    ],
    ['a field that fails and one that waits', 'subscription { ticks { failing count slow } }'],
    ['a non-null field', 'subscription { ticks { count certain } }'],
    ['a non-null root field', 'subscription { sure { count certain } }'],
    ['one of two operations', 'subscription A { ticks { count } } subscription B { ticks { text } }'],
  ];
  const KINDS = [
    { count: 1, text: 'one', certain: 'yes' },
    { count: 2, text: null },
    { count: 'no number', text: 'three', certain: 'yes' },
    new Error('secret of the inside'),
  ];

  it.each(ROWS)('returns the same results as before, byte for byte: %s', async (_, query) => {
    const { outcome, source } = await subscribe(query, { variables: { yes: true }, slow: 'at last' });
    const results = resultsOf(outcome);
    const byKind: string[][] = KINDS.map(() => []);
    for (let at = 0; at < EVENTS + KINDS.length; at += 1) {
      source.push(KINDS[at % KINDS.length]);
      byKind[at % KINDS.length]?.push(JSON.stringify((await results.next()).value));
    }
    for (const [first, ...others] of byKind) expect(new Set(others)).toEqual(new Set([first]));
    expect(byKind.join()).not.toContain('secret');
  });

  it('returns objects with a prototype, which graphql-jit makes, once it is compiled', async () => {
    const { outcome, source } = await subscribe(TICKS);
    const results = resultsOf(outcome);
    const forms = new Set<unknown>();
    for (let at = 0; at < EVENTS; at += 1) {
      source.push({ count: at });
      const { data } = (await results.next()).value ?? {};
      forms.add(Object.getPrototypeOf(data));
    }
    // graphql-js creates objects without a prototype, graphql-jit objects with one.
    expect([...forms]).toEqual([null, Object.prototype]);
  });
});

describe('a subscription that cannot start', () => {
  it.each([
    {
      why: 'its source cannot be created',
      query: 'subscription { refused { count } }',
      code: 'INTERNAL_SERVER_ERROR',
    },
    {
      why: 'its source is not an async iterable',
      query: 'subscription { broken { count } }',
      code: 'INTERNAL_SERVER_ERROR',
    },
    {
      why: 'its variables are invalid',
      query: 'subscription ($n: Int!) { ticks(limit: $n) { count } }',
      code: 'BAD_USER_INPUT',
    },
  ])('returns one result, with errors and without data, when $why', async ({ query, code }) => {
    const { outcome } = await subscribe(query, { variables: { n: 'secret' } });
    expect(outcome).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(outcome).not.toHaveProperty('data');
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });
});

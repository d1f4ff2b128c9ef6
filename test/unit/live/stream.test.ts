import { describe, expect, it } from 'vitest';

import { MemoryBus } from '../../../src/backplane/bus.js';
import type { BusListener } from '../../../src/backplane/bus.js';
import { encodeCursor } from '../../../src/status/cursor.js';
import type { MemberState } from '../../../src/status/member-state.js';
import { StreamError } from '../../../src/live/event-queue.js';
import type { StatusEvent } from '../../../src/live/event-queue.js';
import { StatusStream } from '../../../src/live/stream.js';
import type { StreamOptions } from '../../../src/live/stream.js';
import { MemoryStore } from '../../../src/backplane/store.js';

/** A store with its bus. Each list that is stored was observed one millisecond after the one before. */
function createFeed() {
  const bus = new MemoryBus();
  const store = new MemoryStore(bus);
  let at = Date.now();
  const listeners: BusListener[] = [];
  const listening = {
    subscribe(userGuid: string, listener: BusListener) {
      listeners.push(listener);
      return bus.subscribe(userGuid, listener);
    },
  };

  async function see(statuses: Record<string, string>): Promise<void> {
    const states = new Map<string, MemberState>(
      Object.entries(statuses).map(([guid, status]) => [
        guid,
        { status, isBeingAggregated: false, isOauth: false },
      ]),
    );
    await store.swap('u', { cause: 'POLL', observedAt: (at += 1), states, coverage: 'ALL' });
  }

  let ends = 0;
  const open = (more: Partial<StreamOptions> = {}) =>
    new StatusStream({
      store,
      bus: listening,
      userGuid: 'u',
      memberGuid: null,
      after: null,
      initialError: null,
      now: () => at,
      onEnd: () => (ends += 1),
      ...more,
    });
  return { store, bus, see, open, listeners, ends: () => ends };
}

const toLine = (event: StatusEvent | StreamError): string =>
  event instanceof StreamError
    ? 'fault'
    : `${event.cause} ${event.memberGuid ?? '-'} ${event.previous?.status ?? '-'}>${event.next?.status ?? '-'}`;

/** The next events, one line each; "over" if the stream has ended. */
async function read(stream: StatusStream, count: number): Promise<string[]> {
  const words: string[] = [];
  while (words.length < count) {
    const { value, done } = await stream.next();
    words.push(done || !value ? 'over' : toLine(value));
  }
  return words;
}

async function nextEvent(stream: StatusStream): Promise<StatusEvent> {
  const { value } = await stream.next();
  if (!value || value instanceof StreamError) throw new Error('No event came.');
  return value;
}

/** True if no event arrives within 20 ms. */
async function isQuiet(stream: StatusStream): Promise<boolean> {
  const pending = stream.next().then(() => false);
  const soon = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 20));
  return Promise.race([pending, soon]);
}

describe('StatusStream', () => {
  it('sends a snapshot of each member, then each change', async () => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED', b: 'DENIED' });
    const stream = open();
    expect(await read(stream, 2)).toEqual(['SNAPSHOT a ->CREATED', 'SNAPSHOT b ->DENIED']);
    await see({ a: 'CHALLENGED', b: 'DENIED' });
    await see({ a: 'CONNECTED', c: 'CREATED' });
    await see({ a: 'CONNECTED', c: 'CREATED' });
    expect(await read(stream, 4)).toEqual([
      'POLL a CREATED>CHALLENGED',
      'POLL a CHALLENGED>CONNECTED',
      'POLL c ->CREATED',
      'POLL b DENIED>-',
    ]);
    expect(await isQuiet(stream)).toBe(true);
  });

  it('sends an empty snapshot for a user without members', async () => {
    const { see, open } = createFeed();
    await see({});
    expect(await read(open(), 1)).toEqual(['SNAPSHOT - ->-']);
  });

  it('sends only the events of one member if given, and ends when it is deleted', async () => {
    const { see, open, ends } = createFeed();
    await see({ a: 'CREATED', b: 'DENIED' });
    const stream = open({ memberGuid: 'a' });
    await see({ a: 'CREATED', b: 'CONNECTED' });
    expect(await read(stream, 1)).toEqual(['SNAPSHOT a ->CREATED']);
    await see({ a: 'DENIED', b: 'CONNECTED' });
    await see({ b: 'CONNECTED' });
    await see({ b: 'CONNECTED' });
    await see({ b: 'DENIED' });
    expect(await read(stream, 4)).toEqual(['POLL a CREATED>DENIED', 'POLL a DENIED>-', 'over', 'over']);
    expect(ends()).toBe(1);
  });

  it('sends the changes that were missed since a cursor, then a snapshot', async () => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED' });
    const first = open();
    const { position } = await nextEvent(first);
    await first.return();
    await see({ a: 'CHALLENGED' });
    await see({ a: 'CONNECTED' });
    const after = encodeCursor(position);
    expect(await read(open({ after }), 3)).toEqual([
      'POLL a CREATED>CHALLENGED',
      'POLL a CHALLENGED>CONNECTED',
      'SNAPSHOT a ->CONNECTED',
    ]);
  });

  it.each([
    ['invalid', 'x'],
    ['of another epoch', encodeCursor({ epoch: 'AAAAAAAA', n: 0, ms: 0 })],
  ])('sends a snapshot with the reset flag for a cursor that is %s', async (_, after) => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED' });
    const event = await nextEvent(open({ after }));
    expect(event).toMatchObject({ cause: 'SNAPSHOT', isReset: true, memberGuid: 'a' });
  });

  it('sends a snapshot with the reset flag for a cursor that is older than the stored changes', async () => {
    const { see, open } = createFeed();
    await see({ a: 'S0' });
    const { position } = await nextEvent(open());
    for (let n = 1; n <= 1_001; n += 1) await see({ a: `S${n}` });
    expect(await nextEvent(open({ after: encodeCursor(position) }))).toMatchObject({
      cause: 'SNAPSHOT',
      isReset: true,
      next: { status: 'S1001' },
    });
  });

  it('marks only the first event of a snapshot as reset, and only the last as its end', async () => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED', b: 'DENIED', c: 'LOCKED' });
    const stream = open({ after: 'x' });
    const marks = [await nextEvent(stream), await nextEvent(stream), await nextEvent(stream)].map(
      ({ isReset, isSnapshotEnd }) => [isReset, isSnapshotEnd],
    );
    expect(marks).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
    await see({ a: 'CONNECTED', b: 'DENIED', c: 'LOCKED' });
    expect(await nextEvent(stream)).toMatchObject({ isReset: false, isSnapshotEnd: false });
  });

  it('ends a snapshot after the missed changes before it, not with them', async () => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED' });
    const { position } = await nextEvent(open());
    await see({ a: 'CHALLENGED' });
    const stream = open({ after: encodeCursor(position) });
    expect(await nextEvent(stream)).toMatchObject({ cause: 'POLL', isSnapshotEnd: false });
    expect(await nextEvent(stream)).toMatchObject({ cause: 'SNAPSHOT', isSnapshotEnd: true });
  });

  it.each([null, 'x'])(
    'marks the one event of a user without members as the end of the snapshot (after: %s)',
    async (after) => {
      const { see, open } = createFeed();
      await see({});
      expect(await nextEvent(open({ after }))).toMatchObject({
        memberGuid: null,
        isReset: after !== null,
        isSnapshotEnd: true,
      });
    },
  );

  it('reports the deletion of its member after lost changes, and ends', async () => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED', b: 'DENIED' });
    // A member is deleted once two lists lack it.
    for (let list = 0; list < 2; list += 1) await see({ b: 'DENIED' });
    const stream = open({ memberGuid: 'a', after: 'x' });
    expect(await nextEvent(stream)).toMatchObject({
      memberGuid: 'a',
      next: null,
      isReset: true,
      isSnapshotEnd: true,
    });
    expect(await read(stream, 1)).toEqual(['over']);
  });

  it('reports a missed deletion of its member once', async () => {
    const { see, open } = createFeed();
    await see({ a: 'CREATED' });
    const { position } = await nextEvent(open());
    for (let list = 0; list < 2; list += 1) await see({});
    const stream = open({ memberGuid: 'a', after: encodeCursor(position) });
    expect(await nextEvent(stream)).toMatchObject({ cause: 'POLL', next: null, isSnapshotEnd: true });
    expect(await read(stream, 1)).toEqual(['over']);
  });

  it('reports why nothing is known yet, stays open, and starts with the first observation', async () => {
    const { see, open } = createFeed();
    const stream = open({ initialError: new Error('MX is down') });
    expect(await read(stream, 1)).toEqual(['fault']);
    await see({ a: 'CREATED' });
    expect(await read(stream, 1)).toEqual(['SNAPSHOT a ->CREATED']);
  });

  it('reads changes that the bus missed from the store, and sends none twice', async () => {
    const { store, see, open, listeners } = createFeed();
    await see({ a: 'S0' });
    const stream = open();
    await read(stream, 1);
    const [listener] = listeners;
    const { record, changes } = await (async () => {
      for (const status of ['S1', 'S2', 'S3']) await see({ a: status });
      return store.history('u');
    })();
    const epoch = record?.epoch ?? '';
    listener?.onMessage({ epoch, changes: changes.slice(0, 1) });
    listener?.onMessage({ epoch, changes });
    listener?.onGap();
    expect(await read(stream, 3)).toEqual(['POLL a S0>S1', 'POLL a S1>S2', 'POLL a S2>S3']);
    expect(await isQuiet(stream)).toBe(true);
  });

  it('starts again with a snapshot when the store has lost its data', async () => {
    const { see, open, bus } = createFeed();
    await see({ a: 'S0' });
    const lost = createFeed();
    await lost.see({ a: 'S7' });
    let isLost = false;
    const store = {
      ...lost.store,
      readSnapshot: (...args: Parameters<MemoryStore['readSnapshot']>) =>
        isLost ? lost.store.readSnapshot(...args) : Promise.resolve({ record: null, missedChanges: null }),
    } as unknown as MemoryStore;
    const stream = open({ store, bus, initialError: new Error('away') });
    expect(await read(stream, 1)).toEqual(['fault']);
    isLost = true;
    stream.onGap();
    expect(await read(stream, 1)).toEqual(['SNAPSHOT a ->S7']);
  });

  it('ends at once when it is closed, even during a read, and sends nothing afterwards', async () => {
    const { see, open, ends } = createFeed();
    await see({ a: 'CREATED' });
    const stream = open();
    await read(stream, 1);
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
    await see({ a: 'CONNECTED' });
    expect(await read(stream, 1)).toEqual(['over']);
    await stream.return();
    expect(ends()).toBe(1);
  });

  it('misses no change and sends none twice when it starts while changes are made', async () => {
    const { see, open } = createFeed();
    await see({ a: 'S0' });
    const seeing = (async () => {
      for (let n = 1; n <= 200; n += 1) await see({ a: `S${n}` });
    })();
    const stream = open();
    const first = await nextEvent(stream);
    await seeing;
    expect(first.position.n).toBeLessThan(200);
    const rest = await read(stream, 200 - first.position.n);
    const expected = rest.map((_, at) => `POLL a S${first.position.n + at}>S${first.position.n + at + 1}`);
    expect(rest).toEqual(expected);
  });
});

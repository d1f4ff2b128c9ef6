import { describe, expect, it } from 'vitest';

import { MemoryBus } from '../../../src/backplane/bus.js';
import { MemoryStore } from '../../../src/backplane/store.js';
import { StreamError } from '../../../src/live/event-queue.js';
import type { StatusEvent } from '../../../src/live/event-queue.js';
import { StatusStream } from '../../../src/live/stream.js';
import { encodeCursor } from '../../../src/status/cursor.js';
import type { MemberState } from '../../../src/status/member-state.js';
import { createRandom } from '../../support/random.js';
import type { Random } from '../../support/random.js';

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** A user's members, whose changes are stored; `lose` replaces the store by an empty one, as when Redis loses its data. */
class Source {
  readonly bus = new MemoryBus();
  readonly members = new Map<string, string>();
  #store = new MemoryStore(this.bus);
  #at = Date.now();
  #statuses = 0;
  #guids = 0;

  async change(random: Random): Promise<void> {
    const known = [...this.members.keys()];
    const guid = known[below(random, known.length)];
    const dice = random();
    if (guid === undefined || (dice < 0.05 && known.length < 25))
      this.members.set(`m${this.#guids++}`, 'NEW');
    else if (dice < 0.1) {
      this.members.delete(guid);
      // A member is deleted once two lists lack it.
      await this.#observe();
    } else this.members.set(guid, `S${this.#statuses++}`);
    await this.#observe();
  }

  /** A member that is deleted at that time is in no change. */
  async lose(random: Random): Promise<void> {
    const known = [...this.members.keys()];
    this.members.delete(known[below(random, known.length)] ?? '');
    this.#store = new MemoryStore(this.bus);
    await this.#observe();
  }

  open(after: string | null): StatusStream {
    const store = {
      readSnapshot: (...args: Parameters<MemoryStore['readSnapshot']>) => this.#store.readSnapshot(...args),
    } as unknown as MemoryStore;
    const { bus } = this;
    const none = { memberGuid: null, initialError: null, now: Date.now, onEnd: () => undefined };
    return new StatusStream({ store, bus, userGuid: 'u', after, ...none });
  }

  async #observe(): Promise<void> {
    const states = new Map<string, MemberState>(
      [...this.members].map(([guid, status]) => [guid, { status, isBeingAggregated: false, isOauth: false }]),
    );
    await this.#store.swap('u', { cause: 'POLL', observedAt: (this.#at += 1), states, coverage: 'ALL' });
  }
}

/** A client as the guide describes it: it keeps its members over reconnects and changes them by the events alone. */
class Client {
  readonly members = new Map<string, string>();
  cursor: string | null = null;
  isComplete = false;
  /** The members mentioned since the client has connected, or since the last reset; null once a snapshot was complete. */
  #mentioned: Set<string> | null = null;
  /** The members that existed when the client connected. */
  #initial: readonly string[] = [];

  constructor(readonly source: Source) {
    this.connect();
  }

  connect(): void {
    this.#mentioned = new Set();
    this.#initial = [...this.source.members.keys()];
    this.isComplete = false;
  }

  receive(event: StatusEvent): void {
    this.cursor = encodeCursor(event.position);
    if (event.isReset) {
      this.members.clear();
      this.#mentioned = new Set();
    }
    if (event.memberGuid !== null) {
      this.#mentioned?.add(event.memberGuid);
      if (event.next) this.members.set(event.memberGuid, event.next.status ?? '');
      else this.members.delete(event.memberGuid);
    }
    // A snapshot begins with a reset, or when the client connects.
    this.isComplete = event.isSnapshotEnd || (this.isComplete && !event.isReset);
    if (!event.isSnapshotEnd) return;
    if (!this.#mentioned) throw new Error('The end of a snapshot was told twice.');
    const mentioned = this.#mentioned;
    this.#mentioned = null;
    const missing = this.#initial.filter((guid) => this.source.members.has(guid) && !mentioned.has(guid));
    if (missing.length > 0) throw new Error(`Said to be complete without ${missing.join(', ')}.`);
    for (const guid of this.members.keys()) if (!mentioned.has(guid)) this.members.delete(guid);
  }
}

/** The next event of a stream: the same promise until somebody has received it, so that no event gets lost. */
class Reader {
  #pending: ReturnType<StatusStream['next']> | null = null;

  constructor(readonly stream: StatusStream) {}

  next(): ReturnType<StatusStream['next']> {
    return (this.#pending ??= this.stream.next());
  }

  received(): void {
    this.#pending = null;
  }
}

/** Reads up to `limit` events; stops when none is waiting. */
async function readSome(reader: Reader, client: Client, limit: number): Promise<number> {
  for (let count = 0; count < limit; count += 1) {
    const nothing = new Promise<null>((resolve) => setImmediate(() => setImmediate(() => resolve(null))));
    const result = await Promise.race([reader.next(), nothing]);
    if (result === null) return count;
    reader.received();
    if (result.value && !(result.value instanceof StreamError)) client.receive(result.value);
  }
  return limit;
}

/** Reads until a complete client has the members that there are. */
async function settle(reader: Reader, client: Client, source: Source): Promise<void> {
  const wanted = Object.fromEntries(source.members);
  for (let waits = 0; waits < 3;) {
    if (client.isComplete && isSame(Object.fromEntries(client.members), wanted)) return;
    const { value } = await Promise.race([reader.next(), late()]);
    if (value) reader.received();
    if (!value) waits += 1;
    else if (!(value instanceof StreamError)) client.receive(value);
  }
}

const isSame = (a: object, b: object): boolean => {
  const sorted = (object: object) => JSON.stringify(Object.entries(object).sort());
  return sorted(a) === sorted(b);
};

const late = (): Promise<{ readonly value: undefined }> =>
  new Promise((resolve) => setTimeout(() => resolve({ value: undefined }), 200).unref());

async function run(seed: number): Promise<{ readonly source: Source; readonly client: Client }> {
  const random = createRandom(seed);
  const source = new Source();
  for (let n = below(random, 25); n > 0; n -= 1) await source.change(() => 0);
  await source.lose(random);
  const client = new Client(source);
  let reader = new Reader(source.open(null));
  for (let step = 0; step < 12; step += 1) {
    const dice = random();
    if (dice < 0.15) await source.lose(random);
    else if (dice < 0.35) {
      await reader.stream.return();
      if (random() < 0.5) for (let n = below(random, 40); n > 0; n -= 1) await source.change(random);
      client.connect();
      reader = new Reader(source.open(client.cursor));
    }
    for (let n = below(random, 260); n > 0; n -= 1) await source.change(random);
    await readSome(reader, client, below(random, 60));
  }
  await settle(reader, client, source);
  await reader.stream.return();
  return { source, client };
}

describe('A client that follows the marks of the events', () => {
  const first = Number(process.env['SEED'] ?? 1);
  it.each(Array.from({ length: 20 }, (_, at) => first + at))(
    'has exactly the members that there are, however slowly it reads (seed %d)',
    async (seed) => {
      const { source, client } = await run(seed);
      expect(Object.fromEntries(client.members)).toEqual(Object.fromEntries(source.members));
      expect(client.isComplete).toBe(true);
    },
  );
});

import { Subscribers } from '../bus.js';
import type { BusListener, StatusBus } from '../bus.js';
import type { Redis } from './redis.js';
import { channelOf, userOfChannel } from './keys.js';
import { parseBusMessage } from './parse.js';

/** The channel of a user who is listened to. */
interface Channel {
  /** Whether Redis was asked, on the present connection, for what is told on it. */
  isAsked: boolean;
  /** Whether Redis has confirmed that. */
  isHeard: boolean;
  ready: Ready;
}

interface Ready {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function createReady(): Ready {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** Subscribed to at once, by one command. */
const CHANNELS_PER_COMMAND = 1_000;

/** The bus of many instances. Whoever listens in this process shares one subscription per user. */
export class RedisBus implements StatusBus {
  readonly #redis: Redis;
  readonly #listeners = new Subscribers();
  readonly #channels = new Map<string, Channel>();
  /** Users whose subscription may not be as it should: seen to at the end of the turn, all together. */
  readonly #unsettled = new Set<string>();
  /** What was asked for on a connection before tells nothing about the present one. */
  #connection = 0;

  constructor(redis: Redis) {
    this.#redis = redis;
    redis.listen({
      onMessage: (channel, text) => this.#hear(channel, text),
      onReady: () => this.#see(this.#subscribeAll()),
      onLost: () => this.#forget(),
    });
  }

  subscribe(userGuid: string, listener: BusListener): { ready: Promise<void>; close(): void } {
    this.#listeners.add(userGuid, listener);
    const known = this.#channels.get(userGuid);
    const channel = known ?? { isAsked: false, isHeard: false, ready: createReady() };
    if (!known) {
      this.#channels.set(userGuid, channel);
      this.#settleSoon(userGuid);
    }
    const close = () => {
      if (!this.#listeners.remove(userGuid, listener)) return;
      this.#channels.delete(userGuid);
      this.#settleSoon(userGuid);
    };
    return { ready: channel.ready.promise, close };
  }

  #settleSoon(userGuid: string): void {
    if (this.#unsettled.size === 0) queueMicrotask(() => this.#settle());
    this.#unsettled.add(userGuid);
  }

  #settle(): void {
    const users = [...this.#unsettled];
    this.#unsettled.clear();
    if (!this.#redis.subscriber.isReady) return;
    const gone = users.filter((userGuid) => !this.#channels.has(userGuid));
    // In this order: who came back within the turn is in neither, and who did so later is asked for after.
    if (gone.length > 0) this.#see(this.#redis.subscriber.call('unsubscribe', ...gone.map(channelOf)));
    this.#see(this.#ask(users));
  }

  /** What fails for want of a connection is done anew on the next one. */
  #see(outcome: Promise<unknown>): void {
    outcome.catch((error: unknown) => this.#redis.onError(error));
  }

  /** Subscribes to those that are listened to; resolves when that is confirmed, or will be seen to later. */
  async #ask(userGuids: readonly string[]): Promise<void> {
    const connection = this.#connection;
    const asked = new Map<string, Channel>();
    for (const userGuid of userGuids) {
      const channel = this.#channels.get(userGuid);
      if (!channel || channel.isAsked) continue;
      channel.isAsked = true;
      asked.set(channelOf(userGuid), channel);
    }
    if (asked.size === 0) return;
    await this.#redis.subscriber.call('subscribe', ...asked.keys());
    if (connection !== this.#connection) return;
    for (const channel of asked.values()) {
      channel.isHeard = true;
      channel.ready.resolve();
    }
  }

  /** After a loss nobody knows what was missed: everybody is told so, once all is heard again. */
  async #subscribeAll(): Promise<void> {
    const users = [...this.#listeners.userGuids];
    for (let i = 0; i < users.length; i += CHANNELS_PER_COMMAND) {
      await this.#ask(users.slice(i, i + CHANNELS_PER_COMMAND));
    }
    this.#listeners.notifyGap();
  }

  #forget(): void {
    this.#connection += 1;
    for (const channel of this.#channels.values()) {
      if (channel.isHeard) channel.ready = createReady();
      channel.isAsked = channel.isHeard = false;
    }
  }

  #hear(name: string, text: string): void {
    const publication = parseBusMessage(text);
    // Whatever a listener throws would otherwise end up in the connection, and end the process.
    try {
      if (publication) this.#listeners.publish(userOfChannel(name), publication);
    } catch (error) {
      this.#redis.onError(error);
    }
  }
}

import { Subscribers } from '../bus.js';
import type { BusListener, StatusBus } from '../bus.js';
import type { Redis } from './redis.js';
import { channelOf, userOfChannel } from './keys.js';
import { parseBusMessage } from './parse.js';

/** Subscription to the channel of one user. */
interface Channel {
  /** Whether SUBSCRIBE was sent on the current connection. */
  isRequested: boolean;
  /** Whether Redis has confirmed it. */
  isConfirmed: boolean;
  ready: Ready;
}

/** A promise and its resolver. */
interface Ready {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function createReady(): Ready {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((res) => (resolve = res));
  return { promise, resolve };
}

/** Maximum number of channels in one SUBSCRIBE command. */
const CHANNELS_PER_COMMAND = 1_000;

/** Redis bus, shared by many instances. All listeners of a user in this process share one subscription. */
export class RedisBus implements StatusBus {
  readonly #redis: Redis;
  readonly #listeners = new Subscribers();
  readonly #channels = new Map<string, Channel>();
  /** Users whose subscription may have to change. They are processed together at the end of the turn. */
  readonly #pendingUsers = new Set<string>();
  /** Number of the current connection. A reply on an earlier one says nothing about this one. */
  #connectionId = 0;

  constructor(redis: Redis) {
    this.#redis = redis;
    redis.listen({
      onMessage: (channel, payload) => this.#onMessage(channel, payload),
      onReady: () => this.#reportError(this.#subscribeAll()),
      onLost: () => this.#onConnectionLost(),
    });
  }

  subscribe(userGuid: string, listener: BusListener): { ready: Promise<void>; close(): void } {
    this.#listeners.add(userGuid, listener);
    const existing = this.#channels.get(userGuid);
    const channel = existing ?? { isRequested: false, isConfirmed: false, ready: createReady() };
    if (!existing) {
      this.#channels.set(userGuid, channel);
      this.#scheduleUpdate(userGuid);
    }
    const close = () => {
      if (!this.#listeners.remove(userGuid, listener)) return;
      this.#channels.delete(userGuid);
      this.#scheduleUpdate(userGuid);
    };
    return { ready: channel.ready.promise, close };
  }

  #scheduleUpdate(userGuid: string): void {
    if (this.#pendingUsers.size === 0) queueMicrotask(() => this.#update());
    this.#pendingUsers.add(userGuid);
  }

  #update(): void {
    const users = [...this.#pendingUsers];
    this.#pendingUsers.clear();
    if (!this.#redis.subscriber.isReady) return;
    const removed = users.filter((userGuid) => !this.#channels.has(userGuid));
    // Safe in this order: a user who got a listener back within this turn is not unsubscribed, and one who gets it back
    // later is subscribed by a later command.
    if (removed.length > 0)
      this.#reportError(this.#redis.subscriber.call('unsubscribe', ...removed.map(channelOf)));
    this.#reportError(this.#subscribeTo(users));
  }

  /** Reports an error without a retry: all subscriptions are renewed on the next connection. */
  #reportError(result: Promise<unknown>): void {
    result.catch((error: unknown) => this.#redis.onError(error));
  }

  /** Subscribes to those users that have listeners. Resolves once Redis has confirmed. */
  async #subscribeTo(userGuids: readonly string[]): Promise<void> {
    const connectionId = this.#connectionId;
    const requested = new Map<string, Channel>();
    for (const userGuid of userGuids) {
      const channel = this.#channels.get(userGuid);
      if (!channel || channel.isRequested) continue;
      channel.isRequested = true;
      requested.set(channelOf(userGuid), channel);
    }
    if (requested.size === 0) return;
    await this.#redis.subscriber.call('subscribe', ...requested.keys());
    if (connectionId !== this.#connectionId) return;
    for (const channel of requested.values()) {
      channel.isConfirmed = true;
      channel.ready.resolve();
    }
  }

  /** Renews all subscriptions, then notifies all listeners, because messages may have been lost meanwhile. */
  async #subscribeAll(): Promise<void> {
    const users = [...this.#listeners.userGuids];
    for (let i = 0; i < users.length; i += CHANNELS_PER_COMMAND) {
      await this.#subscribeTo(users.slice(i, i + CHANNELS_PER_COMMAND));
    }
    this.#listeners.notifyGap();
  }

  #onConnectionLost(): void {
    this.#connectionId += 1;
    for (const channel of this.#channels.values()) {
      if (channel.isConfirmed) channel.ready = createReady();
      channel.isRequested = channel.isConfirmed = false;
    }
  }

  #onMessage(name: string, payload: string): void {
    const message = parseBusMessage(payload);
    // An error thrown by a listener must not reach the driver, where it would end the process.
    try {
      if (message) this.#listeners.publish(userOfChannel(name), message);
    } catch (error) {
      this.#redis.onError(error);
    }
  }
}

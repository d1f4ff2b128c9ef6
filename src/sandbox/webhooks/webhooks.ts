import type { SandboxSettings } from '../settings.js';
import type { Timer, Timers } from '../timers.js';
import { createWebhookDelivery } from './delivery.js';
import type { WebhookDelivery, Delivery } from './delivery.js';
import type { WebhookEvent } from './events.js';
import type { Receiver } from './receiver.js';

/** With `reorder`, how long an event waits for a later one to be sent first. */
const REORDER_WAIT_MS = 50;

/** MX's webhooks: delivered at least once, with retries, in no guaranteed order. */
export class Webhooks {
  #receiver: Receiver | null = null;
  #isSuppressed = false;
  #droppedCount = 0;
  #held: { event: WebhookEvent; timer: Timer } | null = null;
  readonly #timers: Timers;
  readonly #delivery: WebhookDelivery;

  constructor(timers: Timers, settings: () => SandboxSettings) {
    this.#timers = timers;
    this.#delivery = createWebhookDelivery({ timers, settings, receiver: () => this.#receiver });
  }

  get receiver(): Receiver | null {
    return this.#receiver;
  }

  get deliveries(): readonly Delivery[] {
    return this.#delivery.deliveries;
  }

  /** Replaces the receiver, or removes it with null, and clears the recorded deliveries. */
  setReceiver(receiver: Receiver | null): void {
    this.#receiver = receiver;
    this.#delivery.deliveries.length = 0;
    this.#droppedCount = 0;
    this.#held?.timer.cancel();
    this.#held = null;
  }

  /** Sends an event. `build` is called only if a receiver is set. */
  emit(build: () => WebhookEvent): void {
    const to = this.#receiver;
    if (to === null || this.#isSuppressed) return;
    const event = build();
    if (to.types && !to.types.includes(event.type)) return;
    if (this.#droppedCount < (to.dropFirst ?? 0)) {
      this.#droppedCount += 1;
      this.#delivery.drop(event);
    } else if (to.reorder) this.#sendInPairs(event, to);
    else this.#send(event, to);
  }

  /** Runs changes without sending events, for requests that skip webhooks. */
  withoutEvents<T>(run: () => T): T {
    const before = this.#isSuppressed;
    this.#isSuppressed = true;
    try {
      return run();
    } finally {
      this.#isSuppressed = before;
    }
  }

  close(): Promise<void> {
    this.setReceiver(null);
    return this.#delivery.close();
  }

  #send(event: WebhookEvent, to: Receiver): void {
    for (let copy = 0; copy <= (to.duplicate ?? 0); copy += 1) this.#delivery.send(event, to);
  }

  /** Holds every other event until the next one has been sent, or REORDER_WAIT_MS have passed. */
  #sendInPairs(event: WebhookEvent, to: Receiver): void {
    const earlier = this.#held;
    if (earlier === null) {
      const timer = this.#timers.after(REORDER_WAIT_MS, () => {
        this.#held = null;
        this.#send(event, to);
      });
      this.#held = { event, timer };
      return;
    }
    this.#held = null;
    earlier.timer.cancel();
    this.#send(event, to);
    this.#send(earlier.event, to);
  }
}

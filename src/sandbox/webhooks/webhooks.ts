import type { SandboxSettings } from '../settings.js';
import type { Timer, Timers } from '../timers.js';
import { createCourier } from './delivery.js';
import type { WebhookDelivery, Delivery } from './delivery.js';
import type { WebhookEvent } from './events.js';
import type { Receiver } from './receiver.js';

/** How long an event waits for a later one to overtake it. */
const PAIR_MS = 50;

/** MX's webhooks: at least once, with retries, in no promised order. */
export class Webhooks {
  #receiver: Receiver | null = null;
  #quiet = false;
  #lost = 0;
  #held: { event: WebhookEvent; timer: Timer } | null = null;
  readonly #timers: Timers;
  readonly #courier: WebhookDelivery;

  constructor(timers: Timers, settings: () => SandboxSettings) {
    this.#timers = timers;
    this.#courier = createCourier({ timers, settings, receiver: () => this.#receiver });
  }

  get receiver(): Receiver | null {
    return this.#receiver;
  }

  get deliveries(): readonly Delivery[] {
    return this.#courier.deliveries;
  }

  /** Sends to another receiver from now on, or to none, and forgets what was sent before. */
  sendTo(receiver: Receiver | null): void {
    this.#receiver = receiver;
    this.#courier.deliveries.length = 0;
    this.#lost = 0;
    this.#held?.timer.cancel();
    this.#held = null;
  }

  /** Sends an event, which is built only when somebody receives it. */
  emit(build: () => WebhookEvent): void {
    const to = this.#receiver;
    if (to === null || this.#quiet) return;
    const event = build();
    if (to.types && !to.types.includes(event.type)) return;
    if (this.#lost < (to.dropFirst ?? 0)) {
      this.#lost += 1;
      this.#courier.lose(event);
    } else if (to.reorder) this.#sendInPairs(event, to);
    else this.#send(event, to);
  }

  /** Runs changes that tell nobody, for requests that ask to skip webhooks. */
  quietly<T>(run: () => T): T {
    const before = this.#quiet;
    this.#quiet = true;
    try {
      return run();
    } finally {
      this.#quiet = before;
    }
  }

  close(): Promise<void> {
    this.sendTo(null);
    return this.#courier.close();
  }

  #send(event: WebhookEvent, to: Receiver): void {
    for (let copy = 0; copy <= (to.duplicate ?? 0); copy += 1) this.#courier.send(event, to);
  }

  /** Holds every other event back until the next one has overtaken it, or nothing comes. */
  #sendInPairs(event: WebhookEvent, to: Receiver): void {
    const earlier = this.#held;
    if (earlier === null) {
      const timer = this.#timers.after(PAIR_MS, () => {
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

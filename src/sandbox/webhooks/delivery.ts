import { Agent, request } from 'undici';
import type { SandboxSettings } from '../settings.js';
import type { Timers } from '../timers.js';
import type { EventType, WebhookEvent } from './events.js';
import type { Receiver } from './receiver.js';

/** Delivery of one event to a receiver. */
export interface Delivery {
  type: EventType;
  member_guid: string;
  state: 'pending' | 'delivered' | 'failed' | 'dropped';
  /** One entry per attempt: the status of the response, or an error message. */
  attempts: (number | string)[];
  body: Record<string, unknown>;
}

export interface WebhookDelivery {
  readonly deliveries: Delivery[];
  /** Sends an event and retries until it is accepted, no retries are left, or the receiver changed. */
  send(event: WebhookEvent, to: Receiver): void;
  /** Records an event that is dropped on purpose. */
  drop(event: WebhookEvent): void;
  close(): Promise<void>;
}

export interface WebhookDeliveryOptions {
  timers: Timers;
  settings: () => SandboxSettings;
  receiver: () => Receiver | null;
}

/** Number of retries after the first attempt, as at MX. */
const MAX_RETRIES = 12;
const MAX_DELIVERIES = 1000;
const TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 16;

/** Delivers webhooks to their receiver. The delay doubles with each retry. */
export function createWebhookDelivery({
  timers,
  settings,
  receiver,
}: WebhookDeliveryOptions): WebhookDelivery {
  const deliveries: Delivery[] = [];
  let agent = new Agent({ connections: MAX_CONNECTIONS });

  async function attempt(delivery: Delivery, event: WebhookEvent, to: Receiver): Promise<void> {
    const outcome = await post(agent, event, to);
    delivery.attempts.push(outcome);
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) delivery.state = 'delivered';
    else if (receiver() !== to || delivery.attempts.length > MAX_RETRIES) delivery.state = 'failed';
    else {
      const wait = settings().webhookRetryMs * 2 ** (delivery.attempts.length - 1);
      timers.after(wait, () => void attempt(delivery, event, to));
    }
  }

  return {
    deliveries,
    send: (event, to) => void attempt(record(deliveries, event, 'pending'), event, to),
    drop: (event) => void record(deliveries, event, 'dropped'),
    close() {
      const old = agent;
      agent = new Agent({ connections: MAX_CONNECTIONS });
      return old.destroy();
    },
  };
}

function record(deliveries: Delivery[], event: WebhookEvent, state: Delivery['state']): Delivery {
  const { type, memberGuid, body } = event;
  const delivery: Delivery = { type, member_guid: memberGuid, state, attempts: [], body };
  deliveries.push(delivery);
  if (deliveries.length > MAX_DELIVERIES) deliveries.shift();
  return delivery;
}

function headersFor(event: WebhookEvent, to: Receiver): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const credentials = `${to.username ?? ''}:${to.password ?? ''}`;
  if (to.bearer !== undefined) headers['authorization'] = `Bearer ${to.bearer}`;
  else if (to.username !== undefined)
    headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  if (event.callbackPayload !== null) headers['x-callback-payload'] = event.callbackPayload;
  return headers;
}

/** Makes one attempt. Returns the status of the response, or the error message to record. */
async function post(agent: Agent, event: WebhookEvent, to: Receiver): Promise<number | string> {
  try {
    const response = await request(to.url, {
      method: 'POST',
      dispatcher: agent,
      headers: headersFor(event, to),
      body: JSON.stringify(event.body),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    await response.body.dump();
    return response.statusCode;
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}

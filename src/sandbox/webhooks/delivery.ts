import { Agent, request } from 'undici';
import type { SandboxSettings } from '../settings.js';
import type { Timers } from '../timers.js';
import type { EventType, WebhookEvent } from './events.js';
import type { Receiver } from './receiver.js';

/** One event on its way to a receiver. */
export interface Delivery {
  type: EventType;
  member_guid: string;
  state: 'pending' | 'delivered' | 'failed' | 'dropped';
  /** One entry per try: the answer's status or what went wrong. */
  attempts: (number | string)[];
  body: Record<string, unknown>;
}

export interface WebhookDelivery {
  readonly deliveries: Delivery[];
  /** Sends an event until it is taken, the tries are used up, or the receiver is another one. */
  send(event: WebhookEvent, to: Receiver): void;
  /** Notes an event that is lost on purpose. */
  lose(event: WebhookEvent): void;
  close(): Promise<void>;
}

export interface CourierNeeds {
  timers: Timers;
  settings: () => SandboxSettings;
  receiver: () => Receiver | null;
}

/** MX tries again this often after the first time. */
const RETRIES = 12;
const KEPT = 1000;
const TIMEOUT_MS = 5_000;
const CONNECTIONS = 16;

/** Carries webhooks to their receiver, with retries that wait twice as long each time. */
export function createCourier({ timers, settings, receiver }: CourierNeeds): WebhookDelivery {
  const deliveries: Delivery[] = [];
  let agent = new Agent({ connections: CONNECTIONS });

  async function attempt(delivery: Delivery, event: WebhookEvent, to: Receiver): Promise<void> {
    const outcome = await post(agent, event, to);
    delivery.attempts.push(outcome);
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) delivery.state = 'delivered';
    else if (receiver() !== to || delivery.attempts.length > RETRIES) delivery.state = 'failed';
    else {
      const wait = settings().webhookRetryMs * 2 ** (delivery.attempts.length - 1);
      timers.after(wait, () => void attempt(delivery, event, to));
    }
  }

  return {
    deliveries,
    send: (event, to) => void attempt(note(deliveries, event, 'pending'), event, to),
    lose: (event) => void note(deliveries, event, 'dropped'),
    close() {
      const old = agent;
      agent = new Agent({ connections: CONNECTIONS });
      return old.destroy();
    },
  };
}

function note(deliveries: Delivery[], event: WebhookEvent, state: Delivery['state']): Delivery {
  const { type, memberGuid, body } = event;
  const delivery: Delivery = { type, member_guid: memberGuid, state, attempts: [], body };
  deliveries.push(delivery);
  if (deliveries.length > KEPT) deliveries.shift();
  return delivery;
}

function headersFor(event: WebhookEvent, to: Receiver): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const pair = `${to.username ?? ''}:${to.password ?? ''}`;
  if (to.bearer !== undefined) headers['authorization'] = `Bearer ${to.bearer}`;
  else if (to.username !== undefined)
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  if (event.callbackPayload !== null) headers['x-callback-payload'] = event.callbackPayload;
  return headers;
}

/** One try: the answer's status, or what went wrong. A dead receiver is an outcome, not an error. */
async function post(agent: Agent, event: WebhookEvent, to: Receiver): Promise<number | string> {
  try {
    const answer = await request(to.url, {
      method: 'POST',
      dispatcher: agent,
      headers: headersFor(event, to),
      body: JSON.stringify(event.body),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    await answer.body.dump();
    return answer.statusCode;
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}

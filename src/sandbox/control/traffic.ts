import { controlInput, sendSchema } from './schemas.js';
import type { WebhookSend } from './schemas.js';
import { MxError } from '../errors.js';
import { faultRulesSchema } from './faults.js';
import type { FaultRule, Faults } from './faults.js';
import type { RequestLog, RequestLogView } from './request-log.js';
import { eventOf } from '../webhooks/events.js';
import type { Delivery } from '../webhooks/delivery.js';
import { receiverSchema } from '../webhooks/receiver.js';
import type { Receiver } from '../webhooks/receiver.js';
import type { SandboxContext } from '../bank/world.js';

/** The switches that concern what travels: faults, the log of requests, webhooks. */
export interface TrafficControl {
  setFaults(rules: FaultRule[]): FaultRule[];
  faults(): FaultRule[];
  clearFaults(): void;
  log(): RequestLogView;
  clearLog(): void;
  setWebhooks(receiver: Receiver): Receiver;
  webhooks(): { receiver: Receiver | null; deliveries: Delivery[] };
  clearWebhooks(): void;
  sendWebhook(send: WebhookSend): void;
}

export interface TrafficParts {
  world: SandboxContext;
  faults: Faults;
  log: RequestLog;
}

function sendByHand(world: SandboxContext, send: WebhookSend): void {
  const { memberGuid, type, overrides } = controlInput(sendSchema, send, 'event');
  const member = world.store.members.get(memberGuid);
  if (member === undefined) throw new MxError(404, `There is no member ${memberGuid}.`);
  if (world.webhooks.receiver === null) throw new MxError(409, 'No receiver of webhooks is set.');
  const event = eventOf(type, member, world.now());
  world.webhooks.emit(() => ({ ...event, body: { ...event.body, ...overrides } }));
}

export function createTrafficControl({ world, faults, log }: TrafficParts): TrafficControl {
  const { webhooks } = world;
  return {
    setFaults(rules) {
      faults.set(controlInput(faultRulesSchema, rules, 'faults'));
      return faults.list();
    },
    faults: () => faults.list(),
    clearFaults: () => faults.set([]),
    log: () => log.view(),
    clearLog: () => log.clear(),
    setWebhooks(receiver) {
      const checked = controlInput(receiverSchema, receiver, 'webhooks');
      webhooks.sendTo(checked);
      return checked;
    },
    webhooks: () => ({ receiver: webhooks.receiver, deliveries: [...webhooks.deliveries] }),
    clearWebhooks: () => webhooks.sendTo(null),
    sendWebhook: (send) => sendByHand(world, send),
  };
}

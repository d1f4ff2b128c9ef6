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
import type { SandboxContext } from '../bank/sandbox-context.js';

/** Controls faults, the request log and webhooks. */
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
  context: SandboxContext;
  faults: Faults;
  log: RequestLog;
}

function sendWebhook(context: SandboxContext, send: WebhookSend): void {
  const { memberGuid, type, overrides } = controlInput(sendSchema, send, 'event');
  const member = context.store.members.get(memberGuid);
  if (member === undefined) throw new MxError(404, `There is no member ${memberGuid}.`);
  if (context.webhooks.receiver === null) throw new MxError(409, 'No webhook receiver is set.');
  const event = eventOf(type, member, context.now());
  context.webhooks.emit(() => ({ ...event, body: { ...event.body, ...overrides } }));
}

export function createTrafficControl({ context, faults, log }: TrafficParts): TrafficControl {
  const { webhooks } = context;
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
      const valid = controlInput(receiverSchema, receiver, 'webhooks');
      webhooks.setReceiver(valid);
      return valid;
    },
    webhooks: () => ({ receiver: webhooks.receiver, deliveries: [...webhooks.deliveries] }),
    clearWebhooks: () => webhooks.setReceiver(null),
    sendWebhook: (send) => sendWebhook(context, send),
  };
}

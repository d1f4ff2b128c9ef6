import type { WebhookConfig } from '../server.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { probe, shownUrl } from './probe.js';
import type { ProbeResult } from './probe.js';

const { ok, warn, fail } = findingsOn('webhook');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const AT_MX =
  "In MX's Client Dashboard, enter https://<your host>/webhooks/mx with these credentials for the events " +
  'Connection Status, Members, Aggregation and Job Status.';

/** A type that MX does not know: taken, and passed over. */
const EVENT = JSON.stringify({ type: 'DOCTOR', action: 'checked' });

/** What is there to say where nothing is tried. */
export function diagnoseWebhookSettings(config: WebhookConfig | null): Finding {
  if (config) {
    const trial = 'To try the way there, add: -- --webhook-url https://<your host>/webhooks/mx';
    return ok('credentials are set; whether MX can reach this service was not tried', `${AT_MX} ${trial}`);
  }
  const text = 'credentials are not set: changes are only seen by asking MX from time to time';
  return warn(text, `Set WEBHOOK_USERNAME and WEBHOOK_PASSWORD, or WEBHOOK_BEARER. ${AT_MX}`);
}

/** Why MX could not send its webhooks to an address; null where it could. */
function faultOf(url: string): string | null {
  if (!URL.canParse(url)) return 'is no address';
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))) return null;
  return 'does not begin with https:, where alone MX sends webhooks';
}

/** What the answer to a webhook says. */
export function diagnoseWebhook(reached: ProbeResult, url: string): Finding {
  const where = shownUrl(url);
  if ('reason' in reached) {
    const advice = 'Check the name, the certificate and the firewall: MX comes from the public network.';
    return fail(`${where} cannot be reached (${reached.reason})`, advice);
  }
  const { status } = reached;
  if (status === 204) return ok(`${where} takes what MX sends`);
  if (status === 401) {
    const advice =
      'Run the service there with the same WEBHOOK_* settings, and let no proxy remove the Authorization header.';
    return fail(`${where} refuses the credentials (HTTP 401)`, advice);
  }
  if (status === 404) {
    const advice =
      'The path is /webhooks/mx; there is none unless WEBHOOK_* is set for the service that runs there.';
    return fail(`${where} takes no webhooks (HTTP 404)`, advice);
  }
  const advice = 'Let POST requests to /webhooks/mx through to the service as they are.';
  return fail(`${where} answers HTTP ${status} in place of 204`, advice);
}

function authorizationOf({ username, passwords, bearers }: WebhookConfig): string {
  const [password, bearer] = [passwords[0], bearers[0]];
  if (password === undefined) return `Bearer ${bearer ?? ''}`;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Sends a webhook as MX would, where an address is given. */
export async function checkWebhook(
  config: WebhookConfig | null,
  url: string | undefined,
): Promise<Finding[]> {
  if (url === undefined) return [diagnoseWebhookSettings(config)];
  if (!config)
    return [fail('credentials are not set', 'Set WEBHOOK_USERNAME and WEBHOOK_PASSWORD as at MX.')];
  const fault = faultOf(url);
  if (fault !== null)
    return [fail(`what --webhook-url gives ${fault}`, 'Give the address as entered at MX.')];
  const headers = { 'content-type': 'application/json', authorization: authorizationOf(config) };
  return [diagnoseWebhook(await probe(url, { method: 'POST', headers, body: EVENT }), url)];
}

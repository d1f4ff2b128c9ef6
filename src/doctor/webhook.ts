import type { WebhookConfig } from '../server.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { probe, shownUrl } from './probe.js';
import type { ProbeResult } from './probe.js';
import { tryParseUrl } from '../url.js';

const { ok, warn, fail } = findingsOn('webhook');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const DASHBOARD_HINT =
  "In MX's Client Dashboard, set https://<your host>/webhooks/mx and these credentials for the events " +
  'Connection Status, Members, Aggregation and Job Status.';

/** A type that MX does not use: accepted and ignored. */
const EVENT = JSON.stringify({ type: 'DOCTOR', action: 'checked' });

/** The finding if no address was given. */
export function diagnoseWebhookSettings(config: WebhookConfig | null): Finding {
  if (config) {
    const trial = 'To test the endpoint, add: -- --webhook-url https://<your host>/webhooks/mx';
    return ok('credentials are set; the endpoint was not tested', `${DASHBOARD_HINT} ${trial}`);
  }
  const text = 'credentials are not set, so changes are detected only by polling';
  return warn(text, `Set WEBHOOK_USERNAME and WEBHOOK_PASSWORD, or WEBHOOK_BEARER. ${DASHBOARD_HINT}`);
}

/** Why MX cannot deliver webhooks to an address; null if it can. */
function faultOf(url: string): string | null {
  const parsed = tryParseUrl(url);
  if (!parsed) return 'is not a URL';
  const { protocol, hostname } = parsed;
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))) return null;
  return 'does not begin with https:, which MX requires for webhooks';
}

/** Diagnoses the response to a webhook. */
export function diagnoseWebhook(result: ProbeResult, url: string): Finding {
  const where = shownUrl(url);
  if ('reason' in result) {
    const advice = 'Check the name, the certificate and the firewall: MX connects from the internet.';
    return fail(`${where} is unreachable (${result.reason})`, advice);
  }
  const { status } = result;
  if (status === 204) return ok(`${where} accepts webhooks`);
  if (status === 401) {
    const advice =
      'Run that service with the same WEBHOOK_* settings, and check that no proxy removes the Authorization header.';
    return fail(`${where} rejects the credentials (HTTP 401)`, advice);
  }
  if (status === 404) {
    const advice =
      'The path is /webhooks/mx. It exists only if the WEBHOOK_* settings of that service are set.';
    return fail(`${where} has no webhook endpoint (HTTP 404)`, advice);
  }
  const advice = 'Forward POST requests to /webhooks/mx to the service unchanged.';
  return fail(`${where} returned HTTP ${status} instead of 204`, advice);
}

function authorizationOf({ username, passwords, bearers }: WebhookConfig): string {
  const [password, bearer] = [passwords[0], bearers[0]];
  if (password === undefined) return `Bearer ${bearer ?? ''}`;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Sends a webhook as MX would, if an address was given. */
export async function checkWebhook(
  config: WebhookConfig | null,
  url: string | undefined,
): Promise<Finding[]> {
  if (url === undefined) return [diagnoseWebhookSettings(config)];
  if (!config)
    return [
      fail('credentials are not set', 'Set WEBHOOK_USERNAME and WEBHOOK_PASSWORD as configured at MX.'),
    ];
  const fault = faultOf(url);
  if (fault !== null) return [fail(`--webhook-url ${fault}`, 'Use the URL that is configured at MX.')];
  const headers = { 'content-type': 'application/json', authorization: authorizationOf(config) };
  return [diagnoseWebhook(await probe(url, { method: 'POST', headers, body: EVENT }), url)];
}

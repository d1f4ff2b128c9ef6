import { MxClient } from '../mx/client.js';
import { isMxError } from '../mx/errors.js';
import type { MxErrorKind } from '../mx/errors.js';
import type { MxConfig } from '../server.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { reasonOf, shownUrl } from './probe.js';

const { ok, fail } = findingsOn('MX');

const NOT_MX = 'Check that MX_BASE_URL is the address of the Platform API, such as https://int-api.mx.com.';
const LATER = 'Try again later; see https://status.mx.com.';
const WAY = 'Check MX_BASE_URL, and that this machine may open connections to it.';

/** What each way to fail says of the settings, and what to do about it. */
const OF_KIND: Readonly<Record<MxErrorKind, readonly [text: string, advice: string]>> = {
  unauthorized: [
    'refuses the credentials',
    'Check MX_CLIENT_ID and MX_API_KEY, and that they are those of the environment at MX_BASE_URL.',
  ],
  forbidden: [
    'refuses this machine',
    "Have this machine's public address allowed in MX's Client Dashboard, and check MX_BASE_URL.",
  ],
  version: [
    'does not serve the version that is asked for',
    'Set MX_API_VERSION to one that MX serves, such as v20250224.',
  ],
  not_found: ['does not know the list of institutions', NOT_MX],
  conflict: ['refuses to list institutions', NOT_MX],
  constraint: ['refuses to list institutions', NOT_MX],
  invalid: ['refuses to list institutions', NOT_MX],
  malformed: ['answers with something that is not JSON', NOT_MX],
  throttled: ['asks to be called less often', 'Wait a minute, and see what else uses the same credentials.'],
  unavailable: ['fails by its own fault', LATER],
  timeout: ['does not answer in time', WAY],
  network: ['cannot be reached', WAY],
  overloaded: ['was not asked', LATER],
  circuit_open: ['was not asked', LATER],
};

/** What the end of a ping says; null for one that succeeded. */
export function diagnoseMx(error: unknown, { baseUrl, apiVersion }: MxConfig): Finding {
  const url = shownUrl(baseUrl);
  if (error === null) return ok(`at ${url} accepts the credentials and the version ${apiVersion}`);
  if (!isMxError(error)) return fail(`at ${url} was not asked (${reasonOf(error)})`, WAY);
  const [text, advice] = OF_KIND[error.kind];
  const { status, cause } = error.details;
  const found = status === undefined ? reasonOf(cause) : `HTTP ${status}`;
  return fail(`at ${url} ${text} (${found})`, advice);
}

/** Asks MX for as little as can be had. */
export async function checkMx(mx: MxConfig): Promise<Finding[]> {
  const client = new MxClient(mx);
  const end = await client.ping().then(
    () => null,
    (error: unknown) => error,
  );
  await client.close();
  return [diagnoseMx(end, mx)];
}

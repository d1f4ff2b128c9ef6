import { MxClient } from '../mx/client.js';
import { isMxError } from '../mx/errors.js';
import type { MxErrorKind } from '../mx/errors.js';
import type { MxConfig } from '../server.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { reasonOf, shownUrl } from './probe.js';

const { ok, fail } = findingsOn('MX');

const NOT_MX = 'Check that MX_BASE_URL is the URL of the Platform API, such as https://int-api.mx.com.';
const TRY_LATER = 'Try again later; see https://status.mx.com.';
const CHECK_URL = 'Check MX_BASE_URL and that this machine can connect to it.';

/** The cause and fix of each kind of failure. */
const DIAGNOSES: Readonly<Record<MxErrorKind, readonly [text: string, advice: string]>> = {
  unauthorized: [
    'rejects the credentials',
    'Check MX_CLIENT_ID and MX_API_KEY, and that they belong to the environment at MX_BASE_URL.',
  ],
  forbidden: [
    'denies access to this machine',
    "Allow this machine's public IP address in MX's Client Dashboard, and check MX_BASE_URL.",
  ],
  version: [
    'does not support the requested API version',
    'Set MX_API_VERSION to a version that MX supports, such as v20250224.',
  ],
  not_found: ['has no institutions endpoint', NOT_MX],
  conflict: ['rejects the request for institutions', NOT_MX],
  constraint: ['rejects the request for institutions', NOT_MX],
  invalid: ['rejects the request for institutions', NOT_MX],
  malformed: ['returned a response that is not JSON', NOT_MX],
  too_long: ['rejects the request for institutions', NOT_MX],
  throttled: ['is rate limiting requests', 'Wait a minute, and check what else uses the same credentials.'],
  unavailable: ['returned a server error', TRY_LATER],
  timeout: ['timed out', CHECK_URL],
  network: ['is unreachable', CHECK_URL],
  overloaded: ['was not called', TRY_LATER],
  circuit_open: ['was not called', TRY_LATER],
};

/** The diagnosis of a ping's error; null if it succeeded. */
export function diagnoseMx(error: unknown, { baseUrl, apiVersion }: MxConfig): Finding {
  const url = shownUrl(baseUrl);
  if (error === null) return ok(`at ${url} accepts the credentials and API version ${apiVersion}`);
  if (!isMxError(error)) return fail(`at ${url} was not called (${reasonOf(error)})`, CHECK_URL);
  const [text, advice] = DIAGNOSES[error.kind];
  const { status, cause } = error.details;
  const found = status === undefined ? reasonOf(cause) : `HTTP ${status}`;
  return fail(`at ${url} ${text} (${found})`, advice);
}

/** Sends the smallest possible request to MX. */
export async function checkMx(mx: MxConfig): Promise<Finding[]> {
  const client = new MxClient(mx);
  const end = await client.ping().then(
    () => null,
    (error: unknown) => error,
  );
  await client.close();
  return [diagnoseMx(end, mx)];
}

import type { IncomingHttpHeaders } from 'node:http';

export type MxVersion = 'v20250224' | 'v20111101';

/** The media type that selects the older version. It predates the version header. */
export const LEGACY_MEDIA_TYPE = 'application/vnd.mx.api.v1+json';

/** The API version that a request selects. Undefined if it names none, or one that does not exist. */
export function versionOf(headers: IncomingHttpHeaders): MxVersion | undefined {
  const version = headers['accept-version'];
  if (version === 'v20250224' || version === 'v20111101') return version;
  if (version !== undefined) return undefined;
  return headers.accept?.includes(LEGACY_MEDIA_TYPE) ? 'v20111101' : undefined;
}

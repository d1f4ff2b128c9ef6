import type { IncomingHttpHeaders } from 'node:http';

export type MxVersion = 'v20250224' | 'v20111101';

/** The media type of the older version, by which callers asked for it before there was a version header. */
export const LEGACY_MEDIA_TYPE = 'application/vnd.mx.api.v1+json';

/** The API version a request asks for; undefined when it names none that exists. */
export function versionOf(headers: IncomingHttpHeaders): MxVersion | undefined {
  const named = headers['accept-version'];
  if (named === 'v20250224' || named === 'v20111101') return named;
  if (named !== undefined) return undefined;
  return headers.accept?.includes(LEGACY_MEDIA_TYPE) ? 'v20111101' : undefined;
}

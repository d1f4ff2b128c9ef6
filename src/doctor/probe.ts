import { wallNow } from '../clock.js';

/** What came back from an address, as far as checks read it, or why nothing did. */
export type ProbeResult =
  | {
      readonly status: number;
      readonly date: string | null;
      readonly body: string;
      /** Time of the response by this machine's clock, in milliseconds since 1970. */
      readonly sentAt: number;
      readonly receivedAt: number;
    }
  | { readonly reason: string };

const TIMEOUT_MS = 5_000;

/** The address without secrets: no password and no query. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname === '/' ? '' : pathname}`;
}

/** Describes a failure by its code only: messages can contain the address, and Redis's the command. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'TimeoutError') return `no response within ${TIMEOUT_MS / 1_000} s`;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const [code = ''] = error.message.split(' ');
  if (error.name === 'ReplyError' && /^[A-Z]+$/.test(code)) return code;
  return error.cause === undefined ? error.name : reasonOf(error.cause);
}

/** Sends one request. Redirects are not followed. */
export async function probe(url: string, init: RequestInit = {}): Promise<ProbeResult> {
  const sentAt = wallNow();
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { redirect: 'manual', signal, ...init });
    const receivedAt = wallNow();
    const { status, headers } = response;
    return { status, date: headers.get('date'), body: await response.text(), sentAt, receivedAt };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

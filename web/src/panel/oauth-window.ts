import type { OauthReturnStatus } from '../../generated/graphql.js';

/** The result of the OAuth flow, as MX's page reports it. */
export interface OauthReturn {
  readonly returnedMemberGuid: string | null;
  readonly status: OauthReturnStatus;
  readonly errorReason: string | null;
}

interface OauthMessage {
  readonly mx?: unknown;
  readonly type?: unknown;
  readonly metadata?: { readonly member_guid?: unknown; readonly error_reason?: unknown };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Parses the message that MX's page posts to its opener; null for other messages. */
function readReturn(data: unknown): OauthReturn | null {
  if (typeof data !== 'object' || data === null) return null;
  const { mx, type, metadata } = data as OauthMessage;
  if (mx !== true || typeof type !== 'string' || !type.startsWith('oauthComplete/')) return null;
  return {
    returnedMemberGuid: textOrNull(metadata?.member_guid),
    status: type === 'oauthComplete/success' ? 'SUCCESS' : 'ERROR',
    errorReason: textOrNull(metadata?.error_reason),
  };
}

export interface OauthWindowEvents {
  readonly onReturn: (back: OauthReturn) => void;
  readonly onClosed: () => void;
}

const CLOSED_CHECK_MS = 500;
const WINDOW = 'popup,width=520,height=720';

/** Opens a window for the bank; null if the browser blocks it. */
export const openOauthWindow = (url = ''): Window | null => window.open(url, '_blank', WINDOW);

let stopPrevious = (): void => undefined;

/**
 * Watches the window until MX's page reports a result, even if the panel is closed. A page with
 * `Cross-Origin-Opener-Policy` can make the window appear closed while it is open, so messages are accepted after
 * `onClosed` too.
 */
export function watchOauthWindow(popup: Window, { onReturn, onClosed }: OauthWindowEvents): void {
  stopPrevious();
  // Browsers fire no event when a window of another origin closes.
  const timer = setInterval(() => {
    if (!popup.closed) return;
    clearInterval(timer);
    onClosed();
  }, CLOSED_CHECK_MS);
  const onMessage = ({ data, source }: MessageEvent) => {
    const back = source === popup ? readReturn(data) : null;
    if (!back) return;
    stopPrevious();
    popup.close();
    onReturn(back);
  };
  window.addEventListener('message', onMessage);
  stopPrevious = () => {
    clearInterval(timer);
    window.removeEventListener('message', onMessage);
  };
}

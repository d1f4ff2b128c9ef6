import type { OauthReturnStatus } from '../../generated/graphql.js';

/** How a visit to the bank ended, as MX's page tells. */
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

/** What MX's page tells the window that opened it; null for messages of others. */
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

export interface VisitEvents {
  readonly onReturn: (back: OauthReturn) => void;
  readonly onClosed: () => void;
}

const CLOSED_CHECK_MS = 500;
const WINDOW = 'popup,width=520,height=720';

/** Opens a window for the bank; null where the browser lets none be opened. */
export const openBankWindow = (url = ''): Window | null => window.open(url, '_blank', WINDOW);

let endLast = (): void => undefined;

/**
 * Follows the window at the bank until MX's page tells how it ended, also when the panel that began it is closed. It may
 * seem closed while it is not, to a page that the bank will have nothing to do with: so it is listened to all the same.
 */
export function followVisit(popup: Window, { onReturn, onClosed }: VisitEvents): void {
  endLast();
  // A window that is closed sends nothing: one has to look.
  const timer = setInterval(() => {
    if (!popup.closed) return;
    clearInterval(timer);
    onClosed();
  }, CLOSED_CHECK_MS);
  const onMessage = ({ data, source }: MessageEvent) => {
    const back = source === popup ? readReturn(data) : null;
    if (!back) return;
    endLast();
    popup.close();
    onReturn(back);
  };
  window.addEventListener('message', onMessage);
  endLast = () => {
    clearInterval(timer);
    window.removeEventListener('message', onMessage);
  };
}

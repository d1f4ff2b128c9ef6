import { useEffect, useState } from 'react';

import { CompleteOauthDocument, CreateOauthWindowUrlDocument } from '../../generated/graphql.js';
import type { OauthReturnStatus } from '../../generated/graphql.js';
import { useI18n } from '../parts/i18n.js';
import { useAct } from './use-act.js';
import type { Problem } from './use-act.js';

/** Where the visit stands: not begun, at the bank, or ended without a word because the window was closed. */
export type VisitState = 'idle' | 'away' | 'closed';

export interface OauthVisit {
  readonly state: VisitState;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** The address for a link, where the browser let no window be opened. */
  readonly blockedUrl: string | null;
  readonly start: () => Promise<void>;
}

interface OauthReturn {
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

const CLOSED_CHECK_MS = 500;
const WINDOW = 'popup,width=520,height=720';

/** Hears what the window at the bank ends with: MX's message, or that it was closed. */
function useReturn(
  popup: Window | null,
  { onReturn, onClosed }: { readonly onReturn: (back: OauthReturn) => void; readonly onClosed: () => void },
): void {
  useEffect(() => {
    if (popup === null) return undefined;
    const onMessage = ({ data, source }: MessageEvent) => {
      const back = source === popup ? readReturn(data) : null;
      if (back) onReturn(back);
    };
    // A window that is closed sends nothing: one has to look.
    const timer = setInterval(() => popup.closed && onClosed(), CLOSED_CHECK_MS);
    window.addEventListener('message', onMessage);
    return () => {
      clearInterval(timer);
      window.removeEventListener('message', onMessage);
    };
  });
}

/** Sends the end user to the bank in a window of its own, and tells the API what came back. */
export function useOauthVisit(memberGuid: string, onMember: (guid: string) => void): OauthVisit {
  const { locale } = useI18n();
  const [state, setState] = useState<VisitState>('idle');
  const [popup, setPopup] = useState<Window | null>(null);
  const [blockedUrl, setBlockedUrl] = useState<string | null>(null);
  const address = useAct(CreateOauthWindowUrlDocument, (data) => data.createOauthWindowUrl);
  const completion = useAct(CompleteOauthDocument, (data) => data.completeOauth);
  function leave(to: VisitState): void {
    popup?.close();
    setPopup(null);
    setState(to);
  }

  async function complete(back: OauthReturn): Promise<void> {
    leave('idle');
    await completion.run({ input: { memberGuid, ...back }, locale });
    const { returnedMemberGuid: guid } = back;
    // Where the user had linked this bank before, it is that older member that goes on.
    if (back.status === 'SUCCESS' && guid !== null && guid !== memberGuid) onMember(guid);
  }
  useReturn(popup, { onReturn: (back) => void complete(back), onClosed: () => leave('closed') });

  async function start(): Promise<void> {
    // Opened before the address is there: later the browser would take it for an advertisement.
    const opened = window.open('', '_blank', WINDOW);
    const url = (await address.run({ input: { memberGuid }, locale }))?.oauthWindowUrl ?? null;
    if (url === null) return opened?.close();
    if (!opened) return setBlockedUrl(url);
    opened.location.replace(url);
    setPopup(opened);
    setState('away');
  }

  const isBusy = address.isBusy || completion.isBusy;
  const problem = address.problem ?? completion.problem;
  return { state, isBusy, problem, blockedUrl, start };
}

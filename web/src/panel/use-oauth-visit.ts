import { useState } from 'react';

import { CompleteOauthDocument, CreateOauthWindowUrlDocument } from '../../generated/graphql.js';
import { useI18n } from '../parts/i18n.js';
import { followVisit, openBankWindow } from './oauth-visit.js';
import type { OauthReturn } from './oauth-visit.js';
import { useAction } from './use-act.js';
import type { Problem } from './use-act.js';

/** Where the visit stands: not begun, held up by the browser, at the bank, or ended without a word. */
export type VisitState = 'idle' | 'blocked' | 'away' | 'closed';

export interface OauthVisit {
  readonly state: VisitState;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly start: () => Promise<void>;
}

/** Sends the end user to the bank in a window of its own, and tells the API what came back. */
export function useOauthVisit(memberGuid: string, onMember: (guid: string) => void): OauthVisit {
  const { locale } = useI18n();
  const [state, setState] = useState<VisitState>('idle');
  const [blockedUrl, setBlockedUrl] = useState<string | null>(null);
  const address = useAction(CreateOauthWindowUrlDocument, (data) => data.createOauthWindowUrl);
  const completion = useAction(CompleteOauthDocument, (data) => data.completeOauth);

  async function complete(back: OauthReturn): Promise<void> {
    setState('idle');
    await completion.run({ input: { memberGuid, ...back }, locale });
    const { returnedMemberGuid: guid } = back;
    // Where the user had linked this bank before, it is that older member that goes on.
    if (back.status === 'SUCCESS' && guid !== null && guid !== memberGuid) onMember(guid);
  }

  function follow(popup: Window): void {
    setBlockedUrl(null);
    setState('away');
    followVisit(popup, { onReturn: (back) => void complete(back), onClosed: () => setState('closed') });
  }

  async function start(): Promise<void> {
    completion.forget();
    // Opened before the address is there: later the browser would take it for an advertisement.
    const popup = openBankWindow(blockedUrl ?? '');
    if (blockedUrl !== null && popup) return follow(popup);
    const url = (await address.run({ input: { memberGuid }, locale }))?.oauthWindowUrl ?? null;
    if (url === null) return popup?.close();
    if (!popup) {
      setBlockedUrl(url);
      return setState('blocked');
    }
    popup.location.replace(url);
    follow(popup);
  }

  const isBusy = address.isBusy || completion.isBusy;
  return { state, isBusy, problem: address.problem ?? completion.problem, start };
}

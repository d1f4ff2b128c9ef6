import { useState } from 'react';

import { CompleteOauthDocument, CreateOauthWindowUrlDocument } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import { watchOauthWindow, openOauthWindow } from './oauth-window.js';
import type { OauthReturn } from './oauth-window.js';
import { useAction } from './use-action.js';
import type { Problem } from './use-action.js';
import type { OpenMember } from '../connections/connection-list.js';

/**
 * State of the OAuth flow: not started, window blocked by the browser, window open, or window closed without a result.
 */
export type OauthFlowState = 'idle' | 'blocked' | 'away' | 'closed';

export interface OauthFlow {
  readonly state: OauthFlowState;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly start: () => Promise<void>;
}

/** Opens the bank's OAuth page in a window and reports its result to the API. */
export function useOauthFlow(memberGuid: string, onMember: OpenMember): OauthFlow {
  const { locale } = useI18n();
  const [state, setState] = useState<OauthFlowState>('idle');
  const [blockedUrl, setBlockedUrl] = useState<string | null>(null);
  const windowUrl = useAction(CreateOauthWindowUrlDocument, (data) => data.createOauthWindowUrl);
  const completion = useAction(CompleteOauthDocument, (data) => data.completeOauth);

  async function complete(back: OauthReturn): Promise<void> {
    setState('idle');
    await completion.run({ input: { member: { guid: memberGuid }, ...back }, locale });
    const { returnedMemberGuid: guid } = back;
    // If the user had already connected this bank, MX continues with the older member.
    if (back.status === 'SUCCESS' && guid !== null && guid !== memberGuid) onMember(guid, true);
  }

  function watch(popup: Window): void {
    setBlockedUrl(null);
    setState('away');
    watchOauthWindow(popup, { onReturn: (back) => void complete(back), onClosed: () => setState('closed') });
  }

  async function start(): Promise<void> {
    completion.reset();
    // Opened before the URL is known: browsers block windows that are not opened during the click.
    const popup = openOauthWindow(blockedUrl ?? '');
    if (blockedUrl !== null && popup) return watch(popup);
    const url =
      (await windowUrl.run({ input: { member: { guid: memberGuid } }, locale }))?.oauthWindowUrl ?? null;
    if (url === null) return popup?.close();
    if (!popup) {
      setBlockedUrl(url);
      return setState('blocked');
    }
    popup.location.replace(url);
    watch(popup);
  }

  const isBusy = windowUrl.isBusy || completion.isBusy;
  return { state, isBusy, problem: windowUrl.problem ?? completion.problem, start };
}

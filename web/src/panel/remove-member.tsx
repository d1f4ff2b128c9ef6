import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';

import { DeleteMemberDocument } from '../../generated/graphql.js';
import { useI18n } from '../parts/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useAct } from './use-act.js';

export interface RemoveMemberProps {
  readonly memberGuid: string;
  readonly name: string;
  readonly onRemoved: () => void;
}

/** Ends a connection for good, once that is confirmed. */
export function RemoveMember({ memberGuid, name, onRemoved }: RemoveMemberProps) {
  const { t } = useI18n();
  const { cache } = useApolloClient();
  const { run, isBusy, problem } = useAct(DeleteMemberDocument, (data) => data.deleteMember);
  const [isAsking, setAsking] = useState(false);

  async function remove(): Promise<void> {
    const id = (await run({ input: { memberGuid } }))?.deletedMemberId;
    if (!id) return;
    cache.evict({ id: cache.identify({ __typename: 'Member', id }) ?? id });
    cache.gc();
    onRemoved();
  }
  if (!isAsking) {
    return (
      <button type="button" className="button danger-quiet" onClick={() => setAsking(true)}>
        {t('remove.open')}
      </button>
    );
  }
  return (
    <div className="confirm" role="group" aria-label={t('remove.title', { name })}>
      <p className="notice-title">{t('remove.title', { name })}</p>
      <p>{t('remove.text')}</p>
      <ProblemNotice problem={problem} />
      <div className="row">
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void remove()}>
          {t('remove.confirm')}
        </button>
        <button type="button" className="button" autoFocus onClick={() => setAsking(false)}>
          {t('remove.keep')}
        </button>
      </div>
    </div>
  );
}

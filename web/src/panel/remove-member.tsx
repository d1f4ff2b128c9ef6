import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { ReactNode } from 'react';

import { DeleteMemberDocument } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useAction } from './use-action.js';

export interface RemoveMemberProps {
  readonly memberGuid: string;
  readonly name: string;
  readonly onRemoved: () => void;
}

interface ConfirmProps {
  readonly name: string;
  readonly isBusy: boolean;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly onKeep: () => void;
}

function Confirm({ name, isBusy, children, onConfirm, onKeep }: ConfirmProps) {
  const { t } = useI18n();
  return (
    <div className="confirm" role="group" aria-label={t('remove.title', { name })}>
      <p className="notice-title">{t('remove.title', { name })}</p>
      <p>{t('remove.text')}</p>
      {children}
      <div className="row">
        <button type="button" className="button danger" aria-disabled={isBusy} onClick={onConfirm}>
          {t('remove.confirm')}
        </button>
        <button type="button" className="button" autoFocus onClick={onKeep}>
          {t('remove.keep')}
        </button>
      </div>
    </div>
  );
}

/** Button that removes a connection after confirmation. */
export function RemoveMember({ memberGuid, name, onRemoved }: RemoveMemberProps) {
  const { t, locale } = useI18n();
  const { cache } = useApolloClient();
  const { run, isBusy, problem } = useAction(DeleteMemberDocument, (data) => data.deleteMember);
  const [isAsking, setAsking] = useState(false);
  const [wasAsked, setWasAsked] = useState(false);

  async function remove(): Promise<void> {
    const id = (await run({ input: { member: { guid: memberGuid } }, locale }))?.deletedMemberId;
    if (!id) return;
    cache.evict({ id: cache.identify({ __typename: 'Member', id }) ?? id });
    cache.gc();
    onRemoved();
  }
  if (!isAsking) {
    return (
      <button
        type="button"
        className="button danger-quiet"
        autoFocus={wasAsked}
        onClick={() => {
          setAsking(true);
          setWasAsked(true);
        }}
      >
        {t('remove.open')}
      </button>
    );
  }
  return (
    <Confirm name={name} isBusy={isBusy} onConfirm={() => void remove()} onKeep={() => setAsking(false)}>
      <ProblemNotice problem={problem} />
    </Confirm>
  );
}

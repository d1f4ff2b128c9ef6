import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useEffect, useId, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import { InstitutionChoiceFragmentDoc, InstitutionsDocument } from '../../generated/graphql.js';
import type { InstitutionChoiceFragment } from '../../generated/graphql.js';
import { BankMark } from '../connections/bank-mark.js';
import { Notice } from '../parts/notice.js';
import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';

/** People type faster than they want answers. */
const PAUSE_MS = 200;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(settled);
}

function Institution({
  one,
  onChoose,
}: {
  readonly one: InstitutionChoiceFragment;
  readonly onChoose: () => void;
}) {
  const { t } = useI18n();
  const name = one.name ?? one.code;
  return (
    <li>
      <button type="button" className="bank-choice" onClick={onChoose}>
        <BankMark name={name} logoUrl={one.smallLogoUrl} />
        <span>
          <span className="bank-name">{name}</span>
          <span className="hint">{t(one.supportsOauth ? 'add.byOauth' : 'add.byCredentials')}</span>
        </span>
        <Icon name="chevron" />
      </button>
    </li>
  );
}

/** The next page, of the search that is shown and no other. */
function More({ onMore }: { readonly onMore: () => Promise<boolean> }) {
  const { t } = useI18n();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  async function press(): Promise<void> {
    if (state === 'busy') return;
    setState('busy');
    setState((await onMore()) ? 'idle' : 'failed');
  }
  return (
    <>
      {state === 'failed' && <Notice icon="alert" tone="error" title={t('add.moreFailed')} />}
      <button
        type="button"
        className="button quiet"
        aria-disabled={state === 'busy'}
        onClick={() => void press()}
      >
        {t('add.more')}
      </button>
    </>
  );
}

function Found({ search, onChoose }: { readonly search: string } & InstitutionSearchProps) {
  const { t } = useI18n();
  const { data, previousData, error, fetchMore, refetch } = useQuery(InstitutionsDocument, {
    variables: { search },
  });
  const found = (data ?? previousData)?.institutions;
  if (error && !found) {
    return (
      <Notice icon="alert" tone="error" title={t('add.searchFailed')}>
        <button type="button" className="button" onClick={() => void refetch().catch(() => undefined)}>
          {t('add.retry')}
        </button>
      </Notice>
    );
  }
  const pageInfo = data?.institutions?.pageInfo;
  const more = () =>
    fetchMore({ variables: { after: pageInfo?.endCursor } }).then(
      (answer) => Boolean(answer.data?.institutions),
      () => false,
    );
  return (
    <>
      <p className="hint" role="status">
        {found && t('add.found', { count: found.totalCount })}
      </p>
      <ul className="bank-list" role="list">
        {unmask(InstitutionChoiceFragmentDoc, found?.nodes ?? []).map((one) => (
          <Institution key={one.id} one={one} onChoose={() => onChoose(one)} />
        ))}
      </ul>
      {pageInfo?.hasNextPage && <More key={search} onMore={more} />}
    </>
  );
}

export interface InstitutionSearchProps {
  readonly onChoose: (institution: InstitutionChoiceFragment) => void;
}

/** Finds a bank by a part of its name. */
export function InstitutionSearch({ onChoose }: InstitutionSearchProps) {
  const { t } = useI18n();
  const id = useId();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>{t('add.search')}</label>
        <div className="with-icon">
          <Icon name="search" />
          <input
            id={id}
            type="search"
            value={typed}
            data-first
            autoComplete="off"
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      </div>
      <Found search={search} onChoose={onChoose} />
    </div>
  );
}

import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useEffect, useId, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import { InstitutionChoiceFragmentDoc, InstitutionsDocument } from '../../generated/graphql.js';
import type { InstitutionChoiceFragment } from '../../generated/graphql.js';
import { BankMark } from '../connections/bank-mark.js';
import { Notice } from '../components/notice.js';
import { Icon } from '../components/icon.js';
import { useI18n } from '../components/i18n.js';

/** Delay between the last key press and the search, in milliseconds. */
const DEBOUNCE_MS = 200;

function useDebounced(value: string): string {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(debounced);
}

function InstitutionItem({
  institution,
  onChoose,
}: {
  readonly institution: InstitutionChoiceFragment;
  readonly onChoose: () => void;
}) {
  const { t } = useI18n();
  const name = institution.name ?? institution.code;
  const isBlocked = institution.canConnect === false;
  const hint = institution.supportsOauth ? 'add.byOauth' : 'add.byCredentials';
  return (
    <li>
      <button
        type="button"
        className="bank-choice"
        aria-disabled={isBlocked}
        onClick={isBlocked ? undefined : onChoose}
      >
        <BankMark name={name} logoUrl={institution.smallLogoUrl} />
        <span>
          <span className="bank-name">{name}</span>
          <span className="hint">{t(isBlocked ? 'add.unavailable' : hint)}</span>
        </span>
        {!isBlocked && <Icon name="chevron" />}
      </button>
    </li>
  );
}

/** Loads the next page of the current search. */
function ShowMoreButton({ onMore }: { readonly onMore: () => Promise<boolean> }) {
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

function SearchResults({ search, onChoose }: { readonly search: string } & InstitutionSearchProps) {
  const { t } = useI18n();
  const { data, previousData, error, fetchMore, refetch } = useQuery(InstitutionsDocument, {
    variables: { search },
  });
  const results = (data ?? previousData)?.institutions;
  if (error && !results) {
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
      (result) => Boolean(result.data?.institutions),
      () => false,
    );
  return (
    <>
      <p className="hint" role="status">
        {results && t('add.found', { count: results.totalCount })}
      </p>
      <ul className="bank-list" role="list">
        {unmask(InstitutionChoiceFragmentDoc, results?.nodes ?? []).map((one) => (
          <InstitutionItem key={one.id} institution={one} onChoose={() => onChoose(one)} />
        ))}
      </ul>
      {pageInfo?.hasNextPage && <ShowMoreButton key={search} onMore={more} />}
    </>
  );
}

export interface InstitutionSearchProps {
  readonly onChoose: (institution: InstitutionChoiceFragment) => void;
}

/** Searches for a bank by part of its name. */
export function InstitutionSearch({ onChoose }: InstitutionSearchProps) {
  const { t } = useI18n();
  const id = useId();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim());
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
      <SearchResults search={search} onChoose={onChoose} />
    </div>
  );
}

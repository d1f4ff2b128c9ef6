import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useEffect, useId, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import { InstitutionChoiceFragmentDoc, InstitutionsDocument } from '../../generated/graphql.js';
import type { InstitutionChoiceFragment } from '../../generated/graphql.js';
import { BankMark } from '../connections/bank-mark.js';
import { Notice } from '../connections/notices.js';
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

function Found({ search, onChoose }: { readonly search: string } & InstitutionSearchProps) {
  const { t } = useI18n();
  const { data, previousData, error, fetchMore } = useQuery(InstitutionsDocument, { variables: { search } });
  const found = (data ?? previousData)?.institutions;
  if (error) return <Notice icon="alert" tone="error" title={t('add.searchFailed')} />;
  const nodes = unmask(InstitutionChoiceFragmentDoc, found?.nodes) ?? [];
  const { hasNextPage, endCursor } = found?.pageInfo ?? { hasNextPage: false, endCursor: null };
  return (
    <>
      <p className="hint" role="status">
        {found && t('add.found', { count: found.totalCount })}
      </p>
      <ul className="bank-list">
        {nodes.map((one) => (
          <Institution key={one.id} one={one} onChoose={() => onChoose(one)} />
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          className="button quiet"
          onClick={() => void fetchMore({ variables: { after: endCursor } }).catch(() => undefined)}
        >
          {t('add.more')}
        </button>
      )}
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

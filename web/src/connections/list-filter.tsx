import { useI18n } from '../components/i18n.js';

export type Filter = 'all' | 'attention';

export interface ListFilterProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly counts: Readonly<Record<Filter, number>>;
}

/** Filters the list: all connections or those that need attention. */
export function ListFilter({ filter, onFilter, counts }: ListFilterProps) {
  const { t } = useI18n();
  return (
    <div className="list-head">
      <h2>{t('list.title')}</h2>
      <div className="segments" role="group" aria-label={t('filter.label')}>
        {(['all', 'attention'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={filter === one} onClick={() => onFilter(one)}>
            {t(`filter.${one}`)} <span className="count">{counts[one]}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

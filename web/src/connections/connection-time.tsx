import { useI18n } from '../components/i18n.js';
import { Icon } from '../components/icon.js';
import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { useNow } from '../components/use-now.js';

export interface ConnectionTimeProps {
  readonly connection: Pick<ConnectionCardFragment, 'observedAt' | 'successfullyAggregatedAt'>;
  /** True if the data could not be refreshed from MX. */
  readonly isStale: boolean;
}

/** When the connection was last updated; while MX is unavailable, when the data was read. */
export function ConnectionTime({ connection, isStale }: ConnectionTimeProps) {
  const { t, ago, clock } = useI18n();
  const now = useNow();
  const { observedAt, successfullyAggregatedAt } = connection;
  if (isStale) {
    return (
      <span className="as-of">
        <Icon name="clock" />
        <time dateTime={observedAt}>{t('card.asOf', { time: clock(Date.parse(observedAt), now) })}</time>
      </span>
    );
  }
  if (successfullyAggregatedAt === null) return <>{t('card.neverUpdated')}</>;
  const time = ago(Date.parse(successfullyAggregatedAt), now);
  return <time dateTime={successfullyAggregatedAt}>{t('card.updated', { time })}</time>;
}

import { useI18n } from '../parts/i18n.js';
import { Icon } from '../parts/icon.js';
import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { useNow } from '../parts/use-now.js';

export interface ConnectionTimeProps {
  readonly connection: Pick<ConnectionCardFragment, 'observedAt' | 'successfullyAggregatedAt'>;
  /** True where MX could not be asked anew. */
  readonly isOld: boolean;
}

/** When data last came in; or, while MX cannot be reached, as of when all this is. */
export function ConnectionTime({ connection, isOld }: ConnectionTimeProps) {
  const { t, ago, clock } = useI18n();
  const now = useNow();
  const { observedAt, successfullyAggregatedAt } = connection;
  if (isOld) {
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

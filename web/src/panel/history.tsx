import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';

import { HistoryDocument } from '../../generated/graphql.js';
import type { HistoryQuery } from '../../generated/graphql.js';
import { sandboxPath } from '../api/page-settings.js';
import { onAnyChange } from '../connections/live-changes.js';
import { StatusBadge } from '../connections/status-badge.js';
import { useNow } from '../components/use-now.js';
import { useI18n } from '../components/i18n.js';

type Period = NonNullable<NonNullable<HistoryQuery['member']>['statusHistory']>['nodes'][number];

const INITIAL_COUNT = 6;
const MAX_COUNT = 100;

function HistoryItem({ period }: { readonly period: Period }) {
  const { t, clock, duration } = useI18n();
  const now = useNow();
  const { connectionStatus, cause, since, durationSeconds } = period;
  return (
    <li>
      <StatusBadge state={period} />
      <span className="history-time">
        <time dateTime={since}>{clock(Date.parse(since), now)}</time>
        {' · '}
        {duration(durationSeconds)}
      </span>
      {sandboxPath !== null && (
        <span className="history-cause">
          {t(`cause.${cause}`)}
          {connectionStatus !== null && ` (${connectionStatus})`}
        </span>
      )}
    </li>
  );
}

/**
 * The status history of a connection, newest first. With the sandbox it also shows raw statuses and causes, for
 * developers.
 */
export function History({ guid }: { readonly guid: string }) {
  const { t, locale } = useI18n();
  const [first, setFirst] = useState(INITIAL_COUNT);
  const { data, previousData, refetch } = useQuery(HistoryDocument, {
    variables: { guid, first, locale },
    fetchPolicy: 'cache-and-network',
  });
  useEffect(
    () =>
      onAnyChange(({ memberGuid, cause, isDeleted }) => {
        if (memberGuid === guid && cause !== 'SNAPSHOT' && !isDeleted) refetch().catch(() => undefined);
      }),
    [guid, refetch],
  );
  const shown = data ?? previousData;
  const history = shown?.member?.statusHistory;
  if (!shown || !history) return null;
  return (
    <section className="panel-section" aria-label={t('history.title')}>
      <h3>{t('history.title')}</h3>
      <ol className="timeline" role="list">
        {history.nodes.map((period) => (
          <HistoryItem key={`${period.since} ${period.cause}`} period={period} />
        ))}
      </ol>
      {history.totalCount > history.nodes.length && first === INITIAL_COUNT && (
        <button type="button" className="button quiet" onClick={() => setFirst(MAX_COUNT)}>
          {t('history.more')}
        </button>
      )}
    </section>
  );
}

import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';

import { HistoryDocument } from '../../generated/graphql.js';
import type { HistoryQuery } from '../../generated/graphql.js';
import { sandboxPath } from '../api/page-settings.js';
import { onEveryChange } from '../connections/live-changes.js';
import { StatusBadge } from '../connections/status-badge.js';
import { useNow } from '../parts/use-now.js';
import { useI18n } from '../parts/i18n.js';

type Period = NonNullable<NonNullable<HistoryQuery['member']>['statusHistory']>['nodes'][number];

const FIRST = 6;
const MOST = 100;

function Moment({ period }: { readonly period: Period }) {
  const { t, clock, duration } = useI18n();
  const now = useNow();
  const { connectionStatus, cause, since, durationSeconds } = period;
  return (
    <li>
      <StatusBadge standing={period} />
      <span className="moment-when">
        <time dateTime={since}>{clock(Date.parse(since), now)}</time>
        {' · '}
        {duration(durationSeconds)}
      </span>
      {sandboxPath !== null && (
        <span className="moment-what">
          {connectionStatus ?? '–'} · {t(`cause.${cause}`)}
        </span>
      )}
    </li>
  );
}

/** What a connection has been through, newest first; with the sandbox in the words of those who build. */
export function History({ guid }: { readonly guid: string }) {
  const { t } = useI18n();
  const [first, setFirst] = useState(FIRST);
  const { data, previousData, refetch } = useQuery(HistoryDocument, {
    variables: { guid, first },
    fetchPolicy: 'cache-and-network',
  });
  useEffect(
    () =>
      onEveryChange(({ memberGuid, cause, isDeleted }) => {
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
          <Moment key={`${period.since} ${period.cause}`} period={period} />
        ))}
      </ol>
      {history.totalCount > history.nodes.length && first === FIRST && (
        <button type="button" className="button quiet" onClick={() => setFirst(MOST)}>
          {t('history.more')}
        </button>
      )}
    </section>
  );
}

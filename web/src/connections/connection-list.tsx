import { useState } from 'react';

import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { session } from '../api/session.js';
import { useStore } from '../api/external-store.js';
import { useI18n } from '../components/i18n.js';
import { ConnectionCard } from './connection-card.js';
import { ConnectionTime } from './connection-time.js';
import { ListFilter } from './list-filter.js';
import type { Filter } from './list-filter.js';
import { LoadFailed, StaleNotice } from './notices.js';
import { nameOf } from './presentation.js';
import type { Connections } from './use-connections.js';
import { useNow } from '../components/use-now.js';

/** Data older than this is marked as stale. While MX responds, data is at most 3 seconds old. */
const STALE_AFTER_MS = 30_000;

/**
 * The open panel. `autoStart` starts the next step at once if it needs no input; `isNew` says that the user has just
 * connected the member.
 */
export type OpenPanel =
  | {
      readonly panel: 'member';
      readonly guid: string;
      readonly autoStart?: boolean;
      readonly isNew?: boolean;
    }
  | { readonly panel: 'add' }
  | null;

/** Opens the panel of a member, which the user has just connected or not. */
export type OpenMember = (guid: string, isNew?: boolean) => void;

export interface ConnectionListProps {
  readonly connections: Connections;
  readonly onOpen: (openPanel: OpenPanel) => void;
}

function Skeleton() {
  const { t } = useI18n();
  return (
    <div className="cards" role="status" aria-label={t('list.loading')}>
      {[0, 1, 2, 3].map((index) => (
        <div key={index} className="card skeleton" />
      ))}
    </div>
  );
}

function Cards({ shown, isStale, onOpen }: CardsProps) {
  return (
    <ul className="cards" role="list">
      {shown.map((one) => (
        <li key={one.id} data-member={one.guid}>
          <ConnectionCard
            name={nameOf(one)}
            logoUrl={one.institution?.smallLogoUrl}
            state={one}
            time={<ConnectionTime connection={one} isStale={isStale(one)} />}
            onAction={() =>
              onOpen({ panel: 'member', guid: one.guid, autoStart: one.requiredAction === 'AGGREGATE' })
            }
            onOpen={() => onOpen({ panel: 'member', guid: one.guid })}
          />
        </li>
      ))}
    </ul>
  );
}

interface CardsProps extends Pick<ConnectionListProps, 'onOpen'> {
  readonly shown: readonly ConnectionCardFragment[];
  readonly isStale: (one: ConnectionCardFragment) => boolean;
}

/** Shows the time of the data while it cannot be refreshed. */
function StaleBanner({
  connections,
  oldest,
}: {
  readonly connections: Connections;
  readonly oldest: number | null;
}) {
  const { clock } = useI18n();
  const now = useNow();
  const at = oldest ?? connections.fetchedAt;
  if (oldest === null && connections.isMxAvailable && !connections.error) return null;
  return <StaleNotice time={clock(at, now)} />;
}

/** The list of connections, all or only those that need attention. */
export function ConnectionList({ connections, onOpen }: ConnectionListProps) {
  const { t } = useI18n();
  const [filter, setFilter] = useState<Filter>('all');
  const { all, needingAttention, fetchedAt, error, refresh } = connections;
  const isSignedOut = useStore(session) === 'expired';
  if (all === null) return error ? !isSignedOut && <LoadFailed onRetry={refresh} /> : <Skeleton />;

  const isOld = ({ observedAt }: ConnectionCardFragment) =>
    fetchedAt - Date.parse(observedAt) > STALE_AFTER_MS;
  const staleTimes = all.filter(isOld).map(({ observedAt }) => Date.parse(observedAt));
  const oldest = staleTimes.length > 0 ? Math.min(...staleTimes) : null;
  const shown = filter === 'all' ? all : all.filter(({ id }) => needingAttention.has(id));
  return (
    <>
      {!isSignedOut && <StaleBanner connections={connections} oldest={oldest} />}
      <ListFilter
        filter={filter}
        onFilter={setFilter}
        counts={{ all: all.length, attention: needingAttention.size }}
      />
      {shown.length === 0 ? (
        <p className="empty">{t(all.length === 0 ? 'list.empty' : 'list.noneNeeding')}</p>
      ) : (
        <Cards shown={shown} isStale={isOld} onOpen={onOpen} />
      )}
    </>
  );
}

import { useState } from 'react';

import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { session } from '../api/session.js';
import { useStore } from '../api/external-store.js';
import { useI18n } from '../parts/i18n.js';
import { ConnectionCard } from './connection-card.js';
import { ConnectionTime } from './connection-time.js';
import { ListFilter } from './list-filter.js';
import type { Filter } from './list-filter.js';
import { LoadFailed, OldNews } from './notices.js';
import { nameOf } from './presentation.js';
import type { Connections } from './use-connections.js';
import { useNow } from '../parts/use-now.js';

/** As long as MX answers, what is shown was asked of it 3 seconds before at most. */
const OLD_MS = 30_000;

/** What is open beside the list. `startsNow` presses the button of the next step, where that is all there is to do. */
export type OpenPanel =
  | { readonly panel: 'member'; readonly guid: string; readonly startsNow?: boolean }
  | { readonly panel: 'add' }
  | null;

export interface ConnectionListProps {
  readonly connections: Connections;
  readonly onOpen: (opened: OpenPanel) => void;
}

function Skeleton() {
  const { t } = useI18n();
  return (
    <div className="cards" role="status" aria-label={t('list.loading')}>
      {[0, 1, 2, 3].map((place) => (
        <div key={place} className="card skeleton" />
      ))}
    </div>
  );
}

function Cards({ shown, isOld, onOpen }: CardsProps) {
  return (
    <ul className="cards" role="list">
      {shown.map((one) => (
        <li key={one.id} data-member={one.guid}>
          <ConnectionCard
            name={nameOf(one)}
            logoUrl={one.institution?.smallLogoUrl}
            standing={one}
            time={<ConnectionTime connection={one} isOld={isOld(one)} />}
            onAct={() =>
              onOpen({ panel: 'member', guid: one.guid, startsNow: one.requiredAction === 'AGGREGATE' })
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
  readonly isOld: (one: ConnectionCardFragment) => boolean;
}

/** Says when all this was, where it could not be asked anew. */
function Age({ connections, oldest }: { readonly connections: Connections; readonly oldest: number | null }) {
  const { clock } = useI18n();
  const now = useNow();
  const at = oldest ?? connections.answeredAt;
  if (oldest === null && connections.isReadable && !connections.error) return null;
  return <OldNews time={clock(at, now)} />;
}

/** The connections, or those that need attention. */
export function ConnectionList({ connections, onOpen }: ConnectionListProps) {
  const { t } = useI18n();
  const [filter, setFilter] = useState<Filter>('all');
  const { all, needingAttention, answeredAt, error, refresh } = connections;
  const isSignedOut = useStore(session) === 'expired';
  if (all === null) return error ? !isSignedOut && <LoadFailed onRetry={refresh} /> : <Skeleton />;

  const isOld = ({ observedAt }: ConnectionCardFragment) => answeredAt - Date.parse(observedAt) > OLD_MS;
  const oldTimes = all.filter(isOld).map(({ observedAt }) => Date.parse(observedAt));
  const oldest = oldTimes.length > 0 ? Math.min(...oldTimes) : null;
  const shown = filter === 'all' ? all : all.filter(({ id }) => needingAttention.has(id));
  return (
    <>
      {!isSignedOut && <Age connections={connections} oldest={oldest} />}
      <ListFilter
        filter={filter}
        onFilter={setFilter}
        counts={{ all: all.length, attention: needingAttention.size }}
      />
      {shown.length === 0 ? (
        <p className="empty">{t(all.length === 0 ? 'list.empty' : 'list.noneNeeding')}</p>
      ) : (
        <Cards shown={shown} isOld={isOld} onOpen={onOpen} />
      )}
    </>
  );
}

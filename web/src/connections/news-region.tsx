import { unmask } from '../../generated/fragment-masking.js';
import { ConnectionCardFragmentDoc } from '../../generated/graphql.js';
import { useI18n } from '../parts/i18n.js';
import { Sentence } from './connection-card.js';
import type { Change } from './live-changes.js';
import { badgeOf, nameOf } from './presentation.js';

function News({ change }: { readonly change: Change }) {
  const { t } = useI18n();
  const member = unmask(ConnectionCardFragmentDoc, change.member);
  if (change.isDeleted) return <p>{t('news.removed')}</p>;
  if (!member) return null;
  const name = nameOf(member);
  return (
    <p>
      {name}: {t(badgeOf(member).label)}. <Sentence standing={member} name={name} />
    </p>
  );
}

/** Says each change to those who are read to; nobody else needs it, for the list shows it. */
export function NewsRegion({ news }: { readonly news: readonly Change[] }) {
  return (
    <div role="log" aria-live="polite" className="visually-hidden" data-news>
      {news.map((change) => (
        <News key={change.cursor} change={change} />
      ))}
    </div>
  );
}

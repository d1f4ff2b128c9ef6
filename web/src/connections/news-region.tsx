import { unmask } from '../../generated/fragment-masking.js';
import { ConnectionCardFragmentDoc } from '../../generated/graphql.js';
import { useI18n } from '../parts/i18n.js';
import { Sentence } from './connection-card.js';
import type { Change } from './live-changes.js';
import { badgeOf } from './presentation.js';

/** Says each change to those who are read to; nobody else needs it, for the list shows it. */
export function NewsRegion({ news }: { readonly news: Change | null }) {
  const { t } = useI18n();
  const member = unmask(ConnectionCardFragmentDoc, news?.member);
  const name = member?.name ?? '';
  return (
    <div role="status" className="visually-hidden" data-news={news?.cursor}>
      {news?.isDeleted && t('news.removed')}
      {member && (
        <>
          {name}: {t(badgeOf(member).label)}. <Sentence standing={member} name={name} />
        </>
      )}
    </div>
  );
}

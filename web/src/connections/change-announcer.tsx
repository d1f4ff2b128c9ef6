import { unmask } from '../../generated/fragment-masking.js';
import { ConnectionCardFragmentDoc } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import { Sentence } from './connection-card.js';
import type { Change } from './live-changes.js';
import { nameOf } from './presentation.js';

function Announcement({ change }: { readonly change: Change }) {
  const { t } = useI18n();
  const member = unmask(ConnectionCardFragmentDoc, change.member);
  if (change.isDeleted) return <p>{t('news.removed')}</p>;
  if (!member) return null;
  const name = nameOf(member);
  return (
    <p>
      {name}: {member.label}. <Sentence state={member} name={name} />
    </p>
  );
}

/** Announces changes to screen readers. Visually hidden, because the list shows the same. */
export function ChangeAnnouncer({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <div role="log" aria-live="polite" className="visually-hidden" data-news>
      {changes.map((change) => (
        <Announcement key={change.cursor} change={change} />
      ))}
    </div>
  );
}

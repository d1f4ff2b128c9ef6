import { useQuery } from '@apollo/client/react';

import { StatusesDocument } from '../generated/graphql.js';
import type { StatusesQuery } from '../generated/graphql.js';
import { ConnectionCard } from './connections/connection-card.js';
import { LoadFailed } from './connections/notices.js';
import { PageFooter } from './components/page-footer.js';
import { useI18n } from './components/i18n.js';

/** A made-up bank. */
const EXAMPLE_BANK = 'Willow & Vale Bank';

type Row = StatusesQuery['connectionStatuses'][number];

function StatusRow({ row }: { readonly row: Row }) {
  const { status, code, description, messageTemplate } = row;
  const userMessage = messageTemplate?.replaceAll('[…]', EXAMPLE_BANK) ?? null;
  return (
    <li data-status={status ?? 'null'}>
      <p className="gallery-label">
        <strong>{status ?? '(null)'}</strong> {code !== null && <span className="count">{code}</span>}
      </p>
      <ConnectionCard
        name={EXAMPLE_BANK}
        state={{ ...row, userMessage, isBeingAggregated: false }}
        onAction={() => undefined}
      />
      <p className="hint">{description}</p>
    </li>
  );
}

/** All statuses on one page, for designers and reviewers. */
export function Gallery() {
  const { t, locale } = useI18n();
  const { data, error, refetch } = useQuery(StatusesDocument, { variables: { locale } });
  return (
    <>
      <header className="page-header">
        <div className="page-header-inner">
          <div className="page-title">
            <h1>{t('gallery.title')}</h1>
          </div>
          <a className="button quiet" href="/">
            {t('gallery.back')}
          </a>
        </div>
      </header>
      <main className="page-main gallery">
        <p className="hint">{t('gallery.text')}</p>
        {error && <LoadFailed onRetry={() => void refetch().catch(() => undefined)} />}
        <ul className="gallery-list" role="list">
          {data?.connectionStatuses.map((row) => (
            <StatusRow key={row.status ?? 'null'} row={row} />
          ))}
        </ul>
      </main>
      <PageFooter />
    </>
  );
}

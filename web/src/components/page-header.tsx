import { liveState } from '../api/live-transport.js';
import { useStore } from '../api/external-store.js';
import { Icon } from './icon.js';
import { useI18n } from './i18n.js';

/** Shows whether changes currently arrive live. */
function LiveBadge() {
  const { t } = useI18n();
  const state = useStore(liveState);
  return (
    <span className="live" data-state={state} role="status">
      <span className="live-dot" aria-hidden="true" />
      {t(`live.${state}`)}
    </span>
  );
}

export interface PageHeaderProps {
  readonly onAdd?: () => void;
  readonly onSandbox?: () => void;
}

/** The page header: title, live state and main actions. */
export function PageHeader({ onAdd, onSandbox }: PageHeaderProps) {
  const { t } = useI18n();
  return (
    <header className="page-header">
      <div className="page-header-inner">
        <div className="page-title">
          <h1>{t('page.title')}</h1>
          <LiveBadge />
        </div>
        <div className="page-actions">
          {onSandbox && (
            <button type="button" className="button quiet" onClick={onSandbox}>
              <Icon name="flask" />
              {t('sandbox.title')}
            </button>
          )}
          {onAdd && (
            <button type="button" className="button primary" onClick={onAdd}>
              <Icon name="plus" />
              {t('add.open')}
            </button>
          )}
        </div>
      </div>
    </header>
  );
}

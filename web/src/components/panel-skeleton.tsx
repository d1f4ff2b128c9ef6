import { useI18n } from './i18n.js';

/** Placeholder while a panel's content loads. */
export function PanelSkeleton() {
  const { t } = useI18n();
  return <div className="skeleton panel-skeleton" role="status" aria-label={t('panel.loading')} />;
}

import { useI18n } from './i18n.js';

/** Stands where something of a panel is about to be. */
export function PanelSkeleton() {
  const { t } = useI18n();
  return <div className="skeleton panel-skeleton" role="status" aria-label={t('panel.loading')} />;
}

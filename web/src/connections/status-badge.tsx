import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';
import { badgeOf, isUnderWay } from './presentation.js';
import type { Glance } from './presentation.js';

/** How a connection stands at a glance: by colour, picture and word, so that no one of them is needed. */
export function StatusBadge({ standing }: { readonly standing: Glance }) {
  const { t } = useI18n();
  const { tone, icon, label } = badgeOf(standing);
  return (
    <span className="badge" data-tone={tone} data-busy={isUnderWay(standing)}>
      <Icon name={icon} />
      {t(label)}
    </span>
  );
}

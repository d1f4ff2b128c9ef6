import { Icon } from '../components/icon.js';
import { badgeOf, isInProgress } from './presentation.js';
import type { BadgeState } from './presentation.js';

/** The state of a connection by colour, icon and text, so that it does not depend on colour alone. */
export function StatusBadge({ state }: { readonly state: BadgeState }) {
  const { tone, icon } = badgeOf(state);
  return (
    <span className="badge" data-tone={tone} data-busy={isInProgress(state)}>
      <Icon name={icon} />
      {state.label}
    </span>
  );
}

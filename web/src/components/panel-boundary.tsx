import { Component } from 'react';
import type { ReactNode } from 'react';

import { Notice } from './notice.js';
import { Drawer } from './drawer.js';
import { useI18n } from './i18n.js';

function LoadError({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Drawer title={t('panel.broken')} onClose={onClose}>
      <Notice icon="alert" tone="error" title={t('problem.failed')}>
        <button type="button" className="button" onClick={() => location.reload()}>
          {t('panel.reload')}
        </button>
      </Notice>
    </Drawer>
  );
}

export interface PanelBoundaryProps {
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Error boundary of a panel, for example if its code cannot be loaded. The rest of the page stays usable. */
export class PanelBoundary extends Component<PanelBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    const { children, onClose } = this.props;
    return this.state.hasFailed ? <LoadError onClose={onClose} /> : children;
  }
}

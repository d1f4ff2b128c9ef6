import { Component } from 'react';
import type { ReactNode } from 'react';

import { Notice } from './notice.js';
import { Drawer } from './drawer.js';
import { useI18n } from './i18n.js';

function Broken({ onClose }: { readonly onClose: () => void }) {
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

export interface PartBoundaryProps {
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Holds up what goes wrong in a part of the page, such as that its code is no longer there, before it takes all. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { children, onClose } = this.props;
    return this.state.isBroken ? <Broken onClose={onClose} /> : children;
  }
}

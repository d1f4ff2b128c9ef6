import { useEffect, useState } from 'react';

import type { Connections } from '../connections/use-connections.js';
import { Icon } from '../components/icon.js';
import { useI18n } from '../components/i18n.js';
import { MemberControls } from './member-controls.js';
import type { RunAction } from './sandbox-api.js';
import { TrafficControls } from './traffic-controls.js';
import '../styles/sandbox.css';

export interface SandboxDrawerProps {
  readonly connections: Connections;
  readonly onClose: () => void;
}

/**
 * The sandbox controls, for developers: they can bring about every state of the page. Not a modal dialog, so that the
 * list can be watched meanwhile.
 */
export function SandboxDrawer({ connections, onClose }: SandboxDrawerProps) {
  const { t } = useI18n();
  const [message, setMessage] = useState('');
  const work: RunAction = (what, action) => {
    action().then(
      () => setMessage(what),
      (error: unknown) => setMessage(error instanceof Error ? error.message : String(error)),
    );
  };
  useEffect(() => {
    // An open dialog closes first.
    const onKey = ({ key }: KeyboardEvent) =>
      key === 'Escape' && !document.querySelector('dialog[open]') && onClose();
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className="sandbox" aria-label={t('sandbox.title')}>
      <header className="drawer-head">
        <h2>{t('sandbox.title')}</h2>
        <button type="button" className="button icon-only" aria-label={t('panel.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p className="hint">{t('sandbox.text')}</p>
      <MemberControls members={connections.all ?? []} work={work} />
      <TrafficControls runAction={work} onReset={connections.refresh} />
      <p className="sandbox-message" role="status">
        {message}
      </p>
      <p className="sandbox-links">
        <a href="/gallery">{t('gallery.title')}</a> <a href="/graphiql">GraphiQL</a>
      </p>
    </aside>
  );
}

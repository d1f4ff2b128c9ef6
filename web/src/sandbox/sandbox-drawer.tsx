import { useEffect, useState } from 'react';

import type { Connections } from '../connections/use-connections.js';
import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';
import { MemberSwitches } from './member-switches.js';
import type { RunAction } from './sandbox-api.js';
import { TrafficSwitches } from './traffic-switches.js';
import '../styles/sandbox.css';

export interface SandboxDrawerProps {
  readonly connections: Connections;
  readonly onClose: () => void;
}

/**
 * The switches of the sandbox, for those who build: every state of the page can be brought about from here. It is no
 * dialog: what happens in the list is to be seen while it happens.
 */
export function SandboxDrawer({ connections, onClose }: SandboxDrawerProps) {
  const { t } = useI18n();
  const [told, setTold] = useState('');
  const work: RunAction = (what, action) => {
    action().then(
      () => setTold(what),
      (error: unknown) => setTold(error instanceof Error ? error.message : String(error)),
    );
  };
  useEffect(() => {
    // A dialog over it is what is left first.
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
      <MemberSwitches members={connections.all ?? []} work={work} />
      <TrafficSwitches work={work} onReset={connections.refresh} />
      <p className="sandbox-told" role="status">
        {told}
      </p>
      <p className="sandbox-links">
        <a href="/gallery">{t('gallery.title')}</a> <a href="/graphiql">GraphiQL</a>
      </p>
    </aside>
  );
}

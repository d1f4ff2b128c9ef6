import { lazy, Suspense, useCallback, useState } from 'react';

import { sandboxPath } from './api/page-settings.js';
import { session } from './api/session.js';
import { useStore } from './api/external-store.js';
import { PanelBoundary } from './components/panel-boundary.js';
import type { PanelBoundaryProps } from './components/panel-boundary.js';
import { PageFooter } from './components/page-footer.js';
import { PageHeader } from './components/page-header.js';
import { ConnectionList } from './connections/connection-list.js';
import type { OpenMember, OpenPanel } from './connections/connection-list.js';
import { SignedOut } from './connections/notices.js';
import { ChangeAnnouncer } from './connections/change-announcer.js';
import { useConnections } from './connections/use-connections.js';
import type { Change } from './connections/live-changes.js';

const MemberPanel = lazy(() =>
  import('./panel/member-panel.js').then((module) => ({ default: module.MemberPanel })),
);
const AddPanel = lazy(() => import('./add/add-panel.js').then((module) => ({ default: module.AddPanel })));
const SandboxDrawer = lazy(() =>
  import('./sandbox/sandbox-drawer.js').then((module) => ({ default: module.SandboxDrawer })),
);

/** A panel whose code is loaded when it is opened. */
function LazyPanel({ children, onClose }: PanelBoundaryProps) {
  return (
    <PanelBoundary onClose={onClose}>
      <Suspense fallback={null}>{children}</Suspense>
    </PanelBoundary>
  );
}

/** Maximum number of announcements kept in the live region; older ones have been read out. */
const MAX_ANNOUNCEMENTS = 10;

/** The panel beside the list, if one is open. */
function useOpenPanel() {
  const [openPanel, setOpenPanel] = useState<OpenPanel>(null);
  const close = useCallback(() => setOpenPanel(null), []);
  const openMember: OpenMember = useCallback(
    (guid, isNew = false) => setOpenPanel({ panel: 'member', guid, isNew }),
    [],
  );
  return { openPanel, setOpenPanel, openMember, close };
}

/** The end user's bank connections, their states and actions. */
export function ConnectionsPage() {
  const { openPanel, setOpenPanel, openMember, close } = useOpenPanel();
  const [isSandboxOpen, setSandboxOpen] = useState(false);
  const [announcements, setAnnouncements] = useState<readonly Change[]>([]);
  const announce = useCallback(
    (change: Change) => setAnnouncements((known) => [...known, change].slice(-MAX_ANNOUNCEMENTS)),
    [],
  );
  const connections = useConnections(announce);
  const isSignedOut = useStore(session) === 'expired';
  const closeSandbox = useCallback(() => setSandboxOpen(false), []);

  return (
    <>
      <PageHeader
        onAdd={() => setOpenPanel({ panel: 'add' })}
        {...(sandboxPath !== null && { onSandbox: () => setSandboxOpen((isOpen) => !isOpen) })}
      />
      <main className="page-main" tabIndex={-1}>
        {isSignedOut && <SignedOut />}
        <ConnectionList connections={connections} onOpen={setOpenPanel} />
      </main>
      <PageFooter />
      <ChangeAnnouncer changes={announcements} />
      <LazyPanel key={openPanel?.panel} onClose={close}>
        {openPanel?.panel === 'member' && (
          <MemberPanel {...openPanel} key={openPanel.guid} onClose={close} onMember={openMember} />
        )}
        {openPanel?.panel === 'add' && (
          <AddPanel onClose={close} onMember={openMember} onAdded={connections.refresh} />
        )}
      </LazyPanel>
      <LazyPanel onClose={closeSandbox}>
        {isSandboxOpen && <SandboxDrawer connections={connections} onClose={closeSandbox} />}
      </LazyPanel>
    </>
  );
}

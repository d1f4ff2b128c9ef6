import { lazy, Suspense, useCallback, useState } from 'react';

import { sandboxPath } from './api/page-settings.js';
import { session } from './api/session.js';
import { useStore } from './api/external-store.js';
import { PartBoundary } from './parts/part-boundary.js';
import type { PartBoundaryProps } from './parts/part-boundary.js';
import { PageFooter } from './parts/page-footer.js';
import { PageHeader } from './parts/page-header.js';
import { ConnectionList } from './connections/connection-list.js';
import type { OpenPanel } from './connections/connection-list.js';
import { SignedOut } from './connections/notices.js';
import { NewsRegion } from './connections/news-region.js';
import { useConnections } from './connections/use-connections.js';
import type { Change } from './connections/live-changes.js';

const MemberPanel = lazy(() =>
  import('./panel/member-panel.js').then((part) => ({ default: part.MemberPanel })),
);
const AddPanel = lazy(() => import('./add/add-panel.js').then((part) => ({ default: part.AddPanel })));
const SandboxDrawer = lazy(() =>
  import('./sandbox/sandbox-drawer.js').then((part) => ({ default: part.SandboxDrawer })),
);

/** A part of the page whose code is fetched when it is wanted. */
function Part({ children, onClose }: PartBoundaryProps) {
  return (
    <PartBoundary onClose={onClose}>
      <Suspense fallback={null}>{children}</Suspense>
    </PartBoundary>
  );
}

/** As many as may come at once; what has been said stands for nobody. */
const KEPT_NEWS = 10;

/** The end user's bank connections: how they stand, and what to do about each. */
export function ConnectionsPage() {
  const [opened, setOpened] = useState<OpenPanel>(null);
  const [isSandboxOpen, setSandboxOpen] = useState(false);
  const [news, setNews] = useState<readonly Change[]>([]);
  const addNews = useCallback(
    (change: Change) => setNews((known) => [...known, change].slice(-KEPT_NEWS)),
    [],
  );
  const connections = useConnections(addNews);
  const isSignedOut = useStore(session) === 'expired';
  const close = useCallback(() => setOpened(null), []);
  const closeSandbox = useCallback(() => setSandboxOpen(false), []);
  const openMember = useCallback((guid: string) => setOpened({ panel: 'member', guid }), []);

  return (
    <>
      <PageHeader
        onAdd={() => setOpened({ panel: 'add' })}
        {...(sandboxPath !== null && { onSandbox: () => setSandboxOpen((isOpen) => !isOpen) })}
      />
      <main className="page-main" tabIndex={-1}>
        {isSignedOut && <SignedOut />}
        <ConnectionList connections={connections} onOpen={setOpened} />
      </main>
      <PageFooter />
      <NewsRegion news={news} />
      <Part key={opened?.panel} onClose={close}>
        {opened?.panel === 'member' && (
          <MemberPanel {...opened} key={opened.guid} onClose={close} onMember={openMember} />
        )}
        {opened?.panel === 'add' && (
          <AddPanel onClose={close} onMember={openMember} onAdded={connections.refresh} />
        )}
      </Part>
      <Part onClose={closeSandbox}>
        {isSandboxOpen && <SandboxDrawer connections={connections} onClose={closeSandbox} />}
      </Part>
    </>
  );
}

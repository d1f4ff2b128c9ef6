import { useEffect, useId, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';

import { Icon } from './icon.js';
import { useI18n } from './i18n.js';

export interface DrawerProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Opens the modal dialog while mounted, moves the focus into it, and restores the focus afterwards. */
function useModal(dialog: RefObject<HTMLDialogElement>, heading: RefObject<HTMLElement>): void {
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    // Focuses the first input if there is one, else the heading rather than the close button.
    (element?.querySelector<HTMLElement>('[data-first]') ?? heading.current)?.focus();
    return () => {
      element?.close();
      // The browser restores the focus only if the element is still in the document.
      const isConnected = opener instanceof HTMLElement && opener.isConnected;
      (isConnected ? opener : document.querySelector('main'))?.focus();
    };
  }, [dialog, heading]);
}

/**
 * A sheet over the page: at the side on wide screens, full-screen on small ones. It is a native modal dialog, which
 * traps the focus and closes on Escape.
 */
export function Drawer({ title, children, onClose }: DrawerProps) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // Selecting text may end outside of the dialog, which must not close it.
  const startedOutside = useRef(false);
  const titleId = useId();
  useModal(dialog, heading);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={({ target }) => {
        startedOutside.current = target === dialog.current;
      }}
      onClick={({ target }) => target === dialog.current && startedOutside.current && onClose()}
    >
      <div className="drawer-inner">
        <header className="drawer-head">
          <h2 id={titleId} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" className="button icon-only" aria-label={t('panel.close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="drawer-body">{children}</div>
      </div>
    </dialog>
  );
}

import { useEffect, useId, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';

import { Icon } from './icon.js';
import { useI18n } from './i18n.js';

export interface DrawerProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Shows a dialog as long as it is there, with the focus inside, and then gives the focus back. */
function useModal(dialog: RefObject<HTMLDialogElement>, heading: RefObject<HTMLElement>): void {
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    // The first thing to do, where it is there already; else the name, and not the button that closes.
    (element?.querySelector<HTMLElement>('[data-first]') ?? heading.current)?.focus();
    return () => {
      element?.close();
      // The browser gives the focus back only to what still stands in the same place.
      const isThere = opener instanceof HTMLElement && opener.isConnected;
      (isThere ? opener : document.querySelector('main'))?.focus();
    };
  }, [dialog, heading]);
}

/**
 * A sheet over the page: at the side of a wide screen, all of a small one. Being the browser's own modal dialog it
 * holds the focus, and closes by Escape.
 */
export function Drawer({ title, children, onClose }: DrawerProps) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // What is dragged out of a field, to select its text, is no wish to leave.
  const beganOutside = useRef(false);
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
        beganOutside.current = target === dialog.current;
      }}
      onClick={({ target }) => target === dialog.current && beganOutside.current && onClose()}
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

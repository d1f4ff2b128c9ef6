import type { ReactNode } from 'react';

import { Icon } from './icon.js';
import type { IconName } from './icon.js';

export interface NoticeProps {
  readonly icon: IconName;
  readonly tone: 'warning' | 'error' | 'info' | 'success';
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

/** A message for the end user, with optional actions. */
export function Notice({ icon, tone, title, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div>
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

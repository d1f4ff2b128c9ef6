import { useCallback, useEffect, useRef, useState } from 'react';

import { Notice } from '../parts/notice.js';
import { BankMark } from '../connections/bank-mark.js';
import { Sentence } from '../connections/connection-card.js';
import { isUnderWay } from '../connections/presentation.js';
import { StatusBadge } from '../connections/status-badge.js';
import { Drawer } from '../parts/drawer.js';
import { useFocusOnChange } from '../parts/focus.js';
import { useI18n } from '../parts/i18n.js';
import { PanelSkeleton } from '../parts/panel-skeleton.js';
import { History } from './history.js';
import { NextStepForm } from './next-step-form.js';
import { RemoveMember } from './remove-member.js';
import { useNextStep } from './use-next-step.js';
import type { NextStep } from './use-next-step.js';
import '../styles/forms.css';
import '../styles/panel.css';

export interface MemberPanelProps {
  readonly guid: string;
  /** Whether the next step is taken at once, where it needs nothing of the user. */
  readonly startsNow?: boolean | undefined;
  readonly onClose: () => void;
  readonly onMember: (guid: string) => void;
}

/** How the connection stands, said aloud when it changes: all else of the page is silent under a dialog. */
function Standing({ next }: { readonly next: NextStep }) {
  const { card, bank } = next;
  return (
    <div className="panel-standing" role="status">
      <BankMark name={bank} logoUrl={card.institution?.smallLogoUrl} />
      <div>
        <StatusBadge standing={card} />
        <p className="panel-sentence">
          <Sentence standing={card} name={bank} />
        </p>
        {next.member.error?.userMessage && !isUnderWay(card) && (
          <p className="hint" lang={next.member.error.locale ?? undefined}>
            {next.member.error.userMessage}
          </p>
        )}
      </div>
    </div>
  );
}

/**
 * Whether a job was running or an action was required since the panel was opened: its end is then good news worth telling.
 * A quick job may be over before the page sees it run.
 */
function useHasBeenUnsettled(next: NextStep | null): boolean {
  const [hasBeen, setHasBeen] = useState(false);
  const isNow = next !== null && (isUnderWay(next.card) || next.card.requiredAction !== 'NONE');
  useEffect(() => {
    if (isNow) setHasBeen(true);
  }, [isNow]);
  return hasBeen;
}

/** The user asked for the next step by the way they came: that is taken up at once or never, and once at most. */
function useTakeStart(startsNow: boolean): () => boolean {
  const isLeft = useRef(startsNow);
  useEffect(() => {
    // After the effects of the step itself.
    isLeft.current = false;
  }, []);
  return useCallback(() => {
    const wasLeft = isLeft.current;
    isLeft.current = false;
    return wasLeft;
  }, []);
}

function PanelBody({ next, ...props }: MemberPanelProps & { readonly next: NextStep }) {
  const { guid, startsNow = false, onClose, onMember } = props;
  const { card } = next;
  const takeStart = useTakeStart(startsNow);
  const hasBeenUnsettled = useHasBeenUnsettled(next);
  const place = useFocusOnChange(`${card.requiredAction} ${isUnderWay(card)}`);
  return (
    <>
      <Standing next={next} />
      <div className="panel-step" ref={place} tabIndex={-1}>
        <NextStepForm
          next={next}
          takeStart={takeStart}
          isDone={hasBeenUnsettled && card.isTerminal && card.phase === 'CONNECTED'}
          onClose={onClose}
          onMember={onMember}
        />
      </div>
      <History guid={guid} />
      <section className="panel-section">
        <RemoveMember memberGuid={guid} name={card.name ?? next.bank} onRemoved={onClose} />
      </section>
    </>
  );
}

/** It was removed, here or elsewhere, while it was looked at. */
function Removed({ onClose }: Pick<MemberPanelProps, 'onClose'>) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <Notice icon="stop" tone="info" title={t('panel.removed')} />
      <button type="button" className="button primary wide" onClick={onClose}>
        {t('done.close')}
      </button>
    </div>
  );
}

/** One connection: what is wrong, the way out, what it has been through, and the way to end it. */
export function MemberPanel(props: MemberPanelProps) {
  const { guid, onClose } = props;
  const { t } = useI18n();
  const { next, isGone, hasFailed, retry } = useNextStep(guid);
  const title = next ? (next.card.name ?? next.bank) : t(isGone ? 'panel.removed' : 'panel.loading');
  if (isGone) {
    return (
      <Drawer title={title} onClose={onClose}>
        <Removed onClose={onClose} />
      </Drawer>
    );
  }
  return (
    <Drawer title={title} onClose={onClose}>
      {hasFailed && (
        <Notice icon="alert" tone="error" title={t('panel.failed')}>
          <button type="button" className="button" onClick={retry}>
            {t('list.retry')}
          </button>
        </Notice>
      )}
      {next ? <PanelBody {...props} next={next} /> : !hasFailed && <PanelSkeleton />}
    </Drawer>
  );
}

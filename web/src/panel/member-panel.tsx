import { useCallback, useEffect, useRef, useState } from 'react';

import { Notice } from '../components/notice.js';
import { BankMark } from '../connections/bank-mark.js';
import { Sentence } from '../connections/connection-card.js';
import { isInProgress } from '../connections/presentation.js';
import { StatusBadge } from '../connections/status-badge.js';
import { Drawer } from '../components/drawer.js';
import { useFocusOnChange } from '../components/focus.js';
import { useI18n } from '../components/i18n.js';
import { PanelSkeleton } from '../components/panel-skeleton.js';
import { History } from './history.js';
import { NextStepForm } from './next-step-form.js';
import { RemoveMember } from './remove-member.js';
import { useNextStep } from './use-next-step.js';
import type { NextStep } from './use-next-step.js';
import '../styles/forms.css';
import '../styles/panel.css';
import type { OpenMember } from '../connections/connection-list.js';

export interface MemberPanelProps {
  readonly guid: string;
  /** Starts the next step at once if it needs no input. Defaults to false. */
  readonly autoStart?: boolean | undefined;
  /** True if the user has just connected it: its success is then shown. Defaults to false. */
  readonly isNew?: boolean | undefined;
  readonly onClose: () => void;
  readonly onMember: OpenMember;
}

/** Errors that say more than the message of the status does. */
const DETAILED_ERRORS: ReadonlySet<string> = new Set([
  'NO_ELIGIBLE_ACCOUNTS',
  'NO_ACCOUNTS',
  'ACCESS_DENIED',
]);

type MemberError = NonNullable<NextStep['member']['error']>;

/** The error of the last job, unless its message would only repeat that of the status. */
function errorDetail({ card, member: { error } }: NextStep) {
  if (!error?.userMessage || isInProgress(card)) return null;
  return card.userMessage === null || DETAILED_ERRORS.has(error.code) ? error : null;
}

/** The language of a message that MX has written itself; that of the page otherwise. */
function languageOf({ userMessage, providerMessage, locale }: MemberError): string | undefined {
  return userMessage === providerMessage ? (locale ?? undefined) : undefined;
}

/** The state of the connection. Announced on change, because the rest of the page is inert under a dialog. */
function CurrentState({ next }: { readonly next: NextStep }) {
  const { card, bank } = next;
  const detail = errorDetail(next);
  return (
    <div className="panel-state" role="status">
      <BankMark name={bank} logoUrl={card.institution?.smallLogoUrl} />
      <div>
        <StatusBadge state={card} />
        <p className="panel-sentence">
          <Sentence state={card} name={bank} />
        </p>
        {detail && (
          <p className="hint" lang={languageOf(detail)}>
            {detail.userMessage}
          </p>
        )}
      </div>
    </div>
  );
}

/**
 * Returns whether a job was running, or an action was required, since the panel was opened: its success is then shown.
 * The first job of a new connection may be over before the page sees it run.
 */
function useWasUnsettled(next: NextStep | null, isNew: boolean): boolean {
  const [wasUnsettled, setWasUnsettled] = useState(isNew);
  const isNow = next !== null && (isInProgress(next.card) || next.card.requiredAction !== 'NONE');
  useEffect(() => {
    if (isNow) setWasUnsettled(true);
  }, [isNow]);
  return wasUnsettled;
}

/**
 * Returns a function that returns true at most once, in the first render: the user has already asked for the step by
 * opening the panel.
 */
function useAutoStart(startsNow: boolean): () => boolean {
  const isPending = useRef(startsNow);
  useEffect(() => {
    // Runs after the effects of the step itself.
    isPending.current = false;
  }, []);
  return useCallback(() => {
    const wasPending = isPending.current;
    isPending.current = false;
    return wasPending;
  }, []);
}

function PanelBody({ next, ...props }: MemberPanelProps & { readonly next: NextStep }) {
  const { guid, autoStart = false, isNew = false, onClose, onMember } = props;
  const { card } = next;
  const consumeAutoStart = useAutoStart(autoStart);
  const wasUnsettled = useWasUnsettled(next, isNew);
  const step = useFocusOnChange(`${card.requiredAction} ${isInProgress(card)}`);
  return (
    <>
      <CurrentState next={next} />
      <div className="panel-step" ref={step} tabIndex={-1}>
        <NextStepForm
          next={next}
          consumeAutoStart={consumeAutoStart}
          isDone={wasUnsettled && card.isTerminal && card.phase === 'CONNECTED'}
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

/** Shown if the connection was removed, here or elsewhere, while the panel was open. */
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

/** Panel of one connection: state, next step, history and removal. */
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

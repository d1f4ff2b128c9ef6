import { useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { useFirstFocus } from '../parts/focus.js';
import { useI18n } from '../parts/i18n.js';

export interface Answer {
  readonly guid: string;
  readonly value: string;
}

/** What was entered, by the guids that the inputs are named after. */
function answersOf(form: HTMLFormElement): Answer[] {
  return [...new FormData(form)].map(([guid, value]) => ({
    guid,
    value: typeof value === 'string' ? value : '',
  }));
}

export interface AnswerFormProps {
  readonly submitLabel: string;
  readonly isBusy: boolean;
  /** The inputs, each named after the guid of what it answers, and what stands between them and the button. */
  readonly children: ReactNode;
  /** Stands under the button. */
  readonly hint?: string;
  readonly onSubmit: (answers: Answer[]) => void;
}

/** A form of what the bank asks for, whatever that is. What is entered stays in the form until it is sent. */
export function AnswerForm({ submitLabel, isBusy, children, hint, onSubmit }: AnswerFormProps) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  useFirstFocus(form);
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSubmit(answersOf(event.currentTarget));
  }
  return (
    <form ref={form} className="form" onSubmit={submit}>
      {children}
      <button type="submit" className="button primary wide" aria-disabled={isBusy}>
        {isBusy ? t('form.sending') : submitLabel}
      </button>
      {hint !== undefined && <p className="hint">{hint}</p>}
    </form>
  );
}

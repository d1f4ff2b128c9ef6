import { useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { useFocusFirstInput } from '../components/focus.js';
import { useI18n } from '../components/i18n.js';

export interface Answer {
  readonly guid: string;
  readonly value: string;
}

/** The values entered, by the guids that name the inputs. */
function answersOf(form: HTMLFormElement): Answer[] {
  return [...new FormData(form)].map(([guid, value]) => ({
    guid,
    value: typeof value === 'string' ? value : '',
  }));
}

export interface AnswerFormProps {
  readonly submitLabel: string;
  readonly isBusy: boolean;
  /** The inputs, each named after the guid of its field or challenge, and any content above the button. */
  readonly children: ReactNode;
  /** Shown below the button. */
  readonly hint?: string;
  readonly onSubmit: (answers: Answer[]) => void;
}

/** A form for credentials or challenges. Values stay in the form until it is submitted. */
export function AnswerForm({ submitLabel, isBusy, children, hint, onSubmit }: AnswerFormProps) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  useFocusFirstInput(form);
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

import { useId, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import type { FragmentType } from '../../generated/fragment-masking.js';
import { CredentialInputsFragmentDoc } from '../../generated/graphql.js';
import type { CredentialInputsFragment } from '../../generated/graphql.js';
import { useFirstFocus } from '../parts/focus.js';
import { useI18n } from '../parts/i18n.js';

export interface Answer {
  readonly guid: string;
  readonly value: string;
}

/** What was entered, by the guids that the inputs are named after. */
export function answersOf(form: HTMLFormElement): Answer[] {
  return [...new FormData(form)].map(([guid, value]) => ({
    guid,
    value: typeof value === 'string' ? value : '',
  }));
}

interface SecretInputProps {
  readonly id: string;
  readonly guid: string;
  readonly label: string;
}

function SecretInput({ id, guid, label }: SecretInputProps) {
  const { t } = useI18n();
  const [isShown, setShown] = useState(false);
  return (
    <div className="with-button">
      <input
        id={id}
        name={guid}
        type={isShown ? 'text' : 'password'}
        required
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
      />
      <button
        type="button"
        className="button quiet"
        aria-label={t(isShown ? 'form.hideOf' : 'form.showOf', { label })}
        onClick={() => setShown(!isShown)}
      >
        {t(isShown ? 'form.hide' : 'form.show')}
      </button>
    </div>
  );
}

function CredentialInput({ field }: { readonly field: CredentialInputsFragment }) {
  const id = useId();
  const { guid, label, type } = field;
  return (
    <div className="field">
      <label htmlFor={id}>{label ?? guid}</label>
      {type === 'PASSWORD' ? (
        <SecretInput id={id} guid={guid} label={label ?? guid} />
      ) : (
        <input
          id={id}
          name={guid}
          type="text"
          required
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="off"
        />
      )}
    </div>
  );
}

export interface CredentialsFormProps {
  readonly fields: readonly FragmentType<typeof CredentialInputsFragmentDoc>[];
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly children?: ReactNode;
  readonly onSubmit: (credentials: Answer[]) => void;
}

/** A form of what the bank asks for, whatever that is. What is entered stays in the form until it is sent. */
export function CredentialsForm({ fields, submitLabel, isBusy, children, onSubmit }: CredentialsFormProps) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  useFirstFocus(form);
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSubmit(answersOf(event.currentTarget));
  }
  return (
    <form ref={form} className="form" onSubmit={submit}>
      {unmask(CredentialInputsFragmentDoc, fields).map((field) => (
        <CredentialInput key={field.guid} field={field} />
      ))}
      {children}
      <button type="submit" className="button primary wide" aria-disabled={isBusy}>
        {isBusy ? t('form.sending') : submitLabel}
      </button>
      <p className="hint">{t('form.secrets')}</p>
    </form>
  );
}

import { useId, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import type { FragmentType } from '../../generated/fragment-masking.js';
import { CredentialInputsFragmentDoc } from '../../generated/graphql.js';
import type { CredentialInputsFragment } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import { AnswerForm } from './answer-form.js';
import type { AnswerFormProps } from './answer-form.js';

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

export interface CredentialsFormProps extends Omit<AnswerFormProps, 'hint'> {
  readonly fields: readonly FragmentType<typeof CredentialInputsFragmentDoc>[];
}

/** A form with the credential fields of the bank. */
export function CredentialsForm({ fields, children, ...form }: CredentialsFormProps) {
  const { t } = useI18n();
  return (
    <AnswerForm {...form} hint={t('form.secrets')}>
      {unmask(CredentialInputsFragmentDoc, fields).map((field) => (
        <CredentialInput key={field.guid} field={field} />
      ))}
      {children}
    </AnswerForm>
  );
}

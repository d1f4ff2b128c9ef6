import { useId, useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';

import type { ChallengeQuestionFragment } from '../../generated/graphql.js';
import { useFirstFocus } from '../parts/focus.js';
import { useI18n } from '../parts/i18n.js';
import { answersOf } from './credentials-form.js';
import type { Answer } from './credentials-form.js';

interface QuestionProps {
  readonly challenge: ChallengeQuestionFragment;
}

interface Option {
  readonly label: string | null;
  readonly value: string;
  readonly image?: string | null;
}

interface TextAnswerProps extends QuestionProps {
  readonly label?: string;
  readonly children?: ReactNode;
}

function TextAnswer({ challenge, label, children }: TextAnswerProps) {
  const { t } = useI18n();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label ?? challenge.label ?? t('challenge.answer')}</label>
      {children}
      <input id={id} name={challenge.guid} type="text" required autoComplete="one-time-code" />
    </div>
  );
}

function ChoiceAnswer({ challenge, options }: QuestionProps & { readonly options: readonly Option[] }) {
  const { t } = useI18n();
  const hasPictures = options.some(({ image }) => image);
  return (
    <fieldset className="field">
      <legend>{challenge.label ?? t('challenge.answer')}</legend>
      <div className={hasPictures ? 'pictures' : 'options'}>
        {options.map(({ label, value, image }, index) => (
          <label key={value} className="option">
            <input type="radio" name={challenge.guid} value={value} required />
            {image && (
              <img src={image} alt={label === null ? t('challenge.picture', { number: index + 1 }) : ''} />
            )}
            {label !== null && <span>{label}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Question({ challenge }: QuestionProps) {
  const { t } = useI18n();
  switch (challenge.__typename) {
    case 'OptionsChallenge':
      return <ChoiceAnswer challenge={challenge} options={challenge.options} />;
    case 'ImageOptionsChallenge':
      return <ChoiceAnswer challenge={challenge} options={challenge.pictures} />;
    case 'ImageChallenge':
      return (
        <TextAnswer challenge={challenge}>
          {challenge.image && (
            <img className="challenge-image" src={challenge.image} alt={t('challenge.image')} />
          )}
        </TextAnswer>
      );
    case 'TokenChallenge':
      return (
        <>
          {challenge.token !== null && (
            <p className="field">
              {t('challenge.tokenEnter')} <code className="token">{challenge.token}</code>
            </p>
          )}
          <TextAnswer challenge={challenge} label={t('challenge.token')} />
        </>
      );
    case 'TextChallenge':
      return <TextAnswer challenge={challenge} />;
  }
}

export interface ChallengeFormProps {
  readonly challenges: readonly ChallengeQuestionFragment[];
  readonly isBusy: boolean;
  readonly children?: ReactNode;
  readonly onSubmit: (answers: Answer[]) => void;
}

/** All that the bank asks, in one form: the answers go together. */
export function ChallengeForm({ challenges, isBusy, children, onSubmit }: ChallengeFormProps) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  useFirstFocus(form);
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSubmit(answersOf(event.currentTarget));
  }
  return (
    <form ref={form} className="form" onSubmit={submit}>
      {challenges.map((challenge) => (
        <Question key={challenge.guid} challenge={challenge} />
      ))}
      {children}
      <button type="submit" className="button primary wide" aria-disabled={isBusy}>
        {t(isBusy ? 'form.sending' : 'challenge.submit')}
      </button>
    </form>
  );
}

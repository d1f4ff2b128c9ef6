import { useId } from 'react';
import type { ReactNode } from 'react';

import type { ChallengeQuestionFragment } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import { AnswerForm } from './answer-form.js';
import type { AnswerFormProps } from './answer-form.js';

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

export interface ChallengeFormProps extends Omit<AnswerFormProps, 'submitLabel' | 'hint'> {
  readonly challenges: readonly ChallengeQuestionFragment[];
}

/** All challenges in one form: the answers are sent together. */
export function ChallengeForm({ challenges, children, ...form }: ChallengeFormProps) {
  const { t } = useI18n();
  return (
    <AnswerForm {...form} submitLabel={t('challenge.submit')}>
      {challenges.map((challenge) => (
        <Question key={challenge.guid} challenge={challenge} />
      ))}
      {children}
    </AnswerForm>
  );
}

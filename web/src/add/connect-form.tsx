import { useQuery } from '@apollo/client/react';

import { unmask } from '../../generated/fragment-masking.js';
import {
  ConnectionCardFragmentDoc,
  CreateMemberDocument,
  CredentialFieldsDocument,
} from '../../generated/graphql.js';
import type { InstitutionChoiceFragment, MemberAccess } from '../../generated/graphql.js';
import { Notice } from '../components/notice.js';
import { useI18n } from '../components/i18n.js';
import { PanelSkeleton } from '../components/panel-skeleton.js';
import type { Answer } from '../panel/answer-form.js';
import { CredentialsForm } from '../panel/credentials-form.js';
import { ProblemNotice } from '../panel/problem-notice.js';
import { useAction } from '../panel/use-action.js';
import type { Problem } from '../panel/use-action.js';
import { useIdempotencyKey } from '../panel/use-idempotency-key.js';
import type { OpenMember } from '../connections/connection-list.js';

export interface ConnectFormProps {
  readonly institution: InstitutionChoiceFragment;
  readonly onBack: () => void;
  readonly onMember: OpenMember;
}

interface ConnectProps {
  readonly code: string;
  readonly name: string;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly connect: (access: MemberAccess) => void;
  readonly onMember: OpenMember;
}

function ConnectWithCredentials({ code, isBusy, problem, connect, onMember }: ConnectProps) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(CredentialFieldsDocument, { variables: { code } });
  const fields = data?.institution?.credentialFields;
  if (error && !fields) {
    return (
      <Notice icon="alert" tone="error" title={t('panel.failed')}>
        <button type="button" className="button" onClick={() => void refetch().catch(() => undefined)}>
          {t('add.retry')}
        </button>
      </Notice>
    );
  }
  if (!fields) return <PanelSkeleton />;
  return (
    <CredentialsForm
      fields={fields}
      submitLabel={t('connect.submit')}
      isBusy={isBusy}
      onSubmit={(credentials: Answer[]) => connect({ credentials })}
    >
      <ProblemNotice problem={problem} onMember={onMember} />
    </CredentialsForm>
  );
}

function ConnectWithOauth({ name, isBusy, problem, connect, onMember }: ConnectProps) {
  const { t } = useI18n();
  return (
    <>
      <p>{t('oauth.text', { name })}</p>
      <ProblemNotice problem={problem} onMember={onMember} />
      <button
        type="button"
        className="button primary wide"
        aria-disabled={isBusy}
        onClick={() => connect({ oauth: {} })}
      >
        {t(isBusy ? 'form.sending' : 'connect.oauth')}
      </button>
    </>
  );
}

/** Connects the chosen bank, by credentials or OAuth, whichever it supports. */
export function ConnectForm({ institution, onBack, onMember }: ConnectFormProps) {
  const { t, locale } = useI18n();
  const { run, isBusy, problem } = useAction(CreateMemberDocument, (data) => data.createMember);
  const idempotencyKey = useIdempotencyKey();
  const { code, supportsOauth } = institution;
  const name = institution.name ?? code;

  async function connect(access: MemberAccess): Promise<void> {
    const payload = await run({
      input: { ...idempotencyKey.current(), institutionCode: code, access },
      locale,
    });
    if (payload) idempotencyKey.reset();
    const created = unmask(ConnectionCardFragmentDoc, payload?.member);
    if (created && payload?.userErrors.length === 0) onMember(created.guid, true);
  }
  const Connect = supportsOauth ? ConnectWithOauth : ConnectWithCredentials;
  return (
    <div className="stack">
      <Connect
        code={code}
        name={name}
        isBusy={isBusy}
        problem={problem}
        connect={(access) => void connect(access)}
        onMember={onMember}
      />
      <button type="button" className="button quiet" onClick={onBack}>
        {t('connect.back')}
      </button>
    </div>
  );
}

import { useQuery } from '@apollo/client/react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';

import { StatusesDocument } from '../../generated/graphql.js';
import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import type { TextKey } from '../components/i18n.js';
import { callSandbox } from './sandbox-api.js';
import type { RunAction } from './sandbox-api.js';

const QUESTIONS = ['TEXT', 'OPTIONS', 'IMAGE_DATA', 'IMAGE_OPTIONS', 'TOKEN', 'SEVERAL'] as const;
/** A status that is not in the API's table, as MX may add one. */
const UNLISTED_STATUS = 'SLEEPING';
const NULL_STATUS = '(null)';

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
  readonly onSelect: (value: string) => void;
}

function Select({ label, value, children, onSelect }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onSelect(target.value)}>
        {children}
      </select>
    </div>
  );
}

/** The statuses that can be forced, in the order of the API's table. */
function useStatuses(): readonly string[] {
  const { locale } = useI18n();
  const { data } = useQuery(StatusesDocument, { variables: { locale } });
  const rows = data?.connectionStatuses ?? [];
  return rows.map(({ status }) => (status === 'UNKNOWN' ? UNLISTED_STATUS : (status ?? NULL_STATUS)));
}

interface ForceProps {
  readonly guid: string;
  readonly runAction: RunAction;
}

function ForceStatus({ guid, runAction }: ForceProps) {
  const { t } = useI18n();
  const statuses = useStatuses();
  const [status, setStatus] = useState('DENIED');
  const force = () =>
    callSandbox('PUT', `/members/${guid}`, { connection_status: status === NULL_STATUS ? null : status });
  return (
    <div className="row end">
      <Select label={t('sandbox.status')} value={status} onSelect={setStatus}>
        {statuses.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Select>
      <button
        type="button"
        className="button"
        onClick={() => runAction(t('sandbox.forced', { status }), force)}
      >
        {t('sandbox.force')}
      </button>
    </div>
  );
}

function AskQuestion({ guid, runAction }: ForceProps) {
  const { t } = useI18n();
  const [kind, setKind] = useState<string>('TEXT');
  const ask = () => callSandbox('PUT', `/members/${guid}`, { challenges: kind });
  return (
    <div className="row end">
      <Select label={t('sandbox.question')} value={kind} onSelect={setKind}>
        {QUESTIONS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Select>
      <button type="button" className="button" onClick={() => runAction(t('sandbox.asked', { kind }), ask)}>
        {t('sandbox.ask')}
      </button>
    </div>
  );
}

const CONTROLS = ['expire_challenge', 'finish_job', 'expire_pending'] as const;

/** Sandbox controls of one connection. */
export function MemberControls({ members, work }: MemberControlsProps) {
  const { t } = useI18n();
  const [selected, setSelected] = useState<string>();
  const guid = members.some((one) => one.guid === selected) ? selected : members[0]?.guid;
  if (guid === undefined) return null;
  const send = () => callSandbox('POST', '/webhooks/send', { memberGuid: guid, type: 'CONNECTION_STATUS' });
  return (
    <section className="stack">
      <Select label={t('sandbox.member')} value={guid} onSelect={setSelected}>
        {members.map((one) => (
          <option key={one.guid} value={one.guid}>
            {one.name} · {one.connectionStatus ?? NULL_STATUS}
          </option>
        ))}
      </Select>
      <ForceStatus guid={guid} runAction={work} />
      <AskQuestion guid={guid} runAction={work} />
      <div className="row">
        {CONTROLS.map((one) => {
          const key: TextKey = `sandbox.${one}`;
          const run = () => callSandbox('POST', `/members/${guid}/${one}`);
          return (
            <button key={one} type="button" className="button" onClick={() => work(t(key), run)}>
              {t(key)}
            </button>
          );
        })}
        <button type="button" className="button" onClick={() => work(t('sandbox.webhook'), send)}>
          {t('sandbox.webhook')}
        </button>
      </div>
    </section>
  );
}

export interface MemberControlsProps {
  readonly members: readonly ConnectionCardFragment[];
  readonly work: RunAction;
}

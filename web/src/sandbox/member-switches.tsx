import { useQuery } from '@apollo/client/react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';

import { StatusesDocument } from '../../generated/graphql.js';
import type { ConnectionCardFragment } from '../../generated/graphql.js';
import { useI18n } from '../parts/i18n.js';
import type { TextKey } from '../parts/i18n.js';
import { workSwitch } from './sandbox-api.js';
import type { RunAction } from './sandbox-api.js';

const QUESTIONS = ['TEXT', 'OPTIONS', 'IMAGE_DATA', 'IMAGE_OPTIONS', 'TOKEN', 'SEVERAL'] as const;
/** A word that the API's table does not list stands for all that MX may add. */
const NEW_WORD = 'SLEEPING';
const NO_WORD = '(null)';

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, children, onPick }: PickProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onPick(target.value)}>
        {children}
      </select>
    </div>
  );
}

/** The statuses that can be forced, in the order of the API's table. */
function useWords(): readonly string[] {
  const { locale } = useI18n();
  const { data } = useQuery(StatusesDocument, { variables: { locale } });
  const rows = data?.connectionStatuses ?? [];
  return rows.map(({ status }) => (status === 'UNKNOWN' ? NEW_WORD : (status ?? NO_WORD)));
}

interface ForceProps {
  readonly guid: string;
  readonly work: RunAction;
}

function ForceStatus({ guid, work }: ForceProps) {
  const { t } = useI18n();
  const words = useWords();
  const [word, setWord] = useState('DENIED');
  const force = () =>
    workSwitch('PUT', `/members/${guid}`, { connection_status: word === NO_WORD ? null : word });
  return (
    <div className="row end">
      <Pick label={t('sandbox.status')} value={word} onPick={setWord}>
        {words.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Pick>
      <button type="button" className="button" onClick={() => work(t('sandbox.forced', { word }), force)}>
        {t('sandbox.force')}
      </button>
    </div>
  );
}

function AskQuestion({ guid, work }: ForceProps) {
  const { t } = useI18n();
  const [kind, setKind] = useState<string>('TEXT');
  const ask = () => workSwitch('PUT', `/members/${guid}`, { challenges: kind });
  return (
    <div className="row end">
      <Pick label={t('sandbox.question')} value={kind} onPick={setKind}>
        {QUESTIONS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Pick>
      <button type="button" className="button" onClick={() => work(t('sandbox.asked', { kind }), ask)}>
        {t('sandbox.ask')}
      </button>
    </div>
  );
}

const SWITCHES = ['expire_challenge', 'finish_job', 'expire_pending'] as const;

/** What can be done to one connection from MX's side. */
export function MemberSwitches({ members, work }: MemberSwitchesProps) {
  const { t } = useI18n();
  const [picked, setPicked] = useState<string>();
  const guid = members.some((one) => one.guid === picked) ? picked : members[0]?.guid;
  if (guid === undefined) return null;
  const send = () => workSwitch('POST', '/webhooks/send', { memberGuid: guid, type: 'CONNECTION_STATUS' });
  return (
    <section className="stack">
      <Pick label={t('sandbox.member')} value={guid} onPick={setPicked}>
        {members.map((one) => (
          <option key={one.guid} value={one.guid}>
            {one.name} · {one.connectionStatus ?? NO_WORD}
          </option>
        ))}
      </Pick>
      <ForceStatus guid={guid} work={work} />
      <AskQuestion guid={guid} work={work} />
      <div className="row">
        {SWITCHES.map((one) => {
          const key: TextKey = `sandbox.${one}`;
          const flip = () => workSwitch('POST', `/members/${guid}/${one}`);
          return (
            <button key={one} type="button" className="button" onClick={() => work(t(key), flip)}>
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

export interface MemberSwitchesProps {
  readonly members: readonly ConnectionCardFragment[];
  readonly work: RunAction;
}

import type { ConnectionState } from '../connections/presentation.js';
import { Icon } from '../components/icon.js';
import { useI18n } from '../components/i18n.js';

const STEPS = ['progress.sent', 'progress.bank', 'progress.data'] as const;

/** Progress of a job. MX accepts the credentials before it has the data. */
export function ProgressSteps({ state, name }: { readonly state: ConnectionState; readonly name: string }) {
  const { t } = useI18n();
  const current = state.phase === 'CONNECTED' ? 2 : 1;
  return (
    <div className="stack">
      <ol className="progress" role="list" aria-label={t('progress.label')}>
        {STEPS.map((step, index) => (
          <li
            key={step}
            data-state={index < current ? 'done' : index === current ? 'current' : 'ahead'}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className="progress-mark">{index < current && <Icon name="check" />}</span>
            <span>{t(step, { name })}</span>
          </li>
        ))}
      </ol>
      <p className="hint">{t('progress.leave')}</p>
    </div>
  );
}

import type { Standing } from '../connections/presentation.js';
import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';

const STEPS = ['progress.sent', 'progress.bank', 'progress.data'] as const;

/** How far a connection is on its way: the sign-in is believed before the data is there. */
export function ProgressSteps({ standing, name }: { readonly standing: Standing; readonly name: string }) {
  const { t } = useI18n();
  const current = standing.phase === 'CONNECTED' ? 2 : 1;
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

import { useI18n } from '../components/i18n.js';
import { callSandbox } from './sandbox-api.js';
import type { RunAction } from './sandbox-api.js';

const FAULTS = {
  'sandbox.down': [{ kind: 'status', status: 503 }],
  'sandbox.slow': [{ kind: 'latency', ms: 3_000 }],
} as const;

/** After a reset, the API may return cached data for this long. */
const CACHE_MS = 3_500;

export interface TrafficControlsProps {
  readonly runAction: RunAction;
  readonly onReset: () => void;
}

/** Sandbox controls of MX as a whole. */
export function TrafficControls({ runAction, onReset }: TrafficControlsProps) {
  const { t } = useI18n();
  async function reset(): Promise<void> {
    await callSandbox('POST', '/reset');
    setTimeout(onReset, CACHE_MS);
  }
  return (
    <section className="stack">
      <h3>MX</h3>
      <div className="row">
        {(['sandbox.down', 'sandbox.slow'] as const).map((key) => (
          <button
            key={key}
            type="button"
            className="button"
            onClick={() => runAction(t(key), () => callSandbox('PUT', '/faults', FAULTS[key]))}
          >
            {t(key)}
          </button>
        ))}
        <button
          type="button"
          className="button"
          onClick={() => runAction(t('sandbox.up'), () => callSandbox('DELETE', '/faults'))}
        >
          {t('sandbox.up')}
        </button>
        <button type="button" className="button" onClick={() => runAction(t('sandbox.reset'), reset)}>
          {t('sandbox.reset')}
        </button>
      </div>
    </section>
  );
}

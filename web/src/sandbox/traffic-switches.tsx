import { useI18n } from '../parts/i18n.js';
import { workSwitch } from './sandbox-api.js';
import type { RunAction } from './sandbox-api.js';

const FAULTS = {
  'sandbox.down': [{ kind: 'status', status: 503 }],
  'sandbox.slow': [{ kind: 'latency', ms: 3_000 }],
} as const;

/** After a reset the API goes on for so long with what it knew. */
const KNOWN_MS = 3_500;

export interface TrafficSwitchesProps {
  readonly work: RunAction;
  readonly onReset: () => void;
}

/** What can be done to MX as a whole. */
export function TrafficSwitches({ work, onReset }: TrafficSwitchesProps) {
  const { t } = useI18n();
  async function reset(): Promise<void> {
    await workSwitch('POST', '/reset');
    setTimeout(onReset, KNOWN_MS);
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
            onClick={() => work(t(key), () => workSwitch('PUT', '/faults', FAULTS[key]))}
          >
            {t(key)}
          </button>
        ))}
        <button
          type="button"
          className="button"
          onClick={() => work(t('sandbox.up'), () => workSwitch('DELETE', '/faults'))}
        >
          {t('sandbox.up')}
        </button>
        <button type="button" className="button" onClick={() => work(t('sandbox.reset'), reset)}>
          {t('sandbox.reset')}
        </button>
      </div>
    </section>
  );
}

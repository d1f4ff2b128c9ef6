import { useStore } from '../api/external-store.js';
import { updatePreferences, LOCALES, preferences, THEMES, TRANSPORTS } from '../api/preferences.js';
import { useI18n } from './i18n.js';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly values: readonly T[];
  readonly textOf: (value: T) => string;
  readonly onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, value, values, textOf, onChoose }: ChoiceProps<T>) {
  return (
    <label className="choice">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const chosen = values[target.selectedIndex];
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {textOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

const NAMES = { en: 'English', es: 'Español', 'fr-CA': 'Français (Canada)' } as const;

/** The user's settings of the page. */
export function PageFooter() {
  const { t } = useI18n();
  const { locale, theme, transport } = useStore(preferences);
  return (
    <footer className="page-footer">
      <Choice
        label={t('settings.language')}
        value={locale}
        values={LOCALES}
        textOf={(one) => NAMES[one]}
        onChoose={(one) => updatePreferences({ locale: one })}
      />
      <Choice
        label={t('settings.theme')}
        value={theme}
        values={THEMES}
        textOf={(one) => t(`theme.${one}`)}
        onChoose={(one) => updatePreferences({ theme: one })}
      />
      <Choice
        label={t('settings.transport')}
        value={transport}
        values={TRANSPORTS}
        textOf={(one) => t(`transport.${one}`)}
        onChoose={(one) => updatePreferences({ transport: one })}
      />
    </footer>
  );
}

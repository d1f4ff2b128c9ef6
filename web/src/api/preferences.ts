import { createStore } from './external-store.js';
import type { TransportKind } from './live-transport.js';

/** The languages of the page. */
export const LOCALES = ['en', 'es', 'fr-CA'] as const;
export type Locale = (typeof LOCALES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const TRANSPORTS = ['websocket', 'sse'] as const satisfies readonly TransportKind[];

/** The user's choices, stored in this browser. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly transport: TransportKind;
}

const STORAGE_KEY = 'mx-connections';

/** The first of the browser's languages that the page supports. Defaults to English. */
function guessLocale(): Locale {
  for (const tag of navigator.languages) {
    const language = tag.split('-')[0];
    const found = LOCALES.find((locale) => locale.split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

function oneOf<T>(values: readonly T[], value: unknown, fallback: T): T {
  return values.find((one) => one === value) ?? fallback;
}

/** The stored preferences. They may come from an older version of the page, and the browser may not allow storage. */
function readStored(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function load(): Preferences {
  const stored = readStored();
  return {
    locale: oneOf(LOCALES, stored['locale'], guessLocale()),
    theme: oneOf(THEMES, stored['theme'], 'system'),
    transport: oneOf(TRANSPORTS, stored['transport'], 'websocket'),
  };
}

export const preferences = createStore<Preferences>(load());

/** Applies the chosen colour theme to the page. */
export function applyTheme({ theme }: Preferences): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Changes preferences and stores them for the next visit. */
export function updatePreferences(change: Partial<Preferences>): void {
  const updated = { ...preferences.get(), ...change };
  preferences.set(updated);
  applyTheme(updated);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(updated));
  } catch {
    // Without storage, the choice applies to this visit only.
  }
}

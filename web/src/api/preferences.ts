import { createStore } from './external-store.js';
import type { TransportKind } from './live-transport.js';

/** The languages that the page speaks. */
export const LOCALES = ['en', 'es', 'fr-CA'] as const;
export type Locale = (typeof LOCALES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const TRANSPORTS = ['websocket', 'sse'] as const satisfies readonly TransportKind[];

/** What a user has chosen for this browser. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly transport: TransportKind;
}

const KEY = 'mx-connections';

/** The first language of the browser that the page speaks too. */
function guessLocale(): Locale {
  for (const wanted of navigator.languages) {
    const language = wanted.split('-')[0];
    const found = LOCALES.find((locale) => locale.split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

function oneOf<T>(values: readonly T[], value: unknown, fallback: T): T {
  return values.find((one) => one === value) ?? fallback;
}

/** What was kept, as far as it can still be read: it may be of an older page, or the browser may keep nothing. */
function readKept(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function load(): Preferences {
  const kept = readKept();
  return {
    locale: oneOf(LOCALES, kept['locale'], guessLocale()),
    theme: oneOf(THEMES, kept['theme'], 'system'),
    transport: oneOf(TRANSPORTS, kept['transport'], 'websocket'),
  };
}

export const preferences = createStore<Preferences>(load());

/** Shows the page in the colours that were chosen. */
export function applyTheme({ theme }: Preferences): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Changes what was chosen, and keeps it for the next visit. */
export function choose(change: Partial<Preferences>): void {
  const chosen = { ...preferences.get(), ...change };
  preferences.set(chosen);
  applyTheme(chosen);
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // A browser that keeps nothing has the choice for this visit.
  }
}

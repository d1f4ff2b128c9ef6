import { createContext, useContext, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';

import en from '../../messages/en.json';
import es from '../../messages/es.json';
import frCA from '../../messages/fr-CA.json';
import { preferences } from '../api/preferences.js';
import type { Locale } from '../api/preferences.js';
import { useStore } from '../api/external-store.js';
import { formatMessage } from './format-message.js';
import type { Values } from './format-message.js';

export type TextKey = keyof typeof en;

/** All languages are bundled: together they are smaller than the overhead of a request for one. */
const CATALOGUES: Readonly<Record<Locale, Record<TextKey, string | Record<string, string>>>> = {
  en,
  es,
  'fr-CA': frCA,
};

export interface I18n {
  readonly locale: Locale;
  /** Returns one of the page's own texts. */
  readonly t: (key: TextKey, values?: Values) => string;
  /** "5 hours ago". */
  readonly ago: (time: number, now: number) => string;
  /** "16:35" within 12 hours, otherwise with the date. */
  readonly clock: (time: number, now: number) => string;
  /** "2 min". */
  readonly duration: (seconds: number) => string;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

function unitOf(seconds: number): (typeof UNITS)[number] {
  return UNITS.find(([, size]) => seconds >= size) ?? ['second', 1];
}

function createI18n(locale: Locale): I18n {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    locale,
    t: (key, values = {}) => formatMessage(CATALOGUES[locale][key], values, locale),
    ago(at, now) {
      // A counter of seconds would be distracting.
      const minutes = Math.floor(Math.max(0, now - at) / 60_000);
      if (minutes < 1) return formatMessage(CATALOGUES[locale]['time.now'], {}, locale);
      if (minutes < 60) return relative.format(-minutes, 'minute');
      if (minutes < 1_440) return relative.format(-Math.floor(minutes / 60), 'hour');
      return relative.format(-Math.floor(minutes / 1_440), 'day');
    },
    clock: (at, now) => (Math.abs(now - at) < 43_200_000 ? time : dateTime).format(at),
    duration(seconds) {
      const [unit, size] = unitOf(seconds);
      const style = { style: 'unit', unit, unitDisplay: 'short' } as const;
      return new Intl.NumberFormat(locale, style).format(Math.floor(seconds / size));
    },
  };
}

const I18nContext = createContext<I18n>(createI18n('en'));

/** Provides the language of the page. */
export function I18nProvider({ children }: { readonly children: ReactNode }) {
  const { locale } = useStore(preferences);
  const i18n = useMemo(() => createI18n(locale), [locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = i18n.t('page.title');
  }, [locale, i18n]);
  return <I18nContext.Provider value={i18n}>{children}</I18nContext.Provider>;
}

/** Returns the texts and formats of the current language. */
export function useI18n(): I18n {
  return useContext(I18nContext);
}

/** The reader's language: chosen here, remembered, else the browser's, else the box's. */

import { loadLanguage, loadRest } from 'rsb:languages';
import { LOCALES, type Locale, localeFrom } from '@rsb/messages';
import type { Numbers } from '@rsb/messages/number-tag';
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { browserMemory, type Memory } from '../api/memory.ts';

/** Handed to every message as it is: `m.sign_in({}, lang)`. */
export interface Language {
  readonly locale: Locale;
  /** How numbers are written; left out: as the language does. */
  readonly numbers?: Numbers;
}

interface Speaking {
  readonly language: Language;
  readonly choose: (locale: Locale) => void;
}

const Speech = createContext<Speaking>({ language: { locale: 'en' }, choose: () => undefined });
const KEY = 'rsb.language';

export function rememberedLocale(memory: Memory, fallback: Locale): Locale {
  const kept = LOCALES.find((locale) => locale === memory.load(KEY));
  return kept ?? localeFrom(navigator.languages.join(','), fallback);
}

/** Before the first page is drawn its language must be there. */
export const prepareLanguage = (locale: Locale): Promise<void> => loadLanguage(locale);
/** Before a page that loads later is drawn. */
export const prepareRest = (locale: Locale): Promise<void> => loadRest(locale);

export function LanguageProvider(props: { readonly first: Locale; readonly children: ComponentChildren }) {
  const [locale, setLocale] = useState<Locale>(props.first);
  const choose = useCallback((next: Locale) => {
    browserMemory.save(KEY, next);
    void Promise.all([loadLanguage(next), loadRest(next)]).then(() => setLocale(next));
  }, []);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  // Errors and later pages: asked for once the first page stands; what showed without its words is drawn again.
  const [rest, setRest] = useState(0);
  useEffect(() => {
    void loadRest(locale).then(() => setRest((times) => times + 1));
  }, [locale]);
  // A new object redraws what reads it.
  const speaking = useMemo(() => ({ language: { locale }, choose }), [locale, choose, rest]);
  return <Speech.Provider value={speaking}>{props.children}</Speech.Provider>;
}

/** Below it numbers are written as the box's settings say, whatever the reader's language. */
export function NumbersProvider(props: { readonly numbers: Numbers; readonly children: ComponentChildren }) {
  const { numbers } = props;
  const { language, choose } = useContext(Speech);
  const speaking = useMemo(() => ({ language: { ...language, numbers }, choose }), [language, choose, numbers]);
  return <Speech.Provider value={speaking}>{props.children}</Speech.Provider>;
}

export const useLang = (): Language => useContext(Speech).language;
export const useChooseLanguage = (): ((locale: Locale) => void) => useContext(Speech).choose;

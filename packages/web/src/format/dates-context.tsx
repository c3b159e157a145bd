/** The site's zone for everything below. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { useLang } from '../language/language.tsx';
import { type Dates, datesIn } from './dates.ts';

const Zone = createContext<Dates>(datesIn('en', 'UTC'));

export function DatesProvider({ zone, children }: { readonly zone: string; readonly children: ComponentChildren }) {
  const { locale } = useLang();
  const dates = useMemo(() => datesIn(locale, zone), [locale, zone]);
  return <Zone.Provider value={dates}>{children}</Zone.Provider>;
}

export const useDates = (): Dates => useContext(Zone);

/** The sections of the settings, and which of them a field stands in. */
import { m } from '@rsb/messages';

export const SECTIONS = [
  'networks',
  'times',
  'reading',
  'central',
  'language',
  'people',
  'password',
  'backup',
  'changes',
] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionName(section: Section, lang: { readonly locale: 'en' | 'fr' | 'de' }): string {
  switch (section) {
    case 'networks':
      return m.section_networks({}, lang);
    case 'times':
      return m.section_times({}, lang);
    case 'reading':
      return m.section_reading({}, lang);
    case 'central':
      return m.section_central({}, lang);
    case 'language':
      return m.section_language({}, lang);
    case 'people':
      return m.section_people({}, lang);
    case 'backup':
      return m.section_backup({}, lang);
    case 'password':
      return m.section_password({}, lang);
    case 'changes':
      return m.section_changes({}, lang);
  }
}

const PLACES: readonly (readonly [string, Section])[] = [
  ['/ranges', 'networks'],
  ['/credentials', 'networks'],
  ['/snmpPort', 'networks'],
  ['/packetsPerSecond', 'networks'],
  ['/kilobytesPerHour', 'networks'],
  ['/devicePause', 'networks'],
  ['/traps', 'networks'],
  ['/times', 'times'],
  ['/whatToRead', 'reading'],
  ['/central', 'central'],
  ['/proxyPassword', 'central'],
  ['/language', 'language'],
  ['/numberFormat', 'language'],
  ['/zone', 'language'],
  ['/supplyMark', 'language'],
  ['/openReading', 'password'],
  ['/hostNames', 'password'],
];

export const sectionOf = (pointer: string): Section | undefined =>
  PLACES.find(([start]) => pointer === start || pointer.startsWith(`${start}/`))?.[1];

/** What may be read, group by group, in words: for the section, the save bar and the change log. */
import type { ReadGroup } from '@rsb/contract';
import { m } from '@rsb/messages';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

interface GroupWords {
  readonly name: (lang: Lang) => string;
  readonly about: (lang: Lang) => string;
}

const WORDS: Readonly<Record<ReadGroup, GroupWords>> = {
  counters: { name: (lang) => m.read_counters({}, lang), about: (lang) => m.read_counters_about({}, lang) },
  vendorCounters: {
    name: (lang) => m.read_vendor_counters({}, lang),
    about: (lang) => m.read_vendor_counters_about({}, lang),
  },
  supplies: { name: (lang) => m.read_supplies({}, lang), about: (lang) => m.read_supplies_about({}, lang) },
  status: { name: (lang) => m.read_status({}, lang), about: (lang) => m.read_status_about({}, lang) },
  alerts: { name: (lang) => m.read_alerts({}, lang), about: (lang) => m.read_alerts_about({}, lang) },
  firmware: { name: (lang) => m.read_firmware({}, lang), about: (lang) => m.read_firmware_about({}, lang) },
  hostName: { name: (lang) => m.read_host_name({}, lang), about: (lang) => m.read_host_name_about({}, lang) },
  location: { name: (lang) => m.read_location({}, lang), about: (lang) => m.read_location_about({}, lang) },
  assetNumber: { name: (lang) => m.read_asset_number({}, lang), about: (lang) => m.read_asset_number_about({}, lang) },
};

export const VALUE_GROUPS: readonly ReadGroup[] = ['counters', 'vendorCounters', 'supplies', 'status', 'alerts'];
export const FIELD_GROUPS: readonly ReadGroup[] = ['firmware', 'hostName', 'location', 'assetNumber'];
export const GROUPS: readonly ReadGroup[] = [...VALUE_GROUPS, ...FIELD_GROUPS];

export const groupWord = (group: ReadGroup, lang: Lang): string => WORDS[group].name(lang);
export const groupAbout = (group: ReadGroup, lang: Lang): string => WORDS[group].about(lang);

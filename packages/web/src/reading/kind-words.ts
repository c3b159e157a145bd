/** The words of kinds of device and units of counters. */
import type { CounterUnit, DeviceKind } from '@rsb/contract';
import { m } from '@rsb/messages';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function kindWord(kind: DeviceKind, lang: Lang): string {
  switch (kind) {
    case 'printer':
      return m.kind_printer({}, lang);
    case 'mfp':
      return m.kind_mfp({}, lang);
    case 'labelPrinter':
      return m.kind_label_printer({}, lang);
    case 'printServer':
      return m.kind_print_server({}, lang);
  }
}

export function unitWord(unit: CounterUnit, lang: Lang): string {
  switch (unit) {
    case 'impressions':
      return m.unit_impressions({}, lang);
    case 'sheets':
      return m.unit_sheets({}, lang);
    case 'hours':
      return m.unit_hours({}, lang);
    case 'millimetres':
      return m.unit_millimetres({}, lang);
    case 'centimetres':
      return m.unit_centimetres({}, lang);
    case 'feet':
      return m.unit_feet({}, lang);
    case 'count':
      return m.unit_count({}, lang);
  }
}

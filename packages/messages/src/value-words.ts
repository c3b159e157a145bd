/** What the values of a reading are called, of which kind a machine is, and where a value comes from, in the reader's language. */
import type { CounterUnit, DeviceKind, ValueOrigin } from '@rsb/contract';
import * as m from '../generated/messages.js';
import type { Locale } from './locale.ts';

type Word = (inputs: Record<string, never>, options: { locale: Locale }) => string;

const IDENTITY: ReadonlyMap<string, Word> = new Map([
  ['manufacturer', m.manufacturer],
  ['model', m.model],
  ['serialNumber', m.serial_number],
  ['macAddress', m.mac_address],
  ['hostName', m.host_name],
  ['location', m.location],
  ['assetNumber', m.asset_number],
  ['firmware', m.firmware],
  // The name of the MIB object, in every language.
  ['sysObjectId', () => 'sysObjectID'],
]);

const COUNTERS: ReadonlyMap<string, Word> = new Map([
  ['life', m.counter_life_standard],
  ['vendorLife', m.counter_life_vendor],
  ['billing', m.counter_billing],
  ['duplex', m.counter_duplex],
  ['largeFormat', m.counter_large_format],
  ['total', m.counter_total],
  ['print', m.counter_print],
  ['copy', m.counter_copy],
  ['fax', m.counter_fax],
  ['scan', m.counter_scan],
]);

const SPLITS: ReadonlyMap<string, Word> = new Map([
  ['all', m.counter_all],
  ['mono', m.counter_mono],
  ['color', m.counter_color],
]);

/** A path into a reading: "Total, colour", "Serial no.". One that has no words is shown as it is. */
export function wordPath(path: string, locale: Locale): string {
  const [part = '', ...steps] = path.split('.');
  const word = partWord(part);
  if (word === null) return path;
  const name = word({}, { locale });
  if (steps.length === 0) return name;
  switch (part) {
    case 'counters':
      return wordCounter(steps.join('.'), locale);
    case 'identity':
      return IDENTITY.get(steps.join('.'))?.({}, { locale }) ?? path;
    case 'status':
      return name;
    // Rows of a list are counted from 1 by people; a supply has the number that the machine gives it.
    case 'alerts':
      return /^\d+$/.test(steps[0] ?? '') ? `${name} ${Number(steps[0]) + 1}` : path;
    default:
      return `${name} ${steps.join('.')}`;
  }
}

function partWord(part: string): Word | null {
  switch (part) {
    case 'identity':
      return m.identity;
    case 'counters':
      return m.counters;
    case 'supplies':
      return m.supplies;
    case 'status':
      return m.state;
    case 'alerts':
      return m.alerts;
    case 'kind':
      return m.kind;
    default:
      return null;
  }
}

/** A count by its path below `counters`: `total.color`, `duplex`. */
export function wordCounter(path: string, locale: Locale): string {
  const [name = '', split = ''] = path.split('.');
  const of = COUNTERS.get(name)?.({}, { locale });
  if (of === undefined) return path;
  // In French and German "total, all" would be the same word twice.
  const kind = path === 'total.all' ? undefined : SPLITS.get(split)?.({}, { locale });
  return kind === undefined ? of : `${of}, ${kind}`;
}

export function wordKind(kind: DeviceKind, locale: Locale): string {
  switch (kind) {
    case 'printer':
      return m.kind_printer({}, { locale });
    case 'mfp':
      return m.kind_mfp({}, { locale });
    case 'labelPrinter':
      return m.kind_label_printer({}, { locale });
    case 'printServer':
      return m.kind_print_server({}, { locale });
  }
}

export function wordUnit(unit: CounterUnit, locale: Locale): string {
  switch (unit) {
    case 'impressions':
      return m.unit_impressions({}, { locale });
    case 'sheets':
      return m.unit_sheets({}, { locale });
    case 'hours':
      return m.unit_hours({}, { locale });
    case 'millimetres':
      return m.unit_millimetres({}, { locale });
    case 'centimetres':
      return m.unit_centimetres({}, { locale });
    case 'feet':
      return m.unit_feet({}, { locale });
    case 'count':
      return m.unit_count({}, { locale });
  }
}

/** How a value was made of the objects behind it. */
export function wordHow(how: ValueOrigin['how'], objects: number, locale: Locale): string {
  switch (how) {
    case 'value':
      return m.origin_as_told({}, { locale });
    case 'sum':
      return m.origin_sum({ count: objects }, { locale });
    case 'join':
      return m.origin_join({ count: objects }, { locale });
  }
}

/** Why an object is believed to mean what it means. */
export function wordEvidence(evidence: ValueOrigin['evidence'], locale: Locale): string {
  switch (evidence) {
    case 'mib':
      return m.evidence_mib({}, { locale });
    case 'capture':
      return m.evidence_capture({}, { locale });
    case 'reported':
      return m.evidence_reported({}, { locale });
  }
}

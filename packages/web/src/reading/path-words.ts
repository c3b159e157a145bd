/** Paths into a reading in words: "Total, colour", "Serial no.". A path that has no words is shown as it is. */
import { m } from '@rsb/messages';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function pathWords(path: string, lang: Lang): string {
  const [part = '', name = '', kind] = path.split('.');
  if (part === 'counters') return counterWords(kind === undefined ? name : `${name}.${kind}`, lang);
  if (part === 'identity') return identityWord(name, lang) ?? path;
  if (part === 'supplies') return [m.supplies({}, lang), path.slice('supplies.'.length)].filter(Boolean).join(' ');
  if (part === 'alerts') return [m.alerts({}, lang), path.slice('alerts.'.length)].filter(Boolean).join(' ');
  if (part === 'status') return m.state({}, lang);
  if (part === 'kind') return m.kind({}, lang);
  return path;
}

/** A count by its path below `counters`: `total.color`, `duplex`. */
export function counterWords(path: string, lang: Lang): string {
  const [name = '', kind] = path.split('.');
  const of = functionWord(name, lang);
  if (of === null) return path;
  const split = { all: m.counter_all({}, lang), mono: m.counter_mono({}, lang), color: m.counter_color({}, lang) };
  return kind === 'all' || kind === 'mono' || kind === 'color' ? `${of}, ${split[kind]}` : of;
}

function functionWord(name: string, lang: Lang): string | null {
  switch (name) {
    case 'life':
      return m.counter_life_standard({}, lang);
    case 'vendorLife':
      return m.counter_life_vendor({}, lang);
    case 'duplex':
      return m.counter_duplex({}, lang);
    case 'largeFormat':
      return m.counter_large_format({}, lang);
    case 'total':
      return m.counter_total({}, lang);
    case 'print':
      return m.counter_print({}, lang);
    case 'copy':
      return m.counter_copy({}, lang);
    case 'fax':
      return m.counter_fax({}, lang);
    case 'scan':
      return m.counter_scan({}, lang);
    default:
      return null;
  }
}

function identityWord(name: string, lang: Lang): string | null {
  switch (name) {
    case 'manufacturer':
      return m.manufacturer({}, lang);
    case 'model':
      return m.model({}, lang);
    case 'serialNumber':
      return m.serial_number({}, lang);
    case 'macAddress':
      return m.mac_address({}, lang);
    case 'hostName':
      return m.host_name({}, lang);
    case 'location':
      return m.location({}, lang);
    case 'assetNumber':
      return m.asset_number({}, lang);
    case 'firmware':
      return m.firmware({}, lang);
    default:
      return null;
  }
}

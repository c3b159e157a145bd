/** The value at a path of a machine, as text: what an origin is the origin of. */
import type { Counters, DeviceView, Supply } from '@rsb/contract';
import { wordKind, wordPath } from '@rsb/messages/value-words';
import { formatCount } from '../../format/count.ts';
import { supplyName } from '../../reading/supply-words.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export interface ValueAt {
  /** null where the machine does not tell it. */
  readonly text: string | null;
  readonly takenAt: string | null;
}

const IDENTITY = [
  'manufacturer',
  'model',
  'serialNumber',
  'macAddress',
  'hostName',
  'location',
  'assetNumber',
  'firmware',
] as const;

export function valueAt(device: DeviceView, path: string, lang: Lang): ValueAt {
  const [part = '', ...steps] = path.split('.');
  switch (part) {
    case 'counters':
      return { text: countAt(device.counters?.value, steps, lang), takenAt: device.counters?.takenAt ?? null };
    case 'supplies':
      return { text: supplyAt(device.supplies?.value, steps, lang), takenAt: device.supplies?.takenAt ?? null };
    case 'status': {
      const status = device.status?.value;
      return {
        text: status ? (steps[0] === 'errors' ? status.errors.join(', ') : status.state) : null,
        takenAt: device.status?.takenAt ?? null,
      };
    }
    case 'alerts': {
      const alert = device.alerts?.value[Number(steps[0])];
      return { text: alert?.text ?? alert?.code ?? null, takenAt: device.alerts?.takenAt ?? null };
    }
    case 'identity': {
      const name = IDENTITY.find((each) => each === steps[0]);
      return { text: name ? device[name] : null, takenAt: null };
    }
    case 'kind':
      return { text: device.kind && wordKind(device.kind, lang.locale), takenAt: null };
    default:
      return { text: null, takenAt: null };
  }
}

/** What a path is called; the machine's own counters by its own words. */
export function valueName(device: DeviceView, path: string, lang: Lang): string {
  const other = /^counters\.other\.(\d+)$/.exec(path)?.[1];
  const counter = other === undefined ? undefined : device.counters?.value.other[Number(other)];
  return counter ? counter.name : wordPath(path, lang.locale);
}

function countAt(counters: Counters | undefined, [name = '', kind]: readonly string[], lang: Lang): string | null {
  if (!counters) return null;
  const single = {
    life: counters.life,
    vendorLife: counters.vendorLife,
    duplex: counters.duplex,
    largeFormat: counters.largeFormat,
  };
  const splits = {
    total: counters.total,
    print: counters.print,
    copy: counters.copy,
    fax: counters.fax,
    scan: counters.scan,
  };
  const count = isKey(single, name)
    ? single[name]
    : isKey(splits, name) && (kind === 'all' || kind === 'mono' || kind === 'color')
      ? splits[name][kind]
      : name === 'other'
        ? (counters.other[Number(kind)]?.value ?? null)
        : null;
  return count === null ? null : formatCount(count, lang);
}

const isKey = <T extends object>(object: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(object, key);

function supplyAt(supplies: readonly Supply[] | undefined, steps: readonly string[], lang: Lang): string | null {
  const supply = supplies?.find(({ index }) => index === steps.join('.'));
  if (!supply) return null;
  return supply.percent === null ? supplyName(supply, lang) : `${supplyName(supply, lang)}, ${supply.percent}\u00a0%`;
}

/** The list of machines as text: put together anew only after a change, and packed once for all who ask for it meanwhile. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { type Readings, VALUE_PARTS } from '../store/readings.ts';
import { deviceFacts } from './device-view.ts';
import type { Feed } from './feed.ts';

export interface DeviceListText {
  /** A `DeviceList` in JSON. */
  json(): string;
  /** The same by gzip. */
  packed(): Promise<Uint8Array>;
}

export interface DeviceListTextDeps {
  readonly devices: Devices;
  readonly readings: Readings;
  readonly isReading: (device: DeviceRecord) => boolean;
  readonly feed: Feed;
}

/** A list is mostly repetition: more effort saves little, and the box is a small machine. */
const LEVEL = 3;
const pack = promisify(gzip);

export function createDeviceListText({ devices, readings, isReading, feed }: DeviceListTextDeps): DeviceListText {
  let made: { readonly of: string; readonly json: string; packed: Promise<Uint8Array> | null } | null = null;

  const make = (revision: number): string => {
    const parts = readings.allLastPartTexts();
    const views = devices.all().map((device) => {
      const facts = JSON.stringify(deviceFacts(device, isReading(device)));
      const told = parts.get(device.id);
      const members = VALUE_PARTS.map((part) => `"${part}":${told?.get(part) ?? 'null'}`);
      return `${facts.slice(0, -1)},${members.join(',')}}`;
    });
    return `{"revision":${revision},"mark":"${feed.mark()}","devices":[${views.join(',')}]}`;
  };
  const current = () => {
    const revision = devices.revision();
    // A device that is saved gets a new revision; one that is being read is told by the feed alone.
    const of = `${revision} ${feed.told()}`;
    if (made?.of !== of) made = { of, json: make(revision), packed: null };
    return made;
  };
  return {
    json: () => current().json,
    packed() {
      const list = current();
      list.packed ??= pack(list.json, { level: LEVEL });
      return list.packed;
    },
  };
}

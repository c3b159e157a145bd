/** The IEEE 1284 device id, `KEY:value;` pairs with short or long keys, from the objects that carry it. */
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import type { Answers, AskedObject } from '../definition.ts';
import { gdStatusId, ppmDeviceId } from './standard-objects.ts';
import { cleanText, declaredCharset, longTextOf, shorten } from './text.ts';

export interface DeviceId {
  readonly manufacturer: string | null;
  readonly model: string | null;
  /** CLS, upper case: PRINTER also on MFPs. */
  readonly deviceClass: string | null;
  readonly serialNumber: string | null;
  readonly description: string | null;
  /** CMD, the languages. */
  readonly commandSet: string | null;
}

const KEYS: Readonly<Record<string, keyof DeviceId>> = {
  MFG: 'manufacturer',
  MANUFACTURER: 'manufacturer',
  MANUFACTURE: 'manufacturer',
  MDL: 'model',
  MODEL: 'model',
  CLS: 'deviceClass',
  CLASS: 'deviceClass',
  SN: 'serialNumber',
  SER: 'serialNumber',
  SERN: 'serialNumber',
  SERIALNUMBER: 'serialNumber',
  DES: 'description',
  DESCRIPTION: 'description',
  CMD: 'commandSet',
  'COMMAND SET': 'commandSet',
};

/** Null where the text has neither a maker nor a model in it. */
export function parseDeviceId(text: string): DeviceId | null {
  const found: { -readonly [K in keyof DeviceId]: DeviceId[K] } = {
    manufacturer: null,
    model: null,
    deviceClass: null,
    serialNumber: null,
    description: null,
    commandSet: null,
  };
  for (const pair of text.split(';')) {
    const colon = pair.indexOf(':');
    if (colon < 0) continue;
    const key = KEYS[pair.slice(0, colon).trim().toUpperCase()];
    const value = shorten(cleanText(pair.slice(colon + 1)));
    if (key !== undefined && value !== '' && found[key] === null) found[key] = value;
  }
  if (found.deviceClass !== null) found.deviceClass = found.deviceClass.toUpperCase();
  return found.manufacturer === null && found.model === null ? null : found;
}

export interface FoundDeviceId {
  readonly id: DeviceId;
  readonly oid: Oid;
}

/** The first id that one of the objects tells, those of the standards before the vendor's own. */
export function findDeviceId(answers: Answers, own: readonly AskedObject[] = []): FoundDeviceId | null {
  const places = [
    // The table's index is prtMapping's own; the first row is the only one on every device seen.
    ...[...answers.column(ppmDeviceId.oid)].map(({ instance }) => ({ oid: ppmDeviceId.oid, instance })),
    { oid: gdStatusId.oid, instance: '0' },
    ...own.flatMap(({ oid, instances = ['0'] }) => instances.map((instance) => ({ oid, instance }))),
  ];
  for (const { oid, instance } of places) {
    const text = longTextOf(answers.value(oid, instance), declaredCharset(answers));
    const id = text === null ? null : parseDeviceId(text);
    if (id !== null) return { id, oid: childOf(oid, instance) };
  }
  return null;
}

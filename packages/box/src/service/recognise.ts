/** Which known device a sighting is: by serial number, else MAC, else address. Pure, apart from looking up. */
import type { Identity } from '@rsb/contract';
import type { DeviceRecord, Devices, Place } from '../store/devices.ts';

export interface Sighting extends Place {
  readonly identity: Identity;
}

export type Recognition =
  | { readonly kind: 'known'; readonly device: DeviceRecord }
  /** Known, but from another place. Whether it moved or is there twice, only the old place can tell. */
  | { readonly kind: 'elsewhere'; readonly device: DeviceRecord }
  | { readonly kind: 'new' };

export function recognise(sighting: Sighting, devices: Pick<Devices, 'withSerial' | 'withMac' | 'at'>): Recognition {
  const known = bySerial(sighting, devices) ?? byMac(sighting, devices) ?? byPlace(sighting, devices);
  if (!known) return { kind: 'new' };
  const there = known.displacedBy === null && samePlace(known, sighting);
  return { kind: there ? 'known' : 'elsewhere', device: known };
}

const samePlace = (a: Place, b: Place): boolean => a.address === b.address && a.port === b.port && a.unit === b.unit;

function bySerial(sighting: Sighting, devices: Pick<Devices, 'withSerial'>): DeviceRecord | undefined {
  const { serialNumber, manufacturer, macAddress } = sighting.identity;
  if (!isTelling(serialNumber)) return undefined;
  // A serial number at its place is the same machine's, though a firmware or a newer driver names its maker otherwise.
  const alike = devices
    .withSerial(serialNumber)
    .filter((device) => samePlace(device, sighting) || sameMaker(device.identity.manufacturer, manufacturer));
  // Two machines with one serial number are told apart by their network cards, else by where they stand.
  const sameCard = alike.filter((device) => macAddress !== null && device.identity.macAddress === macAddress);
  const likely = sameCard.length > 0 ? sameCard : alike;
  return likely.find((device) => samePlace(device, sighting)) ?? likely[0];
}

function byMac(sighting: Sighting, devices: Pick<Devices, 'withMac'>): DeviceRecord | undefined {
  const { macAddress, serialNumber } = sighting.identity;
  if (!isRealMac(macAddress)) return undefined;
  const alike = devices
    .withMac(macAddress)
    .filter((device) => device.unit === sighting.unit && !isOtherSerial(device.identity.serialNumber, serialNumber));
  // Copied cards share an address; where each stands tells them apart.
  return alike.find((device) => samePlace(device, sighting)) ?? alike[0];
}

/** The address alone names only what tells neither serial number nor MAC, on either side. */
function byPlace(sighting: Sighting, devices: Pick<Devices, 'at'>): DeviceRecord | undefined {
  const holder = devices.at(sighting);
  if (!holder) return undefined;
  const { identity } = sighting;
  const other =
    isOtherSerial(holder.identity.serialNumber, identity.serialNumber) ||
    contradicts(holder.identity.macAddress, identity.macAddress) ||
    contradicts(lower(holder.identity.manufacturer), lower(identity.manufacturer)) ||
    contradicts(lower(holder.identity.model), lower(identity.model));
  return other ? undefined : holder;
}

const contradicts = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
/** Firmware changes the case in which it writes a serial number; no two machines differ in it alone. */
const isOtherSerial = (a: string | null, b: string | null): boolean => contradicts(lower(a), lower(b));
export const isSameSerial = (a: string, b: string): boolean => !isOtherSerial(a, b);
const lower = (text: string | null): string | null => (text === null ? null : text.toLowerCase());
const sameMaker = (a: string | null, b: string | null): boolean => !contradicts(lower(a), lower(b));

/** Serial numbers that a factory forgot to set are shared by thousands. */
export function isTelling(serialNumber: string | null): serialNumber is string {
  if (serialNumber === null || serialNumber.length < 3) return false;
  return (
    !/^(.)\1*$/.test(serialNumber) && !/^(n\/?a|none|unknown|not[ -]?(set|available)|0?123456789)$/i.test(serialNumber)
  );
}

/** Neither all zeros nor a group address (IEEE 802: lowest bit of the first octet). */
export function isRealMac(macAddress: string | null): macAddress is string {
  return (
    macAddress !== null && macAddress !== '00:00:00:00:00:00' && (Number.parseInt(macAddress.slice(0, 2), 16) & 1) === 0
  );
}

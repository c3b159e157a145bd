/**
 * What in a printer's answers tells whose it is and where it stands: names, places, serial and asset numbers, addresses.
 * Found by what the drivers say of their objects, and by what they made of the answers.
 */
import { type DriverDefinition, type Interpretation, objectsOf } from '@rsb/drivers';
import { cleanSerial } from '@rsb/drivers/blocks/serial-number';
import { ifPhysAddress, ipAdEntIfIndex, sysLocation, sysName } from '@rsb/drivers/blocks/standard-objects';
import { instanceOf, isWithin, type Oid, type Varbind } from '@rsb/snmp';

export interface PrivateTexts {
  /** Objects whose whole text is private: serial numbers, unless they are none, and names. */
  readonly serialObjects: readonly Oid[];
  readonly nameObjects: readonly Oid[];
  /** Octets as Latin-1 text, replaced wherever they stand. Serial numbers of supplies among them. */
  readonly serials: ReadonlySet<string>;
  /** Host names, locations, asset numbers: words that may stand elsewhere with another meaning. */
  readonly names: ReadonlySet<string>;
  /** Of all interfaces. */
  readonly macs: readonly Uint8Array[];
  /** The device's own, in dotted form. */
  readonly addresses: ReadonlySet<string>;
  /** What the reading says of model, firmware and supplies: nothing private, whatever it looks like. */
  readonly open: readonly string[];
}

const NAMES = ['identity.hostName', 'identity.location', 'identity.assetNumber'];
const SERIAL = 'identity.serialNumber';

export function privateTexts(
  varbinds: readonly Varbind[],
  interpretations: readonly Interpretation[],
  drivers: readonly DriverDefinition[],
  address: string,
): PrivateTexts {
  const asked = drivers.flatMap(objectsOf);
  const at = (paths: readonly string[]) =>
    asked.filter(({ path }) => path !== undefined && paths.includes(path)).map(({ oid }) => oid);
  const serialObjects = at([SERIAL]);
  const nameObjects = [...at(NAMES), sysName.oid, sysLocation.oid];
  const serials = new Set<string>();
  const names = new Set<string>();
  const macs: Uint8Array[] = [];
  const addresses = new Set([address]);
  for (const { oid, value } of varbinds) {
    const within = (objects: readonly Oid[]) => objects.some((object) => isWithin(object, oid));
    const instance = instanceOf(ipAdEntIfIndex.oid, oid);
    if (instance !== undefined) addresses.add(instance);
    if (value.type === 'ipAddress') addresses.add(value.value.join('.'));
    if (value.type !== 'octets') continue;
    if (isWithin(ifPhysAddress.oid, oid)) macs.push(value.value);
    else if (within(serialObjects)) addSerial(serials, latin1(value.value));
    else if (within(nameObjects)) names.add(latin1(value.value).trim());
  }
  for (const { reading, draft } of interpretations) {
    const claims = [...draft.texts.values(), ...draft.passedOver, ...draft.rejections];
    for (const { path, value } of claims) {
      for (const text of encodings(String(value))) {
        if (path === SERIAL) addSerial(serials, text);
        else if (NAMES.includes(path)) names.add(text);
      }
      if (path === 'identity.macAddress') macs.push(Buffer.from(String(value).replaceAll(':', ''), 'hex'));
    }
    for (const { serialNumber } of reading.supplies ?? []) if (serialNumber) addSerial(serials, serialNumber);
  }
  return {
    serialObjects,
    nameObjects,
    serials,
    names,
    macs: macs.filter((mac) => mac.length >= 6 && mac.some((octet) => octet !== 0)),
    addresses,
    open: interpretations.flatMap(openTexts),
  };
}

/** Padding and counterfeits stay as they are: they name no machine, and a driver has to see them. */
export const isSerial = (text: string): boolean => cleanSerial(text) !== null;

function addSerial(serials: Set<string>, text: string): void {
  if (isSerial(text)) serials.add(text.replaceAll('\0', ' ').trim());
}

function openTexts({ reading: { identity, supplies = [] } }: Interpretation): readonly string[] {
  const told = [identity?.manufacturer, identity?.model, identity?.firmware];
  const ofSupplies = supplies.flatMap(({ description, partNumber }) => [description, partNumber]);
  return [...told, ...ofSupplies].filter((text) => typeof text === 'string').map((text) => text.toLowerCase());
}

export const latin1 = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

/** A text as the octets that may stand for it. */
function encodings(text: string): readonly string[] {
  const utf8 = Buffer.from(text).toString('latin1');
  return utf8 === text || /[^\0-\xff]/.test(text) ? [utf8] : [utf8, text];
}

/** Whether the answers still mean the same to a driver, apart from what is private. */
export function isSameReading(before: readonly Interpretation[], after: readonly Interpretation[]): boolean {
  return JSON.stringify(before.map(openReading)) === JSON.stringify(after.map(openReading));
}

function openReading({ reading: { kind, identity, counters, supplies, status, alerts } }: Interpretation): unknown {
  const rows = supplies?.map(({ serialNumber: _serial, description: _description, ...row }) => row);
  const events = alerts?.map(({ text: _text, ...alert }) => ({
    ...alert,
    location: { ...alert.location, name: null },
  }));
  const { manufacturer, model, firmware, sysObjectId } = identity ?? {};
  return { kind, manufacturer, model, firmware, sysObjectId, counters, rows, status, events };
}

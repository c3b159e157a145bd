/** The box's own name for a device (CONTRACT §3), given once. */
import { createHash } from 'node:crypto';
import type { Sighting } from './recognise.ts';
import { isRealMac, isTelling } from './recognise.ts';

/** Below the contract's 300, so that a sign for a double fits. */
const LONGEST = 200;

/** The first name that is free: a clone of a serial number takes its MAC, a second one behind an address a number. */
export function drawDeviceId(sighting: Sighting, isTaken: (id: string) => boolean): string {
  const { identity, address, unit } = sighting;
  const place = `${address}#${unit}`;
  const names = [
    ...(isTelling(identity.serialNumber) ? [`${identity.manufacturer ?? 'unknown'} ${identity.serialNumber}`] : []),
    ...(isRealMac(identity.macAddress) ? [identity.macAddress, `${identity.macAddress}#${unit}`] : []),
    place,
  ].map(shortened);
  const free = names.find((name) => !isTaken(name));
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) {
    const name = shortened(`${place}~${number}`);
    if (!isTaken(name)) return name;
  }
}

function shortened(name: string): string {
  if (name.length <= LONGEST) return name;
  return `${name.slice(0, LONGEST - 17)}~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

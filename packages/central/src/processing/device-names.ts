/** Whose reading it is: the serial number, else the MAC, else the address; known ones are found again by MAC or address. */
import type { FleetReadings, Sighted } from './fleet-readings.ts';
import { FIRST_BELIEVED } from './wrong-clocks.ts';

interface Sighting {
  readonly takenAt: number;
  readonly device: string;
}

/** The device of each reading, in the same order. */
export function deviceNames(readings: FleetReadings): readonly string[] {
  const spelled = serialSpellings(readings);
  const byMac = new Map<string, Sighting[]>();
  for (const { mac, serial, takenAt } of sightings(readings)) {
    if (mac === null || serial === null) continue;
    remember(byMac, mac, { takenAt, device: spelled(serial) });
  }
  for (const own of byMac.values()) inTime(own);
  const ownName = ({ serial, mac, takenAt }: Sighted): string | null => {
    if (serial !== null) return spelled(serial);
    if (mac === null) return null;
    return nearest(byMac.get(mac) ?? [], takenAt) ?? mac;
  };

  const byPlace = new Map<string, Sighting[]>();
  const needsPlace = sightings(readings).some((seen) => !seen.identified);
  if (needsPlace) {
    for (const seen of sightings(readings)) {
      if (!seen.identified) continue;
      remember(byPlace, placeOf(seen), { takenAt: seen.takenAt, device: ownName(seen) ?? seen.address });
    }
    for (const own of byPlace.values()) inTime(own);
  }
  return sightings(readings)
    .map((seen) => {
      const name = ownName(seen);
      if (name !== null) return name;
      const there = seen.identified ? null : nearest(byPlace.get(placeOf(seen)) ?? [], seen.takenAt);
      return there ?? seen.address;
    })
    .toArray();
}

/** One after the other: together they would take the place that packing saves. */
function* sightings(readings: FleetReadings): Generator<Sighted> {
  for (let index = 0; index < readings.length; index += 1) yield readings.sightedAt(index);
}

/** A driver or firmware may tell the same serial number in other letters: the spelling that was told first names the device. */
function serialSpellings(readings: FleetReadings): (serial: string) => string {
  const first = new Map<string, { serial: string; takenAt: number }>();
  const folded = new Map<string, string>();
  for (const { serial, takenAt } of sightings(readings)) {
    if (serial === null) continue;
    const key = folded.get(serial) ?? serial.toUpperCase();
    folded.set(serial, key);
    const at = takenAt < FIRST_BELIEVED ? Number.POSITIVE_INFINITY : takenAt;
    const known = first.get(key);
    if (!known || at < known.takenAt || (at === known.takenAt && serial < known.serial))
      first.set(key, { serial, takenAt: at });
  }
  return (serial) => first.get(folded.get(serial) ?? serial)?.serial ?? serial;
}

const placeOf = ({ address, unit }: Sighted) => `${address} ${unit}`;

/** Only changes are kept: most places see one machine for ever. */
function remember(all: Map<string, Sighting[]>, key: string, sighting: Sighting): void {
  const known = all.get(key);
  if (!known) all.set(key, [sighting]);
  else if (known.length > 1 || known[0]?.device !== sighting.device) known.push(sighting);
  else if (sighting.takenAt < known[0].takenAt) known[0] = sighting;
}

function inTime(own: Sighting[]): void {
  own.sort(
    (one, other) => one.takenAt - other.takenAt || (one.device < other.device ? -1 : one.device > other.device ? 1 : 0),
  );
}

/** Who was seen last before, else first after. */
function nearest(own: readonly Sighting[], takenAt: number): string | null {
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle]?.takenAt ?? 0) <= takenAt) low = middle + 1;
    else high = middle;
  }
  return (own[low - 1] ?? own[0])?.device ?? null;
}

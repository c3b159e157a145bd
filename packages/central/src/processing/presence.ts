/** Where a machine is and whether it answers: moved, firmware changed, silent and back. */
import { instant, isoInstant } from '@rsb/runtime';
import type { EventDetail, EventKind, EventLine } from './lines.ts';
import type { Timed } from './timed.ts';

const HOUR = 3_600_000;
/** A machine that answers at its old address again within this time has two addresses: it was not moved. */
const BOTH_ADDRESSES = 48 * HOUR;

const eventOf = (device: string, at: number, kind: EventKind, detail: EventDetail): EventLine => ({
  line: 'event',
  device,
  at: isoInstant(instant(at)),
  kind,
  detail,
});

/** Of one machine: readings of two machines with one serial number come apart. */
export function trackEvents(
  device: string,
  readings: readonly Timed[],
  past: { readonly home: string | null; readonly firmware: string | null } | null = null,
): readonly EventLine[] {
  const events: EventLine[] = [];
  let firmware = past?.firmware ?? null;
  let home = past?.home ?? null;
  const nextAt = nextTimes(readings);
  const lastAt = new Map<string, number>();
  const end = readings.at(-1)?.at ?? 0;
  for (const [index, { seen, at }] of readings.entries()) {
    if (seen.firmware !== null) {
      if (firmware !== null && firmware !== seen.firmware)
        events.push(eventOf(device, at, 'firmwareChanged', { from: firmware, to: seen.firmware }));
      firmware = seen.firmware;
    }
    const before = lastAt.get(seen.address) ?? Number.NEGATIVE_INFINITY;
    lastAt.set(seen.address, at);
    if (seen.address === '' || seen.address === home) continue;
    if (home !== null) {
      // Where both were seen just now, only time shows that it stays.
      const hasBoth = (lastAt.get(home) ?? at) - before <= BOTH_ADDRESSES;
      const next = nextAt(home, index) ?? (hasBoth ? end : Number.POSITIVE_INFINITY);
      if (next - at <= BOTH_ADDRESSES) continue;
      events.push(eventOf(device, at, 'moved', { from: home, to: seen.address }));
    }
    home = seen.address;
  }
  return events;
}

/** When an address is next read after a reading; asked with indexes that only grow. */
function nextTimes(readings: readonly Timed[]): (address: string, index: number) => number | null {
  const places = Map.groupBy(
    readings.map((_, index) => index),
    (index) => readings[index]?.seen.address ?? '',
  );
  return (address, index) => {
    const own = places.get(address) ?? [];
    let low = 0;
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((own[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const next = own[low];
    return next === undefined ? null : (readings[next]?.at ?? null);
  };
}

/** `now`: the latest moment that is known of the whole fleet. */
export function silenceEvents(
  device: string,
  readings: readonly Timed[],
  silentHours: number,
  now: number,
): readonly EventLine[] {
  const events: EventLine[] = [];
  for (const [index, { at }] of readings.entries()) {
    const next = readings[index + 1]?.at ?? null;
    const silentAt = at + silentHours * HOUR;
    if ((next ?? now) <= silentAt) continue;
    events.push(eventOf(device, silentAt, 'silent', { since: isoInstant(instant(at)) }));
    if (next !== null) events.push(eventOf(device, next, 'back', { since: isoInstant(instant(at)) }));
  }
  return events;
}

/** All devices of a fleet: whose reading each is, each device by itself, and what one address saw of several. */
import { instant, isoInstant } from '@rsb/runtime';
import { deviceNames } from './device-names.ts';
import { type FleetReadings, fleetOf } from './fleet-readings.ts';
import type { AlertLine, EventLine, Line } from './lines.ts';
import { localDays } from './local-days.ts';
import type { Observation } from './observation.ts';
import { type DeviceHistory, historyOf, processDevice } from './process-device.ts';
import type { ProcessingSettings } from './settings.ts';

/** What follows from a device's lines by the dealer's rules. */
export type AlertsOf = (history: DeviceHistory, lines: readonly Line[], now: number) => readonly AlertLine[];

/**
 * Lines come device by device; within one, events in time, then its days, then its alerts. Each device's readings are taken
 * twice: what is known of the whole fleet, its latest moment and who was where, comes first.
 */
export function* processFleet(
  given: readonly Observation[] | FleetReadings,
  settings: ProcessingSettings,
  alertsOf: AlertsOf = () => [],
): Generator<Line> {
  const readings = 'take' in given ? given : fleetOf(given);
  const days = localDays(settings.zone);
  const devices = indexesByDevice(readings);
  const historiesOf = function* () {
    for (const [device, indexes] of devices) yield historyOf(device, readings.take(indexes));
  };
  let now = 0;
  const places = new Map<string, Stay[]>();
  for (const history of historiesOf()) {
    now = Math.max(now, lastBelieved(history));
    addStays(places, history);
  }
  const replaced = replacedEvents(places);
  yield* replaced;
  const replacedOf = Map.groupBy(replaced, ({ device }) => device);
  for (const history of historiesOf()) {
    const lines = processDevice(history, settings, days, now);
    yield* lines;
    yield* alertsOf(history, [...lines, ...(replacedOf.get(history.device) ?? [])], now);
  }
}

function indexesByDevice(readings: FleetReadings): readonly (readonly [device: string, indexes: readonly number[]])[] {
  const devices = new Map<string, number[]>();
  for (const [index, name] of deviceNames(readings).entries()) {
    const own = devices.get(name);
    if (own) own.push(index);
    else devices.set(name, [index]);
  }
  return [...devices].sort(([one], [other]) => (one < other ? -1 : 1));
}

const YEAR = 366 * 86_400_000;

/** One reading that leaps far ahead is a wrong clock: it must not make the whole fleet silent. */
function lastBelieved({ readings }: DeviceHistory): number {
  const [last, before] = [readings.at(-1)?.at ?? 0, readings.at(-2)?.at ?? null];
  return before !== null && last - before > YEAR ? before : last;
}

/** Of an address that sees a new machine again and again, so many are looked at. */
const MOST_BEFORE = 20;

interface Stay {
  readonly device: string;
  readonly from: number;
  readonly to: number;
  /** Last reading of the device anywhere. */
  readonly lastAnywhere: number;
}

function addStays(places: Map<string, Stay[]>, { device, readings }: DeviceHistory): void {
  const lastAnywhere = readings.at(-1)?.at ?? 0;
  const own = new Map<string, { from: number; to: number }>();
  for (const { seen, at } of readings) {
    const place = `${seen.address} ${seen.unit}`;
    const stay = own.get(place);
    if (stay) stay.to = at;
    else own.set(place, { from: at, to: at });
  }
  for (const [place, stay] of own) {
    const stays = places.get(place);
    if (stays) stays.push({ device, ...stay, lastAnywhere });
    else places.set(place, [{ device, ...stay, lastAnywhere }]);
  }
}

/** Another machine where one was that is found nowhere any more. */
function replacedEvents(places: ReadonlyMap<string, Stay[]>): readonly EventLine[] {
  const events: EventLine[] = [];
  for (const [place, stays] of places) {
    if (place.startsWith(' ')) continue;
    stays.sort((one, other) => one.from - other.from);
    for (const [index, stay] of stays.entries()) {
      const before = stays
        .slice(Math.max(0, index - MOST_BEFORE), index)
        .filter((other) => other.to <= stay.from)
        .sort((one, other) => other.to - one.to)[0];
      if (!before || before.lastAnywhere > stay.from) continue;
      events.push({
        line: 'event',
        device: before.device,
        at: isoInstant(instant(stay.from)),
        kind: 'replaced',
        detail: { address: place.split(' ')[0] ?? null, by: stay.device },
      });
    }
  }
  return events;
}

/** What a device told over time: each reading while it is at hand, before that the end of each day. */
import type { DeviceSeries } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import { observationReader } from '../archive/observed.ts';
import { localDays } from '../processing/local-days.ts';
import { COUNTS, type Observation } from '../processing/observation.ts';
import { printed } from '../processing/quantity.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';
import { type DayEnd, levelsOf } from '../work/result-rows.ts';

/** Five years of hourly readings: a page never asks for more, and memory stays bounded. */
const MOST_POINTS = 50_000;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

export async function deviceSeries(store: CustomerStore, device: DeviceRow, span: Span): Promise<DeviceSeries> {
  const atHand = await store.series.observedFrom(device.id);
  const ends = atHand > span.from ? await dayEnds(store, device, { ...span, to: Math.min(span.to, atHand - 1) }) : [];
  const read = observationReader(String);
  const rows = await store.series.observations(device.id, Math.max(span.from, atHand), span.to, MOST_POINTS);
  const points = [...ends, ...rows.map((row) => ({ at: row.at, end: endOf(read(row, 0)) }))];
  const supplies = new Map<string, DeviceSeries['supplies'][number]['points']>();
  for (const { at, end } of points) {
    for (const [supply, [percent, state]] of Object.entries(end.supplies ?? {})) {
      const point = { takenAt: iso(at), percent, state };
      const known = supplies.get(supply);
      if (known) known.push(point);
      else supplies.set(supply, [point]);
    }
  }
  return {
    from: iso(span.from),
    to: iso(span.to),
    zone: span.zone,
    counters: points.flatMap(({ at, end }) => (end.counters ? [{ takenAt: iso(at), ...end.counters }] : [])),
    supplies: [...supplies].map(([supply, own]) => ({ supply, points: own })),
  };
}

const iso = (at: number): string => isoInstant(instant(at));

async function dayEnds(store: CustomerStore, device: DeviceRow, { from, to, zone }: Span) {
  const days = localDays(zone);
  const rows = await store.results.days(device.id, days.numberOf(from), days.numberOf(to));
  return rows.map(({ day, last }) => ({ at: days.startOf(day + 1) - 1000, end: JSON.parse(last) as DayEnd }));
}

function endOf({ counts, supplies }: Observation): DayEnd {
  const value = (count: (typeof COUNTS)[number]) => {
    const told = counts?.[COUNTS.indexOf(count)] ?? null;
    return told === null ? null : printed(told);
  };
  const counters = { life: value('life'), total: value('all'), mono: value('mono'), color: value('color') };
  return {
    ...(Object.values(counters).some((each) => each !== null) ? { counters } : {}),
    ...(supplies ? { supplies: levelsOf(supplies) } : {}),
  };
}

/** What a reading adds to a machine's past: points of its charts, alerts that came and went, what two readings show. */
import type { Counter, Counters, MachineEvent, Supply } from '@rsb/contract';
import { type Instant, instant } from '@rsb/runtime';
import type { History } from '../store/history.ts';
import type { MachineLogStore } from '../store/machine-log.ts';
import type { LastParts, PartValues } from '../store/readings.ts';
import { supplyNames } from '../store/supply-names.ts';
import { isBelow } from '../store/thinned.ts';

export interface TakenReading {
  readonly takenAt: string;
  /** The parts that were good enough to take the place of the last ones. */
  readonly kept: Partial<PartValues>;
  readonly last: LastParts;
}

export interface MachinePast {
  take(device: string, reading: TakenReading): void;
  happened(device: string, at: Instant, event: MachineEvent['event'], detail: MachineEvent['detail']): void;
}

export function createMachinePast(history: History, log: MachineLogStore): MachinePast {
  return {
    take(device, { takenAt, kept, last }) {
      const at = instant(Date.parse(takenAt));
      const { counters, supplies, alerts } = kept;
      if (counters) {
        history.addCounters(device, at, counters);
        const back = last.counters && stepBack(last.counters.value, counters);
        if (back) log.addEvent(device, at, 'counterBack', back);
      }
      if (supplies) {
        history.addSupplies(device, at, supplies);
        for (const detail of replacements(last.supplies?.value ?? [], supplies)) {
          log.addEvent(device, at, 'supplyReplaced', detail);
        }
      }
      if (alerts) log.takeAlerts(device, at, alerts);
    },
    happened: (device, at, event, detail) => log.addEvent(device, at, event, detail),
  };
}

/** Every count of a machine by its path, in the order in which people look at them. */
function countsOf(counters: Counters): readonly (readonly [string, Counter | null])[] {
  const functions = ['total', 'print', 'copy', 'fax', 'scan'] as const;
  return [
    ['life', counters.life],
    ['vendorLife', counters.vendorLife],
    ...functions.flatMap((name) =>
      (['all', 'mono', 'color'] as const).map((kind) => [`${name}.${kind}`, counters[name][kind]] as const),
    ),
    ['duplex', counters.duplex],
    ['largeFormat', counters.largeFormat],
  ];
}

/** The first count that stands lower than before, and how many more do: a new board sets all of them back at once. */
export function stepBack(before: Counters, after: Counters): MachineEvent['detail'] | null {
  const old = new Map(countsOf(before));
  const back = countsOf(after).filter(([path, count]) => isBelow(count, old.get(path) ?? null));
  const [first] = back;
  if (!first) return null;
  const [path, count] = first;
  return { counter: path, from: String(old.get(path)), to: String(count), more: String(back.length - 1) };
}

/** A level that rises by this much was not shaken but replaced. */
const REPLACED = 15;

/** Supplies that are new since the reading before: by their serial number where both tell it, else by their level. */
export function replacements(before: readonly Supply[], after: readonly Supply[]): readonly MachineEvent['detail'][] {
  const old = supplyNames(before);
  return [...supplyNames(after)].flatMap(([name, supply]) => {
    const was = old.get(name);
    if (!was) return [];
    const bySerial = was.serialNumber !== null && supply.serialNumber !== null;
    const isNew = bySerial
      ? was.serialNumber !== supply.serialNumber
      : was.percent !== null && supply.percent !== null && supply.percent - was.percent >= REPLACED;
    if (!isNew) return [];
    return [
      {
        supply: name,
        from: was.percent === null ? null : String(was.percent),
        to: supply.percent === null ? null : String(supply.percent),
        serialNumber: supply.serialNumber,
      },
    ];
  });
}

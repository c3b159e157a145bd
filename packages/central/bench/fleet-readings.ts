/** Readings of a fleet as boxes send them: color machines in an office, an hour apart, each with what a real one tells. */
import type { SentReading } from '@rsb/contract';
import { item } from '../test/box-peer.ts';
import { sentReading } from '../test/sample-items.ts';

const HOUR = 3_600_000;

/** Office hours and weekends, the same for each run. */
const printed = (machine: number, hour: number): number => {
  const [day, time] = [Math.floor(hour / 24) % 7, hour % 24];
  return day > 4 || time < 8 || time > 17 ? 0 : (hour * 7919 + machine * 104_729) % 37;
};

/** Pages of each machine so far, so that a year does not add them up anew for each reading. */
export function newFleet(start: number) {
  const totals = new Map<number, { hour: number; mono: number; color: number }>();
  return function readingOf(machine: number, hour: number): SentReading {
    const known = totals.get(machine) ?? { hour: -1, mono: 40_000 + machine, color: 12_000 };
    totals.set(machine, known);
    while (known.hour < hour) {
      known.hour += 1;
      const pages = printed(machine, known.hour);
      known.mono += pages - (pages >> 2);
      known.color += pages >> 2;
    }
    const { mono, color } = known;
    const serialNumber = `E15${String(machine).padStart(8, '0')}`;
    const level = (offset: number) => 100 - (Math.floor((mono + color) / 60 + offset * 17) % 100);
    const supply = (index: number, color: string) => ({
      index: `1.${index}`,
      type: 'toner',
      color,
      description: `${color} toner`,
      partNumber: null,
      serialNumber: null,
      percent: level(index),
      state: level(index) < 10 ? 'low' : 'ok',
      level: level(index),
      capacity: 100,
      unit: 'percent',
    });
    const all = mono + color;
    const none = { all: null, mono: null, color: null };
    const change = {
      address: `10.${machine >> 16}.${(machine >> 8) & 255}.${machine & 255}`,
      takenAt: new Date(start + hour * HOUR).toISOString().replace('.000Z', 'Z'),
      identity: { serialNumber, macAddress: macOf(machine), hostName: `RNP${serialNumber}` },
      counters: {
        life: all,
        lifeUnit: 'impressions',
        vendorLife: all,
        billing: 'total',
        total: { all, mono, color },
        print: { all: all >> 1, mono: mono >> 1, color: color >> 1 },
        copy: { all: all >> 2, mono: mono >> 2, color: color >> 2 },
        fax: none,
        scan: { all: all >> 3, mono: null, color: null },
        duplex: all >> 1,
        largeFormat: 310,
        other: [],
      },
      supplies: ['black', 'cyan', 'magenta', 'yellow'].map((color, index) => supply(index + 1, color)),
    };
    return sentReading(change as Parameters<typeof sentReading>[0], `Ricoh:${serialNumber}`);
  };
}

const macOf = (machine: number): string => {
  const hex = machine.toString(16).padStart(6, '0');
  return `00:26:73:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`;
};

export const readingItemOf = (seq: number, body: SentReading) => item({ seq, at: body.reading.takenAt, body });

/** A value is a leaf of counters, supplies or status that says something: a number, or the word of a state or error. */
export function valuesOf({ reading }: SentReading): number {
  const { counters, supplies = [], status } = reading;
  const numbers = (value: unknown): number => {
    if (typeof value === 'number') return 1;
    if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + numbers(each), 0);
    return typeof value === 'object' && value !== null ? numbers(Object.values(value)) : 0;
  };
  const levels = supplies.reduce(
    (sum, { percent, level, capacity }) => sum + 1 + numbers([percent, level, capacity]),
    0,
  );
  return numbers(counters) + levels + (status ? 1 + status.errors.length : 0);
}

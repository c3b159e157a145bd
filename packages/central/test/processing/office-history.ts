/** A machine in an office, hour by hour: what it truly printed, and the readings that tell it, to be spoilt by a test. */
import { DEFAULT_SETTINGS, type Line, observer, processFleet } from '../../src/processing/index.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Monday. */
export const MONDAY = Date.UTC(2026, 10, 2);

export interface Hour {
  readonly at: number;
  readonly mono: number;
  readonly color: number;
  readonly all: number;
}

export interface OfficeOptions {
  readonly start?: number;
  readonly days?: number;
  /** First value of the total. */
  readonly from?: number;
  /** Pages of a working hour, about. */
  readonly hourly?: number;
  /** Extra pages at an hour since the start. */
  readonly extra?: Readonly<Record<number, number>>;
}

/** Readings on the hour; pages from 8 to 18 h (UTC) on working days, a third of them in color. */
export function office(options: OfficeOptions = {}): readonly Hour[] {
  const { start = MONDAY, days = 14, from = 83_203, hourly = 30, extra = {} } = options;
  const hours: Hour[] = [];
  let mono = Math.floor(from / 2);
  let color = from - mono;
  for (let hour = 0; hour < days * 24; hour += 1) {
    const at = start + hour * HOUR;
    const date = new Date(at);
    const working = date.getUTCDay() % 6 !== 0 && date.getUTCHours() >= 8 && date.getUTCHours() < 18;
    const pages = (working ? Math.floor(hourly * 0.6) + ((hour * 7) % hourly) : 0) + (extra[hour] ?? 0);
    const inColor = Math.floor(pages / 3);
    mono += pages - inColor;
    color += inColor;
    hours.push({ at, mono, color, all: mono + color });
  }
  return hours;
}

type Value = number | string | null;
export interface ReadingFacts {
  readonly takenAt: number | string;
  readonly serial?: string | null;
  readonly mac?: string | null;
  readonly address?: string;
  readonly model?: string;
  readonly firmware?: string | null;
  readonly driver?: readonly [string, number];
  readonly all?: Value;
  readonly mono?: Value;
  readonly color?: Value;
  readonly life?: Value;
  readonly print?: Value;
  readonly id?: { readonly box: string; readonly epoch: string; readonly seq: number };
  readonly supplies?: readonly Readonly<Record<string, unknown>>[];
  /** False: a poll that did not ask who it is. */
  readonly identified?: boolean;
}

export type Reading = Readonly<Record<string, unknown>>;

/** A reading as `rsb read` prints it. */
export function reading(facts: ReadingFacts): Reading {
  const { takenAt, serial = 'E153M930272', mac = '00:26:73:73:d6:60', address = '192.168.10.126' } = facts;
  const { all = null, mono = null, color = null, life = null, print = null, driver = ['ricoh', 1] } = facts;
  const nothing = { all: null, mono: null, color: null };
  return {
    contract: 1,
    address,
    port: 161,
    unit: { hrDeviceIndex: 1 },
    takenAt: typeof takenAt === 'string' ? takenAt : new Date(takenAt).toISOString().replace('.000Z', 'Z'),
    kind: 'mfp',
    asked: ['identity', 'counters', 'supplies'],
    ...(facts.identified === false
      ? {}
      : {
          identity: {
            manufacturer: 'Ricoh',
            model: facts.model ?? 'MP C3003',
            serialNumber: serial,
            macAddress: mac,
            firmware: facts.firmware === undefined ? '1.09' : facts.firmware,
          },
        }),
    counters: {
      life,
      lifeUnit: life === null ? null : 'impressions',
      vendorLife: null,
      billing: 'total',
      total: { all, mono, color },
      print: { ...nothing, all: print },
      copy: nothing,
      fax: nothing,
      scan: nothing,
      duplex: null,
      largeFormat: null,
      other: [],
    },
    ...(facts.supplies ? { supplies: facts.supplies } : {}),
    driver: { name: driver[0], version: driver[1], generic: false },
    completeness: { state: 'complete', missing: [], reasons: {} },
    ...(facts.id ? { id: facts.id } : {}),
  };
}

export const toner = (percent: number | null, more: Readonly<Record<string, unknown>> = {}) => ({
  index: '1.1',
  type: 'toner',
  color: 'black',
  description: 'Black Toner',
  partNumber: null,
  serialNumber: null,
  percent,
  state: percent === null ? 'unknown' : 'ok',
  level: percent,
  capacity: 100,
  unit: 'percent',
  ...more,
});

/** The readings of an office, each changed by `spoil`; null leaves it out. */
export function told(
  hours: readonly Hour[],
  spoil: (facts: ReadingFacts, index: number) => ReadingFacts | null = (facts) => facts,
): readonly Reading[] {
  return hours.flatMap(({ at, all, mono, color }, index) => {
    const facts = spoil({ takenAt: at, all, mono, color }, index);
    return facts === null ? [] : [reading(facts)];
  });
}

/** Index of the reading at an hour of a day, days counted from the first. */
export const at = (day: number, hour: number) => day * 24 + hour;

export function linesOf(readings: readonly unknown[], zone = 'UTC'): readonly Line[] {
  const observe = observer();
  const seen = readings.flatMap((value, index) => {
    const observation = observe(value, index);
    return observation.ok && observation.value ? [observation.value] : [];
  });
  return [...processFleet(seen, { ...DEFAULT_SETTINGS, zone })];
}

export interface Told {
  /** Pages by device and count, the days summed; a count that is told on no day is left out. */
  readonly pages: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** `kind` or, where there are several devices, `device kind`; `new` is left out. */
  readonly events: readonly string[];
  readonly questions: readonly string[];
}

export function summary(lines: readonly Line[]): Told {
  const pages: Record<string, Record<string, number>> = {};
  const events: string[] = [];
  const questions: string[] = [];
  for (const line of lines) {
    if (line.line === 'event') {
      if (line.kind !== 'new') events.push(line.kind);
    } else if (line.line === 'decide') questions.push(line.why);
    else {
      const sums = pages[line.device] ?? {};
      pages[line.device] = sums;
      for (const [count, value] of Object.entries(line)) {
        if (typeof value === 'number') sums[count] = (sums[count] ?? 0) + value;
      }
    }
  }
  return { pages, events, questions };
}

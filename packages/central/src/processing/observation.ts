/** What processing takes from a reading: the few facts it needs, tolerant of fields that other versions add or leave out. */
import { failure, type Outcome, success } from '@rsb/runtime';

export const COUNTS = ['all', 'mono', 'color', 'print', 'copy', 'fax', 'scan', 'life', 'vendorLife'] as const;
export type Count = (typeof COUNTS)[number];

/** As told: a whole number from 0, beyond 2^53 − 1 a bigint. */
export type CountValue = number | bigint;

export interface SupplyLevel {
  /** `type/color`, or `type` alone. */
  readonly name: string;
  readonly index: string;
  readonly percent: number | null;
  readonly state: string;
  readonly serial: string | null;
}

export interface ItemId {
  readonly box: string;
  readonly epoch: string;
  readonly seq: number;
}

export interface Observation {
  /** Where it stood among the readings that were given: decides only where the time says nothing. */
  readonly place: number;
  /** Milliseconds since 1970 by the box's clock. */
  readonly takenAt: number;
  readonly id: ItemId | null;
  readonly address: string;
  /** hrDeviceIndex: machines behind one print server share address and MAC. */
  readonly unit: number;
  /** False where identity was not asked: then the address says who it is. */
  readonly identified: boolean;
  readonly serial: string | null;
  readonly mac: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  /** Name and version. */
  readonly driver: string | null;
  /** By the order of COUNTS; null where counters were not asked. */
  readonly counts: readonly (CountValue | null)[] | null;
  readonly supplies: readonly SupplyLevel[] | null;
}

export type ObservationProblem = 'notReading' | 'noTime' | 'noPlace';

/** Answers null for a reading that brought nothing: no answer, refused, no printer. */
export type Observe = (value: unknown, place: number) => Outcome<Observation | null, ObservationProblem>;

const STATES_WITHOUT_VALUES: ReadonlySet<unknown> = new Set(['unreachable', 'refused', 'notPrinter']);
/** What machines say in place of a serial number that nobody wrote: many share it. */
const NO_SERIAL =
  /^([0\-?*.#_ ]+|x{4,}|f{8,}|n\/?a|none|null|unknown|not (available|set)|default|serial ?(number|no\.?)?)$/i;
const NO_MAC: ReadonlySet<string> = new Set(['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff']);

type Members = Readonly<Record<string, unknown>>;
const members = (value: unknown): Members | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null;

/** Equal texts and supplies are kept once: a million readings of a fleet repeat them. */
export function observer(): Observe {
  const texts = new Map<string, string>();
  const intern = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  const textOf = (value: unknown): string | null => {
    if (typeof value !== 'string') return null;
    const text = value.trim();
    return text === '' ? null : intern(text);
  };
  const lists = new Map<string, readonly SupplyLevel[]>();
  const suppliesOf = (value: unknown): readonly SupplyLevel[] | null => {
    if (!Array.isArray(value)) return null;
    const levels: SupplyLevel[] = [];
    for (const entry of value) {
      const supply = members(entry);
      const type = textOf(supply?.['type']);
      if (!supply || type === null) continue;
      const color = textOf(supply['color']);
      levels.push({
        name: intern(color === null ? type : `${type}/${color}`),
        index: intern(String(supply['index'] ?? '')),
        percent: percentOf(supply['percent']),
        state: textOf(supply['state']) ?? 'unknown',
        serial: textOf(supply['serialNumber']),
      });
    }
    const key = JSON.stringify(levels);
    const known = lists.get(key);
    if (known) return known;
    lists.set(key, levels);
    return levels;
  };

  return (value, place) => {
    const reading = members(value);
    if (!reading) return failure('notReading');
    const takenAt = timeOf(reading['takenAt']);
    if (takenAt === null) return failure('noTime');
    const identity = members(reading['identity']);
    const serial = textOf(identity?.['serialNumber']);
    const mac = macOf(identity?.['macAddress']);
    const address = textOf(reading['address']);
    if (address === null && serial === null && mac === null) return failure('noPlace');
    if (STATES_WITHOUT_VALUES.has(members(reading['completeness'])?.['state'])) return success(null);
    const unit = members(reading['unit'])?.['hrDeviceIndex'];
    return success({
      place,
      takenAt,
      id: idOf(reading['id'], intern),
      address: address ?? '',
      unit: typeof unit === 'number' ? unit : 1,
      identified: identity !== null,
      serial: serial !== null && !NO_SERIAL.test(serial) ? serial : null,
      mac: mac === null ? null : intern(mac),
      model: textOf(identity?.['model']),
      firmware: textOf(identity?.['firmware']),
      driver: driverOf(members(reading['driver']), intern),
      counts: countsOf(members(reading['counters'])),
      supplies: suppliesOf(reading['supplies']),
    });
  };
}

function timeOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null;
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}

function idOf(value: unknown, intern: (text: string) => string): ItemId | null {
  const id = members(value);
  const seq = Number(id?.['seq'] ?? Number.NaN);
  if (!id || !Number.isSafeInteger(seq)) return null;
  return { box: intern(String(id['box'] ?? '')), epoch: intern(String(id['epoch'] ?? '')), seq };
}

function driverOf(driver: Members | null, intern: (text: string) => string): string | null {
  const name = driver?.['name'];
  return typeof name === 'string' ? intern(`${name} ${String(driver?.['version'] ?? '')}`) : null;
}

function macOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const digits = value.replaceAll(/[^0-9a-f]/gi, '').toLowerCase();
  if (digits.length !== 12) return null;
  const mac = digits.replaceAll(/(..)(?=.)/g, '$1:');
  return NO_MAC.has(mac) ? null : mac;
}

const percentOf = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= 100 ? value : null;

/** SNMP's words for "other", "unknown", "some remain" and a maker's "not available": no numbers. */
const STATES: ReadonlySet<number> = new Set([-1, -2, -3, -100]);
const UNSIGNED = 2 ** 32;

export function countValueOf(value: unknown): CountValue | null {
  if (typeof value === 'string') {
    if (!/^-?\d{1,40}$/.test(value)) return null;
    const number = Number(value);
    return Number.isSafeInteger(number) ? countValueOf(number) : number < 0 ? null : BigInt(value);
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return null;
  if (value >= 0) return value;
  // An INTEGER that an agent filled from an overflowed Counter32.
  return STATES.has(value) || value < -(UNSIGNED / 2) ? null : value + UNSIGNED;
}

/** Units of `life` that are no pages: label printers count length, some machines hours. */
const NO_PAGES: ReadonlySet<unknown> = new Set(['hours', 'millimetres', 'centimetres', 'feet', 'count']);

function countsOf(counters: Members | null): readonly (CountValue | null)[] | null {
  if (!counters) return null;
  const total = members(counters['total']);
  const all = (part: string) => countValueOf(members(counters[part])?.['all']);
  return [
    countValueOf(total?.['all']),
    countValueOf(total?.['mono']),
    countValueOf(total?.['color']),
    all('print'),
    all('copy'),
    all('fax'),
    all('scan'),
    NO_PAGES.has(counters['lifeUnit']) ? null : countValueOf(counters['life']),
    countValueOf(counters['vendorLife']),
  ];
}

/** A text that is equal for equal contents, and orders readings of one moment the same way whatever the file's order. */
export function contentOf(observation: Observation): string {
  const { address, unit, serial, mac, model, firmware, driver, counts, supplies } = observation;
  const padded = counts?.map((value) => (value === null ? '' : String(value).padStart(40, '0'))) ?? null;
  return JSON.stringify([padded, address, unit, serial, mac, model, firmware, driver, supplies]);
}

/** Other walks of a captured machine: fewer rows, other numbers, other encodings of the same values, by a seed. */
import type { Oid, SnmpValue, Varbind } from '@rsb/snmp';
import { childOf, instanceOf, isWithin, oid } from '@rsb/snmp/oid';

/** From 0 to 1, the same row of numbers for the same seed (mulberry32). */
export type Dice = () => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Variant {
  readonly device: readonly Varbind[];
  /** What was done, for the message of a failure. */
  readonly done: readonly string[];
  /** Index of a supply in the variant to that in the capture. */
  readonly supplyIndex: (index: string) => string;
}

const MIB_2 = '1.3.6.1.2.1';
const ENTERPRISES = oid('1.3.6.1.4.1');
const SUPPLIES = oid(`${MIB_2}.43.11.1.1`);

/** Subtrees that trimmed walks and simple firmware leave out. */
const SUBTREES: readonly (readonly [name: string, base: Oid])[] = [
  ['system', oid(`${MIB_2}.1`)],
  ['sysDescr', oid(`${MIB_2}.1.1`)],
  ['sysObjectID', oid(`${MIB_2}.1.2`)],
  ['sysName', oid(`${MIB_2}.1.5`)],
  ['ifType', oid(`${MIB_2}.2.2.1.3`)],
  ['ifPhysAddress', oid(`${MIB_2}.2.2.1.6`)],
  ['ifOperStatus', oid(`${MIB_2}.2.2.1.8`)],
  ['ipAddrTable', oid(`${MIB_2}.4.20`)],
  ['hrDevice', oid(`${MIB_2}.25.3`)],
  ['hrDeviceType', oid(`${MIB_2}.25.3.2.1.2`)],
  ['hrDeviceDescr', oid(`${MIB_2}.25.3.2.1.3`)],
  ['hrDeviceID', oid(`${MIB_2}.25.3.2.1.4`)],
  ['hrDeviceStatus', oid(`${MIB_2}.25.3.2.1.5`)],
  ['hrPrinterStatus', oid(`${MIB_2}.25.3.5.1.1`)],
  ['hrPrinterDetectedErrorState', oid(`${MIB_2}.25.3.5.1.2`)],
  ['prtGeneral', oid(`${MIB_2}.43.5`)],
  ['prtLocalization', oid(`${MIB_2}.43.7`)],
  ['prtMarker', oid(`${MIB_2}.43.10`)],
  ['prtMarkerMarkTech', oid(`${MIB_2}.43.10.2.1.2`)],
  ['prtMarkerCounterUnit', oid(`${MIB_2}.43.10.2.1.3`)],
  ['prtMarkerLifeCount', oid(`${MIB_2}.43.10.2.1.4`)],
  ['prtMarkerSupplies', SUPPLIES],
  ...[3, 4, 5, 6, 7, 8, 9].map((column) => [`supply column ${column}`, oid(`${SUPPLIES}.${column}`)] as const),
  ['prtMarkerColorant', oid(`${MIB_2}.43.12`)],
  ['prtAlert', oid(`${MIB_2}.43.18`)],
  ['IEEE 1284 id (PWG)', oid('1.3.6.1.4.1.2699')],
  ['gdStatusId', oid('1.3.6.1.4.1.11.2.3.9.1.1.7')],
  ['all enterprises', ENTERPRISES],
];

const arcsOf = (name: string): readonly string[] => name.split('.');

/** A few of the subtrees, some rows of the interfaces and parts of the maker's own tree are not there. */
export function thinned(capture: readonly Varbind[], dice: Dice): Variant {
  const done: string[] = [];
  let device = capture;
  const count = 1 + Math.floor(dice() * 4);
  for (let times = 0; times < count; times += 1) {
    const [name, base] = SUBTREES[Math.floor(dice() * SUBTREES.length)] ?? ['nothing', ENTERPRISES];
    device = device.filter((varbind) => !isWithin(base, varbind.oid));
    done.push(`without ${name}`);
  }
  if (dice() < 0.5) {
    // The maker's own tree in parts: below one of its arcs, at a random depth.
    const own = device.filter((varbind) => isWithin(ENTERPRISES, varbind.oid));
    for (let times = 0; times < 3 && own.length > 0; times += 1) {
      const arcs = arcsOf(own[Math.floor(dice() * own.length)]?.oid ?? ENTERPRISES);
      const depth = 8 + Math.floor(dice() * Math.max(1, arcs.length - 8));
      const base = oid(arcs.slice(0, depth).join('.'));
      device = device.filter((varbind) => !isWithin(base, varbind.oid));
      done.push(`without ${base}`);
    }
  }
  if (dice() < 0.3) {
    const share = dice();
    const interfaces = oid(`${MIB_2}.2`);
    device = device.filter((varbind) => !isWithin(interfaces, varbind.oid) || dice() < share);
    done.push('without some cells of ifTable');
  }
  return { device, done, supplyIndex: (index) => index };
}

/** Tables whose first arc of the instance is the hrDeviceIndex. */
const BY_DEVICE = [oid(`${MIB_2}.25.3`), oid(`${MIB_2}.43`)];
/** Where the instance begins: 1.3.6.1.2.1.25.3.2.1.2.N, 1.3.6.1.2.1.43.11.1.1.6.N.M. */
const INSTANCE = 11;

/** Every device one number higher. */
export function renumberedDevices(capture: readonly Varbind[]): Variant {
  const device = capture.map((varbind) => {
    if (!BY_DEVICE.some((base) => isWithin(base, varbind.oid))) return varbind;
    const arcs = [...arcsOf(varbind.oid)];
    const index = arcs[INSTANCE];
    // A lone arc of the supplies' instance is the row.
    if (index === undefined || (isWithin(SUPPLIES, varbind.oid) && arcs.length === INSTANCE + 1)) return varbind;
    arcs[INSTANCE] = String(Number(index) + 1);
    return { ...varbind, oid: oid(arcs.join('.')) };
  });
  return {
    device,
    done: ['hrDeviceIndex + 1'],
    supplyIndex: (index) => index.replace(/^\d+(?=\.)/, (unit) => String(Number(unit) - 1)),
  };
}

/** Supplies under other, sparse numbers that keep their order. */
export function sparseSupplies(capture: readonly Varbind[], dice: Dice): Variant {
  const rows = new Set<string>();
  for (const { oid: name } of capture) {
    const instance = instanceOf(SUPPLIES, name);
    if (instance !== undefined) rows.add(instance.slice(instance.indexOf('.') + 1));
  }
  const forward = new Map<string, string>();
  const back = new Map<string, string>();
  let next = 0;
  for (const row of [...rows].sort((a, b) => Number(a.split('.').at(-1)) - Number(b.split('.').at(-1)))) {
    next += 1 + Math.floor(dice() * 20);
    const other = [...row.split('.').slice(0, -1), String(next)].join('.');
    forward.set(row, other);
    back.set(other, row);
  }
  const device = capture.map((varbind) => {
    const instance = instanceOf(SUPPLIES, varbind.oid);
    if (instance === undefined) return varbind;
    const column = instance.slice(0, instance.indexOf('.'));
    const row = instance.slice(instance.indexOf('.') + 1);
    return { ...varbind, oid: childOf(SUPPLIES, `${column}.${forward.get(row) ?? row}`) };
  });
  return { device, done: ['sparse supplies'], supplyIndex: (index) => back.get(index) ?? index };
}

const TWO_TO_31 = 2 ** 31;

function otherNumber(value: SnmpValue, dice: Dice): SnmpValue {
  switch (value.type) {
    case 'counter32':
    case 'gauge32':
    case 'integer': {
      if (value.value < 0 || value.value >= TWO_TO_31) return value;
      const types = ['integer', 'counter32', 'gauge32'] as const;
      return { type: types[Math.floor(dice() * types.length)] ?? 'integer', value: value.value };
    }
    default:
      return value;
  }
}

/** The same numbers as INTEGER, Counter32 or Gauge32. */
export function otherNumbers(capture: readonly Varbind[], dice: Dice): Variant {
  const device = capture.map((varbind) => ({ ...varbind, value: otherNumber(varbind.value, dice) }));
  return { device, done: ['other number types'], supplyIndex: (index) => index };
}

const TAILS: readonly (readonly number[])[] = [[0], [0, 0, 0, 0], [0x0a], [0x0d, 0x0a], [0x20, 0x20], [0x0a, 0]];

/** Texts: printable octets of some length; hardware addresses and bit strings are none. */
const isText = ({ value }: Varbind): boolean =>
  value.type === 'octets' && value.value.length > 6 && value.value.every((byte) => byte >= 0x20 || byte === 0x0a);

/** Texts that end in NULs, line ends and spaces. */
export function paddedTexts(capture: readonly Varbind[], dice: Dice): Variant {
  const device = capture.map((varbind) => {
    if (!isText(varbind) || varbind.value.type !== 'octets') return varbind;
    const tail = TAILS[Math.floor(dice() * TAILS.length)] ?? [];
    return { ...varbind, value: { ...varbind.value, value: Uint8Array.from([...varbind.value.value, ...tail]) } };
  });
  return { device, done: ['padded texts'], supplyIndex: (index) => index };
}

export function emptyDescription(capture: readonly Varbind[]): Variant {
  const name = oid(`${MIB_2}.1.1.0`);
  const device = capture.map(
    (varbind): Varbind =>
      varbind.oid === name ? { oid: name, value: { type: 'octets', value: new Uint8Array() } } : varbind,
  );
  return { device, done: ['sysDescr empty'], supplyIndex: (index) => index };
}

/**
 * Machines that were never captured: each capture as a sibling model would differ, with other row numbers, other types of
 * numbers and other languages. What it says in the end is the same.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Reading } from '@rsb/contract';
import type { SnmpValue, Varbind } from '@rsb/snmp';
import { oid } from '@rsb/snmp/oid';
import { allowedObjects } from '../src/index.ts';
import { captureNames, hasCaptures, loadCapture } from './support/captures.ts';
import { replay } from './support/replay.ts';

const SUPPLY = '1.3.6.1.2.1.43.11.1.1';
const COLORANT = '1.3.6.1.2.1.43.12.1.1';
const LIFE = oid('1.3.6.1.2.1.43.10.2.1.4');
const column = (table: string, number: number) => oid(`${table}.${number}`);
const [COLORANT_INDEX, TYPE, DESCRIPTION, CAPACITY, LEVEL] = [3, 5, 6, 8, 9].map((number) => column(SUPPLY, number));

type Sibling = (varbinds: readonly Varbind[]) => readonly Varbind[];

const each =
  (change: (varbind: Varbind) => Varbind): Sibling =>
  (varbinds) =>
    varbinds.map(change);
const isOf = (object: string | undefined, { oid: name }: Varbind) =>
  object !== undefined && name.startsWith(`${object}.`);

/** The last number of the instance, as the function says. */
const renumbered = (table: string, number: (row: number) => number) =>
  each((varbind) => {
    if (!isOf(table, varbind)) return varbind;
    const arcs = varbind.oid.split('.');
    return { ...varbind, oid: oid([...arcs.slice(0, -1), number(Number(arcs.at(-1)))].join('.')) };
  });

const numberOf = ({ value }: Varbind): number | null =>
  value.type === 'integer' || value.type === 'counter32' || value.type === 'gauge32' ? value.value : null;

const told = (objects: readonly (string | undefined)[], as: (value: number) => SnmpValue): Sibling =>
  each((varbind) => {
    const value = numberOf(varbind);
    const isMeant = value !== null && objects.some((object) => isOf(object, varbind));
    return isMeant ? { ...varbind, value: as(value) } : varbind;
  });

const digits = (value: number): SnmpValue => ({ type: 'octets', value: Buffer.from(String(value)) });
const asGauge = (value: number): SnmpValue => ({ type: 'gauge32', value: value < 0 ? value + 2 ** 32 : value });
const asCounter = (value: number): SnmpValue => ({ type: 'counter32', value: value < 0 ? value + 2 ** 32 : value });
const asCounter64 = (value: number): SnmpValue => ({ type: 'counter64', value: BigInt.asUintN(64, BigInt(value)) });
const asInteger = (value: number): SnmpValue => ({ type: 'integer', value: value | 0 });

const colorants: Sibling = (varbinds) => {
  const turned = renumbered(COLORANT, (row) => 40 - row)(varbinds);
  return told([COLORANT_INDEX], (row) => ({ type: 'integer', value: row > 0 ? 40 - row : row }))(turned);
};

const chained =
  (...siblings: readonly Sibling[]): Sibling =>
  (varbinds) =>
    siblings.reduce((told, sibling) => sibling(told), varbinds);

const padded = each((varbind) =>
  isOf(DESCRIPTION, varbind) && varbind.value.type === 'octets'
    ? { ...varbind, value: { type: 'octets', value: Buffer.from([...varbind.value.value, 0x20, 0x20, 0]) } }
    : varbind,
);

const SIBLINGS: Readonly<Record<string, Sibling>> = {
  'supplies from 11, colorants turned round, Counter64 for the life count, Counter32 for levels, Gauge32 for types':
    chained(
      renumbered(SUPPLY, (row) => row + 10),
      colorants,
      padded,
      told([LIFE], asCounter64),
      told([LEVEL, CAPACITY], asCounter),
      told([TYPE], asGauge),
    ),
  'supplies turned round, levels and capacities without a sign, the life count with one': chained(
    renumbered(SUPPLY, (row) => 200 - row),
    told([LEVEL, CAPACITY], asGauge),
    told([LIFE], asInteger),
  ),
  'digits for numbers': told([LIFE, LEVEL, CAPACITY], digits),
};

const ALLOWED = allowedObjects().map((object) => `${object}.`);
/** The rest changes nothing, and is most of a capture. */
const mayBeAsked = ({ oid: name }: Varbind) => ALLOWED.some((object) => name.startsWith(object));

function saysOf(varbinds: readonly Varbind[]): string {
  const said = replay(varbinds).interpretations.map(({ reading }) => {
    const { identity, counters, supplies = [], status, kind }: Reading = reading;
    const rows = supplies.map(({ index: _index, ...supply }) => JSON.stringify(supply)).sort();
    return { identity, counters, status, kind, supplies: rows };
  });
  return JSON.stringify(said);
}

test('a sibling of each captured machine says the same', (t) => {
  if (!hasCaptures(t)) return;
  const changed = new Map<string, number>();
  const faults: string[] = [];
  for (const capture of captureNames('printers')) {
    const varbinds = loadCapture('printers', capture).filter(mayBeAsked);
    const was = saysOf(varbinds);
    for (const [name, sibling] of Object.entries(SIBLINGS)) {
      const other = sibling(varbinds);
      if (other.every((varbind, at) => varbind === varbinds[at])) continue;
      changed.set(name, (changed.get(name) ?? 0) + 1);
      const is = saysOf(other);
      if (is !== was) faults.push(`${capture}, ${name}: ${is} after ${was}`);
    }
  }
  assert.deepEqual(faults, []);
  for (const name of Object.keys(SIBLINGS)) assert.ok((changed.get(name) ?? 0) >= 25, `${name}: ${changed.get(name)}`);
});

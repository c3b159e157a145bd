/** Reads a machine's tables straight from its store, and holds the makers' totals against their parts. */
import assert from 'node:assert/strict';
import { isWithin, oid } from '@rsb/snmp';
import { allObjects, type SimulatedMachine } from '../src/index.ts';
import { shown } from './asker.ts';

const PRT = '1.3.6.1.2.1.43';
const RICOH = '1.3.6.1.4.1.367.3.2.1.2.19';
const KYOCERA = '1.3.6.1.4.1.1347';

export interface Cell {
  readonly instance: string;
  readonly value: number | string | bigint;
}

/** All instances below `name`, in order. */
export function column(machine: SimulatedMachine, name: string): readonly Cell[] {
  const cells: Cell[] = [];
  for (const each of allObjects(machine.mib, oid(name))) {
    if (!isWithin(oid(name), each.oid)) break;
    cells.push({ instance: each.oid.slice(name.length + 1), value: shown(each.value) });
  }
  return cells;
}

/** Every total of a machine's own tables is the sum of its parts. */
export function assertSums(machine: SimulatedMachine): void {
  const values = (name: string) => column(machine, name).map(({ value }) => Number(value));
  const add = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
  const service = values(`${KYOCERA}.43.10.1.1.12`)[0];
  if (service !== undefined) {
    const [simplex = 0, duplex = 0, plain = 0, two = 0, four = 0] = values(`${KYOCERA}.42.2.5.1.1`);
    assert.equal(simplex + duplex, service);
    assert.equal(plain + two + four, service);
    assert.equal(add(values(`${KYOCERA}.42.2.1.1.1.6`)), service);
    assert.equal(add(values(`${KYOCERA}.42.2.1.1.1.7`)), service);
    assert.equal(add(values(`${KYOCERA}.42.3.1.1.1.1`)), service);
    assert.equal(values(`${PRT}.10.2.1.4`)[0], service);
    return;
  }
  const types = column(machine, `${RICOH}.5.1.2`);
  assert.ok(types.length >= 21);
  const rows = new Map(column(machine, `${RICOH}.5.1.9`).map(({ instance, value }) => [instance, Number(value)]));
  const counter = new Map(types.map(({ instance, value }) => [Number(value), rows.get(instance) ?? -1]));
  const of = (type: number) => counter.get(type) ?? -1;
  for (const base of [200, 300, 400]) assert.equal(of(base), of(base + 1) + of(base + 2) + of(base + 3));
  assert.equal(of(609), of(201) + of(301) + of(401));
  assert.equal(of(608), of(203) + of(303) + of(403));
  assert.ok(of(10) >= of(608) + of(609));
  assert.equal(of(10), values(`${PRT}.10.2.1.4`)[0]);
  assert.ok(of(701) <= of(608) + of(609));
  assert.ok(of(700) <= of(608) + of(609));
}

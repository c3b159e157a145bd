/** What a device is asked: exact instances where they are known, nothing twice, little in all. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { PARTS } from '@rsb/contract';
import type { Varbind } from '@rsb/snmp';
import { IDENTIFYING, identify, planFor } from '../src/index.ts';
import { GENERIC } from '../src/registry.ts';
import { kyocera } from '../src/vendors/kyocera/driver.ts';
import { ask, replay } from './support/replay.ts';
import { fs1370dn } from './support/seed-machines.ts';
import {
  HR_DEVICE_TYPE,
  HR_PRINTER_STATUS,
  LIFE,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  SUPPLY,
  SYS_OBJECT_ID,
  varbinds,
} from './support/varbinds.ts';

const device = fs1370dn('Q663894857', '00:c0:ee:b5:f1:a0', 28_536);
const known = ask(device, IDENTIFYING);

test('what identifying told is not asked again, and single rows of one machine are asked exactly', () => {
  const { get, walk } = planFor(kyocera, PARTS, known);
  for (const told of [LIFE, HR_DEVICE_TYPE]) assert.ok(!walk.includes(told as never), told);
  assert.ok(!get.includes(`${LIFE}.1.1` as never), 'the life count is known');
  assert.ok(get.includes(`${HR_PRINTER_STATUS}.1` as never));
  assert.ok(walk.includes(`${SUPPLY}.9` as never), 'supplies have to be walked');
});

test('without knowing the device, or where its rows begin elsewhere, single rows are walked', () => {
  const strange = ask(varbinds([`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE], [`${LIFE}.0.1`, 5n]), IDENTIFYING);
  for (const answers of [undefined, strange]) {
    const { walk } = planFor(GENERIC, PARTS, answers);
    for (const column of [LIFE, HR_PRINTER_STATUS]) assert.ok(walk.includes(column as never), column);
  }
});

test('rows of a second machine make the single rows walked, so that both are seen', () => {
  const two = varbinds([`${LIFE}.1.1`, 5n], [`${SUPPLY}.9.1.1`, 40], [`${SUPPLY}.9.2.1`, 50]);
  const first = ask(two, IDENTIFYING);
  assert.equal(identify(ask(varbinds([`${LIFE}.1.1`, 5n]), IDENTIFYING)).verdict, 'printer');
  assert.ok(planFor(GENERIC, ['status'], first).get.includes(`${HR_PRINTER_STATUS}.1` as never));
  const { walk } = planFor(GENERIC, ['status'], ask(two, [...IDENTIFYING, `${SUPPLY}.9` as never]));
  assert.ok(walk.includes(HR_PRINTER_STATUS as never));
});

test('what most machines tell otherwise is asked only where they do not', () => {
  const MAC = '1.3.6.1.2.1.2.2.1.6';
  const octets = (last: number): Short => ({ hex: `00c0eeb5f1${last.toString(16).padStart(2, '0')}` });
  const of = (...macs: readonly number[]) =>
    varbinds(...macs.map((mac, row) => [`${MAC}.${row + 1}`, octets(mac)] as const));
  const asked = (...macs: readonly number[]) =>
    planFor(GENERIC, ['identity'], ask(of(...macs), [...IDENTIFYING, MAC as never])).get.filter((name) =>
      name.startsWith('1.3.6.1.2.1.2.2.1.8.'),
    ).length;
  assert.deepEqual([asked(1), asked(1, 1), asked(1, 2), asked(1, 2, 3)], [0, 0, 2, 3]);
});

test('objects that stand together are asked of machines that told one of them', () => {
  const usage = '1.3.6.1.4.1.253.8.53.13.2.1.6';
  const ofUsage = (varbind: readonly Varbind[]) =>
    replay([...varbinds([SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.253.8.62.1.35.2' }], [`${LIFE}.1.1`, 5n]), ...varbind])
      .asked.filter((name) => name.startsWith(`${usage}.`))
      .map((name) => name.slice(usage.length + 1));
  assert.deepEqual(ofUsage([]), ['1.20.1', '1.20.34', '1.20.7']);
  for (const sign of ofUsage([])) {
    const asked = ofUsage(varbinds([`${usage}.${sign}`, 7]));
    assert.equal(asked.length, 17, `after ${sign}`);
    assert.equal(new Set(asked).size, asked.length);
  }
});

test('of a counter table that numbers its rows only those names are asked whose number says nothing', () => {
  const table = '1.3.6.1.4.1.367.3.2.1.2.19';
  const rows = (types: readonly number[]) =>
    replay([
      ...varbinds([SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.367.1.1' }], [`${LIFE}.1.1`, 5n], [`${table}.1.0`, 99n]),
      ...types.flatMap((type, row) =>
        varbinds(
          [`${table}.5.1.2.${row + 1}`, type],
          [`${table}.5.1.5.${row + 1}`, `Counter: ${type}`],
          [`${table}.5.1.9.${row + 1}`, 7n],
        ),
      ),
    ]).asked.filter((name) => name.startsWith(`${table}.5.1.5`) || /\.19\.[234]\.0$/.test(name));
  assert.deepEqual(rows([10, 400, 300, 200, 204]), [`${table}.5.1.5.5`]);
  assert.deepEqual(rows([10, 204, 205, 206]), [`${table}.2.0`, `${table}.3.0`, `${table}.4.0`, `${table}.5.1.5`]);
});

test('the second device row of a print server is asked, and shows its machine', () => {
  const server = varbinds(
    [SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.99999.1' }],
    [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
    [`${HR_DEVICE_TYPE}.2`, PRINTER_DEVICE],
    ...[1, 2].flatMap((unit): (readonly [string, Short])[] => [
      [`${SERIAL}.${unit}`, `SN00${unit}`],
      [`${LIFE}.${unit}.1`, BigInt(unit)],
    ]),
  );
  const { interpretations } = replay(server);
  assert.deepEqual(
    interpretations.map(({ reading }) => [reading.unit.hrDeviceIndex, reading.identity?.serialNumber]),
    [
      [1, 'SN001'],
      [2, 'SN002'],
    ],
  );
});

test('each part is asked by itself, and only that part', () => {
  const status = planFor(kyocera, ['status'], known);
  assert.deepEqual([status.get.length, status.walk.length], [3, 0]);
  const counters = planFor(kyocera, ['counters'], known);
  assert.ok(counters.walk.every((column) => column.startsWith('1.3.6.1.4.1.1347.42.2.1.1.1.')));
});

test('a first read of a monochrome printer takes few columns', () => {
  const { asked } = replay(device);
  assert.equal(new Set(asked).size, asked.length);
  const { walk } = planFor(kyocera, PARTS, known);
  assert.ok(walk.length <= 25, `${walk.length} columns`);
});

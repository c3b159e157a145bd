/** What reading costs on the wire, and that a poll by what was learned says what a whole read would say, also after a change. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PARTS } from '@rsb/contract';
import { millis, systemClock } from '@rsb/runtime';
import { allObjects, capturesSite, type MibObject, mibOf, type SimulatedMachine } from '@rsb/simulator';
import { isWithin, type Oid, oid, type SnmpValue, type Varbind } from '@rsb/snmp';
import { type LearnedPlan, pollDevice, type ReadResult, readDevice, reckonPoll } from '../src/read/index.ts';
import { community, siteUnderTest } from './simulated-site.ts';

const folder = join(import.meta.dirname, '../../../../shared/captures/printers');
const isThere = existsSync(folder);
if (!isThere) assert.notEqual(process.env['RSB_REQUIRE_ALL'], '1', `${folder} is missing`);
const skip = isThere ? false : 'the captures are not beside the project';

const deps = { clock: systemClock() };
const options = { patience: { timeout: millis(4000), retries: 1 } };
const said = ({ readings }: ReadResult) => readings.map(({ takenAt: _at, wire: _wire, ...rest }) => rest);
/** 24 polls and the morning's read. */
const DAY_BYTES = 40_000;
const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
const asStored = (plan: LearnedPlan | null, name: string): LearnedPlan => {
  assert.ok(plan, `${name}: no plan`);
  return JSON.parse(JSON.stringify(plan)) as LearnedPlan;
};

const ALERTS = oid('1.3.6.1.2.1.43.18.1.1');
const LEVEL = oid('1.3.6.1.2.1.43.11.1.1.9');
const text = (words: string): SnmpValue => ({ type: 'octets', value: Buffer.from(words) });
const integer = (value: number): SnmpValue => ({ type: 'integer', value });

/** An hour later: pages were printed, toner was used. */
function aged({ oid: name, value }: Varbind): MibObject {
  if (value.type === 'counter32') return [name, { ...value, value: value.value + 7 }];
  if (value.type === 'integer' && isWithin(LEVEL, name) && value.value > 1) return [name, integer(value.value - 1)];
  return [name, value];
}

const alertRow = (row: number): readonly MibObject[] => [
  [oid(`${ALERTS}.2.1.${row}`), integer(4)],
  [oid(`${ALERTS}.4.1.${row}`), integer(11)],
  [oid(`${ALERTS}.5.1.${row}`), integer(1)],
  [oid(`${ALERTS}.7.1.${row}`), integer(1104)],
  [oid(`${ALERTS}.8.1.${row}`), text('Toner low')],
];

const machines = isThere ? capturesSite(folder, { network: '127.70' }).machines : [];
const wired = await siteUnderTest(machines);

describe('captures', { skip }, () => {
  const { snmp, port, site } = wired;
  /** Of the machines as they are captured, each once. */
  const firsts = new Map<string, Promise<ReadResult>>();
  const firstOf = (name: string, target: Parameters<typeof readDevice>[1], version: 'v1' | 'v2c') => {
    const key = `${name} ${version}`;
    const read = firsts.get(key) ?? readDevice({ ...deps, snmp }, { ...target, before: 'none' }, options);
    firsts.set(key, read);
    return read;
  };
  const objectsOf = ({ mib }: SimulatedMachine) => [...allObjects(mib, oid('1.3'))];

  it('polls in one packet and its answer, and first reads in few', async () => {
    const polls: ReadResult['cost'][] = [];
    let firstBytes = 0;
    let reckoned = 0;
    for (const { address, name } of machines) {
      const target = { address, port, credentials: [community('public')], parts: PARTS };
      const first = await firstOf(name, target, 'v2c');
      assert.ok(first.cost.packets <= 20, `${name}: ${first.cost.packets} packets`);
      firstBytes += first.cost.bytes;
      const poll = await pollDevice({ ...deps, snmp }, { ...target, plan: asStored(first.plan, name) }, options);
      assert.deepEqual(said(poll), said(first), name);
      reckoned += reckonPoll(asStored(first.plan, name), PARTS).bytes;
      assert.ok(poll.cost.packets <= 6, `${name}: ${poll.cost.packets} packets`);
      polls.push(poll.cost);
      const day = 24 * poll.cost.bytes + first.cost.bytes;
      assert.ok(day <= DAY_BYTES, `${name}: ${day} bytes a day`);
    }
    assert.ok(machines.length >= 61);
    assert.ok(firstBytes / machines.length <= 2450, `${firstBytes / machines.length} bytes to identify and read one`);
    // Before the first poll of a machine estimates go by the names that it will ask.
    const polled = polls.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(reckoned >= polled && reckoned <= 1.5 * polled, `${reckoned} bytes reckoned, ${polled} seen`);
    const inOne = polls.filter(({ packets }) => packets === 2).length;
    assert.ok(inOne >= 58, `${inOne} of ${polls.length} in one packet`);
    assert.ok(median(polls.map(({ bytes }) => bytes)) <= 500);
  });

  for (const [change, versions, of] of [
    [
      'with new alerts',
      ['v2c'],
      (objects: readonly Varbind[]) => [...objects.map(aged), ...alertRow(9001), ...alertRow(9002)],
    ],
    [
      'without alerts',
      ['v2c'],
      (objects: readonly Varbind[]) => objects.filter(({ oid: name }) => !isWithin(ALERTS, name)).map(aged),
    ],
    [
      'with another alert in the place of the first',
      ['v2c', 'v1'],
      (objects: readonly Varbind[]) => [
        ...alertRow(1),
        ...objects.filter(({ oid: name }) => !isWithin(ALERTS, name)).map(aged),
      ],
    ],
  ] as const) {
    it(`${change}, counters and levels of an hour later: a poll says what a whole read says`, async () => {
      let changed = 0;
      for (const machine of machines) {
        const { address, name } = machine;
        for (const version of versions) {
          const target = { address, port, credentials: [community('public', version)], parts: PARTS };
          const first = await firstOf(name, target, version);
          await site.plugIn({ ...machine, mib: mibOf(of(objectsOf(machine))) });
          const poll = await pollDevice({ ...deps, snmp }, { ...target, plan: asStored(first.plan, name) }, options);
          const full = await readDevice({ ...deps, snmp }, target, options);
          assert.deepEqual(said(poll), said(full), `${name} ${version}`);
          const again = asStored(poll.plan, name);
          const second = await pollDevice({ ...deps, snmp }, { ...target, plan: again }, options);
          assert.deepEqual(said(second), said(full), `${name} ${version}: the poll after`);
          if (JSON.stringify(said(full)) !== JSON.stringify(said(first))) changed += 1;
          await site.plugIn(machine);
        }
      }
      assert.ok(changed >= machines.length / 2, `${changed} changed`);
    });
  }
});

/** Six supplies, one alert. */
function plainObjects(): readonly MibObject[] {
  const row = (base: string, columns: Readonly<Record<number, SnmpValue>>, instance: string): MibObject[] =>
    Object.entries(columns).map(([column, value]) => [oid(`${base}.${column}.${instance}`), value]);
  const supplies = ['Black', 'Cyan', 'Magenta', 'Yellow', 'Drum', 'Waste'].flatMap((word, at) =>
    row(
      '1.3.6.1.2.1.43.11.1.1',
      {
        2: integer(1),
        3: integer(at < 4 ? at + 1 : 0),
        4: integer(at < 5 ? 3 : 4),
        5: integer(at < 4 ? 3 : at === 4 ? 9 : 4),
        6: text(`${word} cartridge with a name of usual length`),
        7: integer(19),
        8: integer(100),
        9: integer(90 - 10 * at),
      },
      `1.${at + 1}`,
    ),
  );
  const type = (value: Oid): SnmpValue => ({ type: 'oid', value });
  return [
    [oid('1.3.6.1.2.1.1.1.0'), text('A printer of nobody in particular, firmware 1.2.3')],
    [oid('1.3.6.1.2.1.1.2.0'), type(oid('1.3.6.1.4.1.99999.1'))],
    [oid('1.3.6.1.2.1.1.5.0'), text('printer')],
    [oid('1.3.6.1.2.1.1.6.0'), text('second floor')],
    ...[1, 2].flatMap((at) =>
      row(
        '1.3.6.1.2.1.2.2.1',
        { 2: text('eth'), 3: integer(at === 1 ? 6 : 24), 6: text(at === 1 ? 'abcdef' : ''), 8: integer(1) },
        String(at),
      ),
    ),
    ...row('1.3.6.1.2.1.25.3.2.1', { 2: type(oid('1.3.6.1.2.1.25.3.1.5')), 3: text('Model 6'), 5: integer(2) }, '1'),
    ...row('1.3.6.1.2.1.25.3.5.1', { 1: integer(3), 2: text('\0') }, '1'),
    ...row('1.3.6.1.2.1.43.5.1.1', { 1: integer(1), 16: text('Model 6'), 17: text('SN123456') }, '1'),
    ...row('1.3.6.1.2.1.43.10.2.1', { 2: integer(4), 3: integer(7), 4: { type: 'counter32', value: 4711 } }, '1.1'),
    ...supplies,
    ...['black', 'cyan', 'magenta', 'yellow'].flatMap((word, at) =>
      row('1.3.6.1.2.1.43.12.1.1', { 4: text(word) }, `1.${at + 1}`),
    ),
    ...alertRow(5),
    ...row('1.3.6.1.2.1.43.16.5.1', { 2: text('Ready') }, '1.1'),
  ];
}

it('a plain Printer-MIB device with six supplies is first read in 12 packets and 5 kB, and polled in 2', async () => {
  const address = '127.70.255.1';
  const { snmp, port } = await siteUnderTest([{ address, name: 'plain', mib: mibOf(plainObjects()) }]);
  const target = { address, port, credentials: [community('public')], parts: PARTS };
  const first = await readDevice({ ...deps, snmp }, target, options);
  assert.equal(first.readings[0].supplies?.length, 6);
  assert.deepEqual(new Set(Object.values(first.readings[0].completeness.reasons)), new Set(['notTold']));
  assert.ok(first.cost.packets <= 12 && first.cost.bytes <= 5000, JSON.stringify(first.cost));
  const poll = await pollDevice({ ...deps, snmp }, { ...target, plan: asStored(first.plan, 'plain') }, options);
  assert.ok(poll.cost.packets === 2 && poll.cost.bytes <= 1100, JSON.stringify(poll.cost));
  assert.deepEqual(said(poll), said(first));
});

it('rows that were not thought to be there cost a poll two packets, once', async () => {
  // The scanner's row follows the printer's, where the next column was expected.
  const scanner: MibObject = [oid('1.3.6.1.2.1.25.3.5.1.1.2'), integer(3)];
  const address = '127.70.255.2';
  const { snmp, port } = await siteUnderTest([{ address, name: 'two', mib: mibOf([...plainObjects(), scanner]) }]);
  const target = { address, port, credentials: [community('public')], parts: PARTS };
  const first = await readDevice({ ...deps, snmp }, target, options);
  const poll = await pollDevice({ ...deps, snmp }, { ...target, plan: asStored(first.plan, 'first') }, options);
  assert.deepEqual([poll.cost.packets, said(poll)], [4, said(first)]);
  const second = await pollDevice({ ...deps, snmp }, { ...target, plan: asStored(poll.plan, 'poll') }, options);
  assert.deepEqual([second.cost.packets, said(second)], [2, said(first)]);
  assert.ok((second.plan?.runs?.length ?? 0) > 0, 'rows of one column are still asked as one');
});

/** A printer is untrusted input: cut, mistyped and noisy answers never break a reading, and what is missing is said. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parseReading } from '@rsb/contract';
import type { SnmpValue, Varbind } from '@rsb/snmp';
import { isWithin } from '@rsb/snmp/oid';
import fc from 'fast-check';
import { allowedObjects, DRIVERS } from '../src/index.ts';
import { captureNames, hasCaptures, loadCapture } from './support/captures.ts';
import { replay } from './support/replay.ts';
import { aficio, fs1370dn } from './support/seed-machines.ts';
import { ALERT, LIFE, type Short, SUPPLY, SYS_OBJECT_ID, varbinds } from './support/varbinds.ts';

/** A reading of whatever comes, or null for what is no printer; fails where the contract would refuse it. */
function check(device: readonly Varbind[], name: string) {
  const { interpretations } = replay(device);
  for (const { reading, draft } of interpretations) {
    assert.deepEqual(draft.failedBlocks, [], name);
    const parsed = parseReading(JSON.parse(JSON.stringify(reading)));
    assert.ok(parsed.ok, `${name}: ${JSON.stringify(parsed)}`);
    assert.equal(reading.completeness.state === 'complete', reading.completeness.missing.length === 0, name);
    assert.deepEqual(Object.keys(reading.completeness.reasons).sort(), [...reading.completeness.missing].sort(), name);
  }
  return interpretations[0]?.reading ?? null;
}

/** Of a capture, what any driver could ask: the rest changes nothing. */
function askable(device: readonly Varbind[]): readonly Varbind[] {
  const allowed = allowedObjects();
  return device.filter(({ oid }) => allowed.some((object) => isWithin(object, oid)));
}

const NOISE: SnmpValue = {
  type: 'octets',
  value: Uint8Array.from({ length: 65_536 }, (_, index) => (index * 7919) & 0xff),
};

const OTHER_VALUES: readonly SnmpValue[] = [
  { type: 'integer', value: -2_147_483_648 },
  { type: 'octets', value: new Uint8Array() },
  NOISE,
  { type: 'oid', value: '0.0' as never },
  { type: 'counter64', value: 2n ** 64n - 1n },
  { type: 'ipAddress', value: Uint8Array.of(1, 2, 3, 4) },
  { type: 'null' },
  { type: 'noSuchInstance' },
];

/** The same place with a value of another type. */
function mistyped(value: SnmpValue): SnmpValue {
  if (value.type === 'octets') return { type: 'integer', value: -2_147_483_648 };
  return value.type === 'integer'
    ? { type: 'octets', value: Uint8Array.of(65) }
    : { type: 'oid', value: '1.3.6' as never };
}

const SEED_MACHINES: readonly (readonly [string, readonly Varbind[]])[] = [
  ['FS-1370DN', fs1370dn('Q663894857', '00:c0:ee:b5:f1:a0', 28_536)],
  [
    'MP C2050',
    aficio('RICOH', 'Aficio MP C2050', 'V2284701060', 'RNPE35736', '00:00:74:e3:67:36', {
      machineTotal: 50_408,
      total: { mono: 22_802, color: 27_606 },
      print: { mono: 11_720, color: 24_488 },
    }),
  ],
];

test('answers that stop anywhere', () => {
  let cuts = 0;
  for (const [name, device] of SEED_MACHINES) {
    const whole = check(device, name);
    assert.equal(whole?.completeness.state, 'complete');
    for (let end = 0; end < device.length; end += 1) {
      const reading = check(device.slice(0, end), `${name} cut at ${end}`);
      cuts += 1;
      // Once the serial number is cut off, every reading says that it is missing.
      if (reading?.identity?.serialNumber === null) {
        assert.ok(reading.completeness.missing.includes('identity.serialNumber'), `${name} cut at ${end}`);
      }
    }
  }
  assert.ok(cuts > 100);
});

test('each value replaced by one of another type', () => {
  for (const [name, device] of SEED_MACHINES) {
    for (const [index, changed] of device.entries()) {
      for (const value of OTHER_VALUES) {
        check(device.with(index, { oid: changed.oid, value }), `${name} ${changed.oid} as ${value.type}`);
      }
    }
  }
});

test('tables and names without measure', () => {
  const long = Array.from({ length: 100 }, () => '4294967295').join('.');
  const rows = (column: string, value: (row: number) => Short) =>
    Array.from({ length: 3000 }, (_, row) => [`${column}.${row + 1}`, value(row)] as const);
  const kyocera = '1.3.6.1.4.1.1347';
  const ricohTable = '1.3.6.1.4.1.367.3.2.1.2';
  const devices: readonly (readonly [string, readonly Varbind[]])[] = [
    [
      'many rows',
      varbinds(
        [SYS_OBJECT_ID, { oid: `${kyocera}.41` }],
        ...rows(`${SUPPLY}.6.1`, () => 'Toner'),
        ...rows(`${ALERT}.8.1`, () => 'Alert'),
        [`${kyocera}.43.10.1.1.12.1.1`, 3000n],
        ...rows(`${kyocera}.42.2.1.1.1.6.1`, () => 1n),
        ...rows(`${kyocera}.42.2.1.1.1.7.1`, () => 1n),
      ),
    ],
    [
      'many counters and toners',
      varbinds(
        [SYS_OBJECT_ID, { oid: '1.3.6.1.4.1.367.1.1' }],
        ...rows(`${ricohTable}.19.5.1.5`, (row) => `Counter: ${row}`),
        ...rows(`${ricohTable}.19.5.1.9`, (row) => BigInt(row)),
        ...rows(`${ricohTable}.24.1.1.5`, () => 50),
      ),
    ],
    [
      'long names',
      varbinds(
        [SYS_OBJECT_ID, { oid: `1.3.6.1.4.1.1347.41.${long}` }],
        [`${LIFE}.1.1`, 5n],
        [`${ALERT}.8.${long}`, 'Alert'],
        [`${SUPPLY}.6.${long}`, 'Toner'],
        [`${ricohTable}.24.1.1.5.${long}`, 50],
      ),
    ],
  ];
  for (const [name, device] of devices) assert.notEqual(check(device, name), null, name);
});

test('real captures cut, mistyped and full of noise', (t) => {
  if (!hasCaptures(t)) return;
  let readings = 0;
  let changes = 0;
  for (const name of captureNames('printers')) {
    const device = askable(loadCapture('printers', name));
    for (const [index, { oid, value }] of device.entries()) {
      check(device.slice(0, index), `${name} cut at ${index}`);
      check(device.with(index, { oid, value: mistyped(value) }), `${name} ${oid} mistyped`);
      if (value.type === 'octets') check(device.with(index, { oid, value: NOISE }), `${name} ${oid} as noise`);
      changes += 1;
    }
    for (const value of OTHER_VALUES) {
      check(
        device.map(({ oid }) => ({ oid, value })),
        `${name} all as ${value.type}`,
      );
      const some = device.map((one, index) => (index % 3 === 0 ? { oid: one.oid, value } : one));
      check(some, `${name} some as ${value.type}`);
    }
    readings += 1;
  }
  assert.ok(readings >= 61);
  assert.ok(changes > 1500, `only ${changes} values were changed`);
});

test('any values at any object that is asked', () => {
  const names = DRIVERS.flatMap(({ blocks }) => blocks.flatMap(({ asks }) => asks)).flatMap(
    ({ oid, instances = [], perUnit }) =>
      [...instances, perUnit === '' ? '1' : `1.${perUnit ?? '1'}`].map((i) => `${oid}.${i}`),
  );
  const value: fc.Arbitrary<SnmpValue> = fc.oneof(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((number): SnmpValue => ({ type: 'integer', value: number })),
    fc.uint8Array({ maxLength: 60 }).map((bytes): SnmpValue => ({ type: 'octets', value: bytes })),
    fc.string({ maxLength: 60 }).map((text): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(text) })),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((number): SnmpValue => ({ type: 'counter64', value: number })),
    fc
      .constantFrom(...DRIVERS.flatMap(({ match }) => match.flatMap(({ sysObjectId }) => sysObjectId ?? [])))
      .map((oid): SnmpValue => ({ type: 'oid', value: oid })),
  );
  const driver = fc.constantFrom(...DRIVERS.filter(({ match }) => match.some(({ sysObjectId }) => sysObjectId)));
  const varbind = fc.record({ oid: fc.constantFrom(...names), value }) as fc.Arbitrary<Varbind>;
  let readings = 0;
  fc.assert(
    fc.property(driver, fc.array(varbind, { maxLength: 80 }), (maker, device) => {
      const id = maker.match.find(({ sysObjectId }) => sysObjectId !== undefined)?.sysObjectId ?? '0.0';
      const printer = varbinds([SYS_OBJECT_ID, { oid: id }], [`${LIFE}.1.1`, 5n]);
      if (check([...printer, ...device], maker.name) !== null) readings += 1;
    }),
    { numRuns: 500 },
  );
  assert.ok(readings >= 500, 'each is read as a printer');
});

/** Against Debian's snmpd: exact values that it was given, and the same walk as its own snmpwalk makes, both ways. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemClock, unreachable } from '@rsb/runtime';
import type { RunningEngine, Target } from '../src/index.ts';
import { type Oid, oid } from '../src/oid.ts';
import type { SnmpValue, Varbind } from '../src/value.ts';
import { targetAt } from './agent.ts';
import { skipWithout } from './debian.ts';
import { engineOn, PATIENT, underTest } from './engine-under-test.ts';
import { type Snmpd, snmpwalk, startSnmpd } from './snmpd.ts';

const LIFE_COUNT = '1.3.6.1.2.1.43.10.2.1.4.1.1';
const LEVELS = '1.3.6.1.2.1.43.11.1.1.9.1';
const NAMES = '1.3.6.1.2.1.43.11.1.1.6.1';
const ROWS = Array.from({ length: 30 }, (_, index) => index + 1);
const CONFIGURATION = [
  'sysName box',
  'sysLocation Etage 2',
  'sysServices 72',
  `override ${LIFE_COUNT} counter 83203`,
  ...ROWS.map((row) => `override ${LEVELS}.${row} integer ${row === 1 ? -3 : row * 100}`),
  ...ROWS.map((row) => `override ${NAMES}.${row} octet_str "Toner ${row}"`),
];

/** Subtrees whose names do not change from one second to the next. */
const SUBTREES = ['1.3.6.1.2.1.1', '1.3.6.1.2.1.2', '1.3.6.1.2.1.31.1', '1.3.6.1.2.1.25.3', '1.3.6.1.2.1.43'].map(oid);
const VERSIONS = ['v1', 'v2c'] as const;

const text = (value: SnmpValue | undefined) => (value?.type === 'octets' ? Buffer.from(value.value).toString() : value);

/** As snmpwalk prints it, with what runs on by itself left out. */
function printed({ oid: name, value }: Varbind): string {
  const hex = (bytes: Uint8Array) =>
    [...bytes].map((octet) => octet.toString(16).padStart(2, '0').toUpperCase()).join(' ');
  const content = (): string => {
    switch (value.type) {
      case 'integer':
        return `INTEGER: ${value.value}`;
      case 'octets':
        return value.value.length === 0 ? '""' : `Hex-STRING: ${hex(value.value)}`;
      case 'oid':
        return `OID: .${value.value}`;
      case 'ipAddress':
        return `IpAddress: ${value.value.join('.')}`;
      case 'counter32':
        return `Counter32: ${value.value}`;
      case 'gauge32':
        return `Gauge32: ${value.value}`;
      case 'timeTicks':
        return String(value.value);
      case 'counter64':
        return `Counter64: ${value.value}`;
      case 'opaque':
      case 'null':
      case 'noSuchObject':
      case 'noSuchInstance':
      case 'endOfMibView':
        return value.type;
      default:
        return unreachable(value);
    }
  };
  return `.${name} = ${content()}`;
}

/** Counters, clocks and the load of the processor go on between two walks. */
function settled(line: string): string {
  const runsOn = /= (Counter32: |Counter64: )?\d+$/.test(line) || /\.25\.3\.3\.1\.2\.\d+ =/.test(line);
  return runsOn && !line.startsWith('.1.3.6.1.2.1.43.') ? line.replace(/\d+$/, '*') : line;
}

describe("Debian's snmpd", { skip: skipWithout('snmpd', 'snmpwalk') }, () => {
  let agent: Snmpd;
  let engine: RunningEngine;
  const target = (version: 'v1' | 'v2c'): Target => targetAt(agent.address, agent.port, version);
  const get = (version: 'v1' | 'v2c', objects: readonly string[]) =>
    engine.get(target(version), objects.map(oid), { patience: PATIENT });
  const walk = (version: 'v1' | 'v2c', columns: readonly Oid[]) =>
    engine.walk(target(version), columns, { patience: PATIENT });

  before(async () => {
    agent = await startSnmpd('127.16.0.1', CONFIGURATION);
    engine = engineOn(systemClock(), { allow: { entries: [], allows: () => true } });
  });
  after(async () => {
    await engine.close();
    await agent.stop();
  });

  for (const version of VERSIONS) {
    it(`${version}: gets what it was given`, async () => {
      const got = await get(version, [
        '1.3.6.1.2.1.1.5.0',
        '1.3.6.1.2.1.1.6.0',
        LIFE_COUNT,
        `${LEVELS}.1`,
        '1.3.6.1.2.1.1.2.0',
      ]);
      assert.equal(got.failure, null);
      assert.deepEqual(
        got.varbinds.map(({ value }) => text(value)),
        [
          'box',
          'Etage 2',
          { type: 'counter32', value: 83_203 },
          { type: 'integer', value: -3 },
          { type: 'oid', value: '1.3.6.1.4.1.8072.3.2.10' },
        ],
      );
      assert.deepEqual([got.cost.requests, got.cost.packets], [1, 2]);
    });

    it(`${version}: tells absent objects among present ones`, async () => {
      const got = await get(version, [
        '1.3.6.1.2.1.1.77.0',
        LIFE_COUNT,
        '1.3.6.1.2.1.1.5.1',
        '1.3.6.1.4.1.367.3.2.1.2.19.5.1.9.21',
      ]);
      assert.equal(got.failure, null);
      assert.deepEqual(
        got.varbinds.map(({ value }) => value.type),
        version === 'v1'
          ? ['noSuchObject', 'counter32', 'noSuchObject', 'noSuchObject']
          : ['noSuchObject', 'counter32', 'noSuchInstance', 'noSuchObject'],
      );
      assert.equal(got.cost.requests, version === 'v1' ? 3 : 1);
    });

    it(`${version}: gets more objects than fit into one request`, async () => {
      const got = await get(
        version,
        ROWS.flatMap((row) => [`${LEVELS}.${row}`, `${NAMES}.${row}`]),
      );
      assert.equal(got.failure, null);
      assert.equal(got.varbinds.length, 60);
      assert.equal(text(got.varbinds.at(-1)?.value), 'Toner 30');
    });

    it(`${version}: walks columns of a table`, async () => {
      const got = await walk(version, [oid(NAMES), oid(LEVELS)]);
      assert.equal(got.end, 'complete');
      assert.deepEqual(
        got.varbinds.map(({ value }) => (value.type === 'integer' ? value.value : text(value))),
        [...ROWS.map((row) => `Toner ${row}`), ...ROWS.map((row) => (row === 1 ? -3 : row * 100))],
      );
      assert.ok(got.cost.requests <= (version === 'v1' ? 31 : 6), `${got.cost.requests} requests`);
    });

    for (const root of SUBTREES) {
      it(`${version}: walks ${root} as snmpwalk does`, async () => {
        const theirs = (await snmpwalk(agent, version, root)).map(settled);
        const ours = await walk(version, [root]);
        assert.equal(ours.end, 'complete');
        assert.deepEqual(ours.varbinds.map(printed).map(settled), theirs);
        assert.ok(theirs.length > 5, `${theirs.length} objects`);
      });
    }
  }

  it('walks all subtrees side by side as one after the other', async () => {
    const ours = await walk('v2c', SUBTREES);
    assert.equal(ours.end, 'complete');
    const theirs: string[] = [];
    for (const root of SUBTREES) theirs.push(...(await snmpwalk(agent, 'v2c', root)));
    assert.deepEqual(ours.varbinds.map(printed).map(settled), theirs.map(settled));
  });

  it('does not answer another community', async () => {
    const { engine: impatient, clock } = underTest();
    const call = impatient.get(targetAt(agent.address, agent.port, 'v2c', 'wrong'), [oid('1.3.6.1.2.1.1.5.0')]);
    await clock.advance(PATIENT.timeout);
    await clock.advance(PATIENT.timeout);
    await clock.advance(PATIENT.timeout);
    assert.deepEqual((await call).failure, { kind: 'timeout' });
    await impatient.close();
  });
});

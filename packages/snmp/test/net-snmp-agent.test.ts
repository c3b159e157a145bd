/** Against the agent of the npm library net-snmp: another implementation of the same standards. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '@rsb/runtime';
import snmp from 'net-snmp';
import type { RunningEngine, Target } from '../src/index.ts';
import { oid } from '../src/oid.ts';
import type { SnmpValue } from '../src/value.ts';
import { boundSocket, targetAt } from './agent.ts';
import { engineOn, PATIENT } from './engine-under-test.ts';

const ADDRESS = '127.17.0.1';
const TABLE = '1.3.6.1.4.1.1347.43.11.1';
const ROWS = Array.from({ length: 25 }, (_, index) => index + 1);
const DESCRIPTION = oid(`${TABLE}.2`);
const LEVEL = oid(`${TABLE}.3`);

const SCALARS: readonly [name: string, type: snmp.ObjectType, given: unknown, told: SnmpValue][] = [
  ['Integer', snmp.ObjectType.Integer, -2, { type: 'integer', value: -2 }],
  ['Counter', snmp.ObjectType.Counter, 4_294_967_295, { type: 'counter32', value: 4_294_967_295 }],
  ['Gauge', snmp.ObjectType.Gauge, 128, { type: 'gauge32', value: 128 }],
  ['TimeTicks', snmp.ObjectType.TimeTicks, 32_768, { type: 'timeTicks', value: 32_768 }],
  ['Oid', snmp.ObjectType.OID, '1.3.6.1.4.1.1347.41', { type: 'oid', value: oid('1.3.6.1.4.1.1347.41') }],
  ['Address', snmp.ObjectType.IpAddress, '127.17.0.1', { type: 'ipAddress', value: Uint8Array.of(127, 17, 0, 1) }],
  ['Text', snmp.ObjectType.OctetString, 'Ecosys', { type: 'octets', value: new Uint8Array(Buffer.from('Ecosys')) }],
];
const scalarOid = (index: number) => `1.3.6.1.4.1.1347.43.${index + 1}`;

describe('the net-snmp agent', () => {
  let agent: ReturnType<typeof snmp.createAgent>;
  let engine: RunningEngine;
  let port: number;
  const target = (version: 'v1' | 'v2c'): Target => targetAt(ADDRESS, port, version);

  before(async () => {
    const free = await boundSocket(ADDRESS);
    ({ port } = free.address());
    free.close();
    agent = snmp.createAgent({ port, address: ADDRESS, transport: 'udp4' }, () => {});
    // It binds while it is being made, and tells nobody when it is done.
    const [socket] = Object.values<Socket>(agent.listener.sockets);
    assert.ok(socket);
    await once(socket, 'listening');
    agent.getAuthorizer().addCommunity('public');
    const mib = agent.getMib();
    for (const [index, [name, scalarType, given]] of SCALARS.entries()) {
      mib.registerProvider({
        name,
        type: snmp.MibProviderType.Scalar,
        oid: scalarOid(index),
        scalarType,
        maxAccess: snmp.MaxAccess['read-only'],
      });
      mib.setScalarValue(name, given);
    }
    const column = (number: number, name: string, type: snmp.ObjectType) => ({
      number,
      name,
      type,
      maxAccess: snmp.MaxAccess['read-only'],
    });
    mib.registerProvider({
      name: 'supplies',
      type: snmp.MibProviderType.Table,
      oid: TABLE,
      maxAccess: snmp.MaxAccess['not-accessible'],
      tableColumns: [
        column(1, 'index', snmp.ObjectType.Integer),
        column(2, 'description', snmp.ObjectType.OctetString),
        column(3, 'level', snmp.ObjectType.Integer),
      ],
      tableIndex: [{ columnName: 'index' }],
    });
    for (const row of ROWS) mib.addTableRow('supplies', [row, `Toner ${row}`, row * 10]);
    engine = engineOn(systemClock());
  });
  after(async () => {
    await engine.close();
    agent.close();
  });

  for (const version of ['v1', 'v2c'] as const) {
    it(`${version}: gets a value of each type`, async () => {
      const got = await engine.get(
        target(version),
        SCALARS.map((_, index) => oid(`${scalarOid(index)}.0`)),
        { patience: PATIENT },
      );
      assert.equal(got.failure, null);
      assert.deepEqual(
        got.varbinds.map((each) => each.value),
        SCALARS.map(([, , , told]) => told),
      );
    });

    it(`${version}: tells an absent object among present ones`, async () => {
      const asked = ['1.3.6.1.4.1.1347.99.0', `${scalarOid(0)}.0`].map(oid);
      const got = await engine.get(target(version), asked, { patience: PATIENT });
      assert.equal(got.failure, null);
      assert.deepEqual(
        got.varbinds.map(({ oid: name, value }) => [name, value.type]),
        [
          [asked[0], 'noSuchObject'],
          [asked[1], 'integer'],
        ],
      );
    });

    it(`${version}: walks a table`, async () => {
      const got = await engine.walk(target(version), [DESCRIPTION, LEVEL], { patience: PATIENT });
      assert.equal(got.end, 'complete');
      assert.deepEqual(
        got.varbinds.map(({ oid: name, value }) => [
          name,
          value.type === 'octets' ? Buffer.from(value.value).toString() : 'value' in value ? value.value : value.type,
        ]),
        [
          ...ROWS.map((row) => [`${DESCRIPTION}.${row}`, `Toner ${row}`]),
          ...ROWS.map((row) => [`${LEVEL}.${row}`, row * 10]),
        ],
      );
    });
  }
});

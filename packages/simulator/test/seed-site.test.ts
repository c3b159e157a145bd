import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { isWithin, oid, parseOid } from '@rsb/snmp';
import {
  allObjects,
  CANARY,
  type RunningSite,
  seedMachines,
  seedServiceIds,
  seedSite,
  siteLines,
  startSite,
} from '../src/index.ts';
import { type Asker, names, shown, startAsker } from './asker.ts';
import { skipWithout } from './installed.ts';
import { assertSums, column } from './tables.ts';

const PRT = '1.3.6.1.2.1.43';
const RICOH = '1.3.6.1.4.1.367.3.2.1.2.19';
const KYOCERA = '1.3.6.1.4.1.1347';

interface SeedRow {
  readonly address: string;
  readonly name: string;
  readonly model: string;
  readonly serial: string;
  readonly mac: string;
  readonly serviceId: string | null;
  /** The two lines of each column; a mono machine has one number in all of them. */
  readonly life: readonly [number, number];
  readonly total: readonly [number, number] | number;
  readonly prints: readonly [number, number] | number;
}

/** Copied from the seed's table by hand, line by line; the last two as CONTRACT §7 completes them. */
const SEED: readonly SeedRow[] = [
  ['127.0.10.123', 'KMB5F1A0', 'FS-1370DN', 'Q663894857', '00:C0:EE:B5:F1:A0', '708166', [28536, 28536], 28536, 28536],
  [
    '127.0.10.125',
    'KMB5F07C',
    'FS-1370DN',
    'Q663894848',
    '00:C0:EE:B5:F0:7C',
    '708164',
    [178297, 178297],
    178297,
    178297,
  ],
  ['127.0.7.120', 'KMB66E54', 'FS-1370DN', 'Q663902729', '00:C0:EE:B6:6E:54', '708212', [6068, 6068], 6068, 6068],
  [
    '127.0.10.127',
    'RNP0025735AS21B',
    'Aficio MP C4502',
    'W513J201244',
    '00:26:73:5A:52:1B',
    null,
    [14882, 14882],
    [14263, 419],
    [11419, 402],
  ],
  ['127.0.10.122', 'KMB5F1A4', 'FS-1370DN', 'Q663894859', '00:C0:EE:B5:F1:A4', '708167', [45960, 45960], 45960, 45960],
  ['127.0.10.121', 'KMB5F1A7', 'FS-1370DN', 'Q663894862', '00:C0:EE:B5:F1:A7', '708168', [16604, 16604], 16604, 16604],
  [
    '127.0.10.242',
    'Fs-1370-119',
    'FS-1370DN',
    'Q663899128',
    '00:C0:EE:B6:11:1B',
    '708170',
    [24988, 24988],
    24988,
    24988,
  ],
  ['127.0.10.124', 'KMB5F1A2', 'FS-1370DN', 'Q663894855', '00:C0:EE:B5:F1:A2', '708165', [90692, 90692], 90692, 90692],
  [
    '127.0.10.9',
    'RNPE35736',
    'Aficio MP C2050',
    'V2284701060',
    '00:00:74:E3:67:36',
    '708695',
    [50408, 50408],
    [22802, 27606],
    [11720, 24488],
  ],
  [
    '127.0.17.21',
    'RNPEB7829',
    'Aficio MP C2050',
    'V2293901188',
    '00:00:74:EB:7B:29',
    '707984',
    [230885, 230885],
    [204974, 25911],
    [102506, 19547],
  ],
  [
    '127.0.10.126',
    'RNP00257373D660',
    'MP C3003',
    'E153M930272',
    '00:26:73:73:D6:60',
    '708189',
    [83203, 83203],
    [39093, 44110],
    [16751, 41764],
  ],
  ['127.0.10.120', 'KMB5F1B1', 'FS-1370DN', 'Q663894869', '00:C0:EE:B5:F1:B1', '708169', [20595, 20595], 20595, 20595],
  ['127.0.10.128', 'KMB5F1B3', 'FS-1370DN', 'Q663894871', '00:C0:EE:B5:F1:B3', '708171', [12345, 12345], 12345, 12345],
].map((row) => {
  const [address, name, model, serial, mac, serviceId, life, total, prints] = row as [
    string,
    string,
    string,
    string,
    string,
    string | null,
    [number, number],
    SeedRow['total'],
    SeedRow['prints'],
  ];
  return { address, name, model, serial, mac, serviceId, life, total, prints };
});

const machines = seedSite();
let site: RunningSite;
let asker: Asker;

before(async () => {
  site = await startSite({ machines, port: 0 });
  asker = await startAsker(site.port);
});
after(async () => {
  asker.close();
  await site.close();
});

async function get(address: string, ...objects: readonly string[]): Promise<(number | string | bigint)[]> {
  const { errorStatus, varbinds } = await asker.ask(address, { oids: names(...objects) });
  assert.equal(errorStatus, 0);
  return varbinds.map(({ value }) => shown(value));
}

/** Values of the Ricoh counter table by type id: the row number means nothing. */
async function ricohCounters(address: string): Promise<Map<number, number>> {
  const machine = machines.find((each) => each.address === address);
  assert.ok(machine);
  const rows = column(machine, `${RICOH}.5.1.2`).map(({ instance, value }) => ({ type: Number(value), instance }));
  const values = await Promise.all(rows.map(({ instance }) => get(address, `${RICOH}.5.1.9.${instance}`)));
  return new Map(rows.map(({ type }, index) => [type, Number(values[index]?.[0])]));
}

describe("the seed's thirteen machines, asked over UDP", () => {
  it('are thirteen, at their addresses, with their names', () => {
    assert.equal(SEED.length, 13);
    assert.deepEqual(
      siteLines(seedSite({ gear: false })),
      SEED.map(({ address, name }) => `${address} ${name}`),
    );
    assert.equal(new Set(machines.map(({ address }) => address)).size, machines.length);
  });

  for (const seed of SEED) {
    it(`${seed.name}: identity`, async () => {
      const [name, model, serial, type] = await get(
        seed.address,
        '1.3.6.1.2.1.1.5.0',
        `${PRT}.5.1.1.16.1`,
        `${PRT}.5.1.1.17.1`,
        '1.3.6.1.2.1.25.3.2.1.2.1',
      );
      assert.deepEqual([name, model, serial], [seed.name, seed.model, seed.serial]);
      assert.equal(type, '1.3.6.1.2.1.25.3.1.5');
      const [ifIndex] = await get(seed.address, `1.3.6.1.2.1.4.20.1.2.${seed.address}`);
      const { varbinds } = await asker.ask(seed.address, { oids: names(`1.3.6.1.2.1.2.2.1.6.${ifIndex}`) });
      const mac = varbinds[0]?.value;
      assert.ok(typeof mac === 'object' && mac.type === 'octets');
      assert.equal(Buffer.from(mac.value).toString('hex'), seed.mac.replaceAll(':', '').toLowerCase());
    });

    it(`${seed.name}: counters`, async () => {
      assert.deepEqual(await get(seed.address, `${PRT}.10.2.1.4.1.1`), [seed.life[0]]);
      if (seed.model === 'FS-1370DN') {
        const [service, prints, duplex, simplex] = await get(
          seed.address,
          `${KYOCERA}.43.10.1.1.12.1.1`,
          `${KYOCERA}.42.3.1.1.1.1.1`,
          `${KYOCERA}.42.2.5.1.1.2.1`,
          `${KYOCERA}.42.2.5.1.1.1.1`,
        );
        assert.deepEqual([service, prints], [seed.total, seed.prints]);
        assert.equal(service, seed.life[1]);
        assert.equal(Number(duplex) + Number(simplex), seed.total);
        const [serial, model] = await get(seed.address, `${KYOCERA}.43.5.1.1.28.1`, `${KYOCERA}.43.5.1.1.1.1`);
        assert.deepEqual([serial, model], [seed.serial, seed.model]);
        return;
      }
      const counters = await ricohCounters(seed.address);
      assert.deepEqual([counters.get(609), counters.get(608)], seed.total);
      assert.deepEqual([counters.get(401), counters.get(403)], seed.prints);
      assert.equal(counters.get(10), seed.life[1]);
      assert.deepEqual(await get(seed.address, `${RICOH}.1.0`, '1.3.6.1.4.1.367.3.2.1.2.1.4.0'), [
        seed.life[1],
        seed.serial,
      ]);
    });
  }

  it("service ids are the dealer's table", () => {
    assert.deepEqual(
      seedServiceIds,
      SEED.flatMap(({ address, serial, serviceId }) =>
        serviceId === null ? [] : [{ address, serialNumber: serial, serviceId }],
      ),
    );
    assert.equal(seedServiceIds.length, 12);
  });

  it('a machine with everything in order says so, and troubles look as RFC 2790 wants them', async () => {
    const state = (address: string) =>
      asker.ask(address, {
        oids: names('1.3.6.1.2.1.25.3.2.1.5.1', '1.3.6.1.2.1.25.3.5.1.1.1', '1.3.6.1.2.1.25.3.5.1.2.1'),
      });
    const expected = {
      '127.0.10.123': [2, 3, '00'],
      '127.0.10.125': [3, 4, '20'],
      '127.0.7.120': [2, 1, '00'],
      '127.0.10.9': [3, 3, '10'],
      '127.0.17.21': [5, 1, '04'],
      '127.0.10.126': [3, 3, '80'],
    } as const;
    for (const [address, [device, printer, errors]] of Object.entries(expected)) {
      const { varbinds } = await state(address);
      const [first, second, bits] = varbinds.map(({ value }) => value);
      assert.deepEqual(
        [first, second],
        [
          { type: 'integer', value: device },
          { type: 'integer', value: printer },
        ],
        address,
      );
      assert.ok(typeof bits === 'object' && bits.type === 'octets');
      assert.equal(Buffer.from(bits.value).toString('hex'), errors, address);
    }
  });

  it('texts are stored in the charset that the machine declares', async () => {
    const locations = await Promise.all(
      ['127.0.10.127', '127.0.10.126'].map(async (address) => {
        const { varbinds } = await asker.ask(address, { oids: names('1.3.6.1.2.1.1.6.0', `${PRT}.7.1.1.4.1.1`) });
        const [location, charset] = varbinds.map(({ value }) => value);
        assert.ok(typeof location === 'object' && location.type === 'octets' && typeof charset === 'object');
        return [shown(charset), Buffer.from(location.value).toString(shown(charset) === 106 ? 'utf8' : 'latin1')];
      }),
    );
    assert.deepEqual(locations, [
      [106, 'Étage 1, couloir'],
      [4, 'Étage 2'],
    ]);
  });
});

describe("sums of the makers' tables", () => {
  for (const machine of seedSite({ gear: false })) {
    it(machine.name, () => assertSums(machine));
  }
});

describe('the rest of the site', () => {
  const printers = new Set(SEED.map(({ address }) => address));
  const gear = machines.filter(({ address }) => !printers.has(address));

  it('no gear has Printer-MIB, and a Windows PC shows its queues as printers all the same', () => {
    assert.equal(gear.length, 11);
    for (const machine of gear) {
      const found = [...allObjects(machine.mib, oid(PRT))].filter((each) => isWithin(oid(PRT), each.oid));
      assert.deepEqual(found, [], machine.name);
    }
    const queues = gear.filter((machine) =>
      column(machine, '1.3.6.1.2.1.25.3.2.1.2').some(({ value }) => value === '1.3.6.1.2.1.25.3.1.5'),
    );
    assert.deepEqual(
      queues.map(({ name }) => name),
      ['PC-COMPTA-07', 'PC-MULHOUSE-02'],
    );
  });

  it('every object has a sound name', () => {
    let objects = 0;
    for (const machine of machines) {
      for (const each of allObjects(machine.mib, oid('0.0'))) {
        assert.equal(parseOid(each.oid), each.oid, machine.name);
        objects += 1;
      }
    }
    assert.ok(objects > 4000, `${objects} objects`);
  });

  it('canaries stand only in objects that no reader may ask for', () => {
    const forbidden = [
      '1.3.6.1.2.1.1.4',
      '1.3.6.1.2.1.25.4.2.1.2',
      `${PRT}.5.1.1.4`,
      `${PRT}.5.1.1.5`,
      `${PRT}.16`,
      '1.3.6.1.4.1.2699.1.1',
      '1.3.6.1.4.1.367.3.2.1.1.1.3',
      `${KYOCERA}.43.18.2`,
      `${KYOCERA}.47`,
      '1.3.6.1.4.1.77.1.2.29',
    ].map(oid);
    let canaries = 0;
    for (const machine of machines) {
      for (const each of allObjects(machine.mib, oid('0.0'))) {
        if (!String(shown(each.value)).includes(CANARY)) continue;
        canaries += 1;
        assert.ok(
          forbidden.some((object) => isWithin(object, each.oid)),
          `${machine.name} ${each.oid}`,
        );
      }
    }
    assert.ok(canaries >= machines.length, `${canaries} canaries`);
  });
});

describe("Debian's own tools read the site", { skip: skipWithout('snmpget') }, () => {
  const run = promisify(execFile);
  const home = mkdtempSync(join(tmpdir(), 'snmp-'));
  const env = { ...process.env, SNMP_PERSISTENT_DIR: home, SNMPCONFPATH: home, MIBS: '' };
  after(() => rmSync(home, { recursive: true }));
  const snmp = async (program: string, version: string, address: string, ...objects: string[]) => {
    const args = [`-v${version}`, '-cpublic', '-Onqe', '-r1', '-t2', `${address}:${site.port}`, ...objects];
    return (await run(program, args, { env, maxBuffer: 2 ** 24 })).stdout.trim().split('\n');
  };

  for (const version of ['1', '2c']) {
    it(`snmpget, version ${version}`, async () => {
      assert.deepEqual(await snmp('snmpget', version, '127.0.10.9', `${PRT}.10.2.1.4.1.1`, `${PRT}.5.1.1.17.1`), [
        `.${PRT}.10.2.1.4.1.1 50408`,
        `.${PRT}.5.1.1.17.1 "V2284701060"`,
      ]);
    });
  }
  it('a walk by GETNEXT and one by GETBULK see every object, in order, once', async () => {
    for (const { address } of SEED) {
      const machine = machines.find((each) => each.address === address);
      assert.ok(machine);
      const expected = [...allObjects(machine.mib, oid('1.3'))].map((each) => `.${each.oid}`);
      // A long value goes on in a second line, without a name.
      const namesIn = (lines: string[]) =>
        lines.map((line) => line.split(' ')[0] ?? '').filter((name) => name.startsWith('.'));
      const walked = namesIn(await snmp('snmpwalk', '1', address, '.1'));
      const bulked = namesIn(await snmp('snmpbulkwalk', '2c', address, '.1'));
      assert.deepEqual(walked, expected);
      assert.deepEqual([...new Set(bulked)], expected);
    }
  });
});

it('every seed machine is in the table', () => {
  assert.deepEqual(
    seedMachines.map(({ facts }) => facts.serialNumber),
    SEED.map(({ serial }) => serial),
  );
});

/** Who is a printer: printers of every kind are found by little, everything else is left alone after little. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { IDENTIFYING, identify } from '../src/index.ts';
import { ask } from './support/replay.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  SUPPLY,
  SYS_DESCR,
  SYS_OBJECT_ID,
  varbinds,
} from './support/varbinds.ts';

const enterprise = (arcs: string): Short => ({ oid: `1.3.6.1.4.1.${arcs}` });
const GD_STATUS_ID = '1.3.6.1.4.1.11.2.3.9.1.1.7.0';

type Told = readonly (readonly [string, Short])[];

/** What the box would do: one GET, a second look where the first leaves doubt. */
function find(...told: Told) {
  const device = varbinds(...told);
  const first = identify(ask(device, IDENTIFYING));
  if (first.verdict !== 'unsure') return { ...first, looks: 1 };
  return { ...identify(ask(device, [...IDENTIFYING, ...first.secondLook])), looks: 2 };
}

interface Case {
  readonly name: string;
  readonly told: Told;
  readonly driver: string | null;
  readonly looks: number;
}

const CASES: readonly Case[] = [
  {
    name: 'a printer device row and a marker, maker unknown',
    told: [
      [SYS_OBJECT_ID, enterprise('99999.1')],
      [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
      [`${LIFE}.1.1`, 12n],
    ],
    driver: 'generic',
    looks: 1,
  },
  {
    name: 'a known maker and a supply, without a device row',
    told: [
      [SYS_OBJECT_ID, enterprise('1347.41')],
      [`${SUPPLY}.6.1.1`, 'TK-895C'],
    ],
    driver: 'kyocera',
    looks: 1,
  },
  {
    name: 'an arc that only printers answer',
    told: [
      [SYS_DESCR, 'LANIER MP C3501/LD635C 2.01 / LANIER Network Printer C model'],
      [SYS_OBJECT_ID, enterprise('367.1.1')],
    ],
    driver: 'ricoh',
    looks: 1,
  },
  {
    name: 'a description alone',
    told: [[SYS_DESCR, 'KYOCERA Document Solutions Printing System']],
    driver: 'kyocera',
    looks: 1,
  },
  {
    name: 'a garbage sysObjectID beside a description',
    told: [
      [SYS_DESCR, 'RICOH Aficio MP 201 1.04 / RICOH Network Printer C model'],
      [SYS_OBJECT_ID, { oid: '1.2.3' }],
    ],
    driver: 'ricoh',
    looks: 1,
  },
  {
    name: 'an IEEE 1284 id of class PRINTER',
    told: [[GD_STATUS_ID, 'MFG:Acme;MDL:Jet 5;CLS:PRINTER;']],
    driver: 'generic',
    looks: 1,
  },
  {
    name: 'an unknown card, the maker by the IEEE 1284 id',
    told: [[GD_STATUS_ID, 'MANUFACTURER:Kyocera;MODEL:FS-1370DN;CLASS:PRINTER;']],
    driver: 'kyocera',
    looks: 1,
  },
  {
    name: 'rows that begin at device index 0',
    told: [
      [SYS_OBJECT_ID, enterprise('99999.1')],
      [SYS_DESCR, 'Inkjet Printer'],
      [`${SUPPLY}.9.0.1`, 40],
    ],
    driver: 'generic',
    looks: 2,
  },
  {
    name: 'of a maker that nobody knows, with no word of printing and rows that begin elsewhere',
    told: [
      [SYS_DESCR, 'Wunderwerk 3000'],
      [SYS_OBJECT_ID, enterprise('99999.1')],
      [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
      [`${LIFE}.5.1`, 4711n],
    ],
    driver: 'generic',
    looks: 2,
  },
  {
    name: 'a print queue on a server',
    told: [
      [SYS_DESCR, 'Linux srv 6.1'],
      [SYS_OBJECT_ID, enterprise('8072.3.2.10')],
      [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
      [`${HR_DEVICE_DESCR}.1`, 'HP LaserJet 4000'],
    ],
    driver: null,
    looks: 2,
  },
  {
    name: 'a switch',
    told: [
      [SYS_DESCR, 'Cisco IOS Software, C2960'],
      [SYS_OBJECT_ID, enterprise('9.1.716')],
    ],
    driver: null,
    looks: 1,
  },
  {
    name: "a printer maker's switch",
    told: [
      [SYS_DESCR, 'HP J9773A Switch'],
      [SYS_OBJECT_ID, enterprise('11.2.3.7.11.157')],
    ],
    driver: null,
    looks: 1,
  },
  {
    name: "a printer maker's projector",
    told: [
      [SYS_DESCR, 'EPSON Network Projector'],
      [SYS_OBJECT_ID, enterprise('1248.4.1')],
    ],
    driver: null,
    looks: 1,
  },
  {
    name: "a printer maker's camera",
    told: [
      [SYS_DESCR, 'Network Camera'],
      [SYS_OBJECT_ID, enterprise('258.1')],
    ],
    driver: null,
    looks: 2,
  },
  { name: 'nothing at all', told: [], driver: null, looks: 1 },
];

test('the verdict on each kind of device', async (t) => {
  for (const { name, told, driver, looks } of CASES) {
    await t.test(name, () => {
      const found = find(...told);
      assert.equal(found.verdict, driver === null ? 'notPrinter' : 'printer', found.why);
      assert.equal(found.driver?.name ?? null, driver);
      assert.equal(found.looks, looks);
      assert.ok(found.why.length > 0);
    });
  }
});

test('a second look that told nothing ends the matter', () => {
  const found = find([SYS_DESCR, 'Label printer'], [SYS_OBJECT_ID, enterprise('99999')]);
  assert.deepEqual([found.verdict, found.looks], ['notPrinter', 2]);
});

test('only the general row, without any other sign, is looked at again', () => {
  const told: Told = [[`${SERIAL}.1`, 'A1']];
  assert.equal(identify(ask(varbinds(...told), IDENTIFYING)).verdict, 'unsure');
});

test('the identifying GET fits one packet, also with the longest texts that devices send', () => {
  assert.equal(new Set(IDENTIFYING).size, IDENTIFYING.length);
  // Header, version, community and PDU take less than 60 octets; a name costs one octet an arc, a few arcs two.
  const names = IDENTIFYING.reduce((sum, name) => sum + name.split('.').length + 8, 0);
  const texts = 255 + 64 + 32 + 64 + 300 + 300;
  assert.ok(60 + names + texts < 1400, String(names));
});

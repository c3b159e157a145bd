/** Label printers that no capture shows: what they are, and that no label is a page. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Reading } from '@rsb/contract';
import { replay } from '../support/replay.ts';
import {
  HR_DEVICE_TYPE,
  LIFE,
  MARKER_UNIT,
  PRINTER_DEVICE,
  type Short,
  SYS_DESCR,
  SYS_NAME,
  SYS_OBJECT_ID,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const at = (arcs: string) => `1.3.6.1.4.1.${arcs}`;
const ZEBRA = at('10642');
const CARD: Told = [
  [SYS_OBJECT_ID, { oid: at('683.6.0') }],
  [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
];
const LINK_OS: Told = [[SYS_OBJECT_ID, { oid: at('10642.1.1') }]];
const GD_STATUS_ID = at('11.2.3.9.1.1.7.0');

const marker = (technology: number, unit: number): Told => [
  [SYS_DESCR, 'Acme L4'],
  [`${MARKER_TECHNOLOGY}.1.1`, technology],
  [`${MARKER_UNIT}.1.1`, unit],
  [`${LIFE}.1.1`, 7n],
];
const MARKER_TECHNOLOGY = '1.3.6.1.2.1.43.10.2.1.2';

function read(driver: string, ...told: Told): Reading {
  const { identification, interpretations } = replay(varbinds(...told));
  assert.equal(identification.driver?.name, driver, identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only.reading;
}

interface Case {
  readonly name: string;
  readonly told: Told;
  readonly brand: string | null;
  readonly model: string | null;
  readonly firmware?: string;
  readonly kind?: string;
}

const ZEBRAS: readonly Case[] = [
  {
    name: 'its own tree',
    told: [...LINK_OS, [`${ZEBRA}.1.1.0`, 'ZTC ZT410-203dpi ZPL'], [`${ZEBRA}.1.2.0`, 'V75.20.15Z']],
    brand: 'Zebra',
    model: 'ZT410-203dpi ZPL',
    firmware: 'V75.20.15Z',
  },
  {
    name: 'its product name',
    told: [...LINK_OS, [`${ZEBRA}.200.19.7.0`, 'QLn320'], [`${ZEBRA}.200.18.2.0`, 'V68.20.18Z']],
    brand: 'Zebra',
    model: 'QLn320',
    firmware: 'V68.20.18Z',
  },
  {
    name: 'a description that names it',
    told: [...LINK_OS, [SYS_DESCR, 'Zebra ZTC ZD620-203dpi, V84.20.18Z']],
    brand: 'Zebra',
    model: 'ZD620-203dpi',
    firmware: 'V84.20.18Z',
  },
  { name: 'an arc alone', told: LINK_OS, brand: 'Zebra', model: null },
  { name: 'a card alone', told: [...CARD, [SYS_DESCR, 'ZebraNet PrintServer II']], brand: 'Zebra', model: null },
  { name: 'a wireless card', told: [[SYS_DESCR, 'Zebra Wireless PS']], brand: 'Zebra', model: null },
  {
    name: 'the printer on the port of a card',
    told: [...CARD, [SYS_DESCR, 'ZebraNet PrintServer'], [at('683.6.2.3.2.1.15.1'), 'ZTC 105SL']],
    brand: 'Zebra',
    model: '105SL',
  },
  {
    name: 'the 1284 id of its own tree',
    told: [...LINK_OS, [`${ZEBRA}.1.3.0`, 'MANUFACTURER:Zebra Technologies;MODEL:ZTC GK420t;CLASS:PRINTER;']],
    brand: 'Zebra',
    model: 'GK420t',
  },
  {
    name: "the cards' maker with no printer",
    told: [...CARD, [SYS_DESCR, 'ESI-2999A ExtendNet 100zx']],
    brand: null,
    model: null,
    kind: 'printServer',
  },
  {
    name: "another maker's printer on such a card",
    told: [...CARD, [GD_STATUS_ID, 'MANUFACTURER:Datamax;MODEL:I-4208;CLASS:PRINTER;']],
    brand: 'Datamax',
    model: 'I-4208',
    kind: 'printer',
  },
];

test('Zebra: the printer is named, not its card, and no card makes a Zebra', async (t) => {
  for (const { name, told, brand, model, firmware = null, kind = 'labelPrinter' } of ZEBRAS) {
    await t.test(name, () => {
      const { identity, kind: got } = read('zebra', ...told);
      assert.deepEqual(
        [identity?.manufacturer, identity?.model, identity?.firmware, got],
        [brand, model, firmware, kind],
      );
    });
  }
});

test('Zebra: the serial number is the unique id; a friendly name is one only as it came from the factory', () => {
  const serial = (...told: Told) => read('zebra', ...LINK_OS, ...told).identity?.serialNumber;
  assert.equal(serial([`${ZEBRA}.1.9.0`, 'XXQLJ120900310'], [`${ZEBRA}.200.19.5.0`, 'Dock 7']), 'XXQLJ120900310');
  assert.equal(serial([`${ZEBRA}.200.19.28.0`, '37J162600538']), '37J162600538');
  assert.equal(serial([`${ZEBRA}.200.19.5.0`, '37J162600538']), '37J162600538');
  assert.equal(serial([`${ZEBRA}.200.19.5.0`, 'Dock 7']), null);
  assert.equal(serial([at('683.1.5.0'), '7062184']), null, "the card's");
});

test('Zebra: name and place of its own where the standard ones are empty', () => {
  const places: Told = [
    [`${ZEBRA}.1.4.0`, 'ZBR1234567'],
    [`${ZEBRA}.1.5.0`, 'Dock 7'],
  ];
  const own = read('zebra', ...LINK_OS, ...places).identity;
  assert.deepEqual([own?.hostName, own?.location], ['ZBR1234567', 'Dock 7']);
  assert.equal(read('zebra', ...LINK_OS, ...places, [SYS_NAME, 'dock7']).identity?.hostName, 'dock7');
});

test('Zebra: labels and length are kept by name and are no pages', () => {
  const told: Told = [
    [`${ZEBRA}.200.17.1.0`, 120],
    [`${ZEBRA}.200.17.2.0`, '5310'],
    [`${ZEBRA}.200.17.3.0`, '1920 INCHES, 4876 CENTIMETERS'],
    [`${ZEBRA}.200.17.6.0`, '2352'],
  ];
  const { counters } = read('zebra', ...LINK_OS, ...told);
  assert.deepEqual(counters?.other, [
    { name: 'Labels', value: 5310, unit: 'count' },
    { name: 'Labels since the last reset', value: 120, unit: 'count' },
    { name: 'Printed length', value: 4876, unit: 'centimetres' },
  ]);
  assert.deepEqual([counters?.life, counters?.total.all, counters?.billing], [null, null, null]);
});

const OTHERS: readonly (readonly [driver: string, told: Told, brand: string | null, model: string, kind: string])[] = [
  [
    'sato',
    [
      [SYS_OBJECT_ID, { oid: at('42406.1') }],
      [SYS_DESCR, 'SATO CL4NX'],
    ],
    'SATO',
    'CL4NX',
    'labelPrinter',
  ],
  ['citizen', [[SYS_DESCR, 'CITIZEN CL-S621']], 'Citizen', 'CL-S621', 'labelPrinter'],
  ['citizen', [[SYS_DESCR, 'CITIZEN CT-S851']], 'Citizen', 'CT-S851', 'printer'],
  ['generic', marker(15, 16), null, 'Acme L4', 'labelPrinter'],
  ['generic', marker(15, 7), null, 'Acme L4', 'printer'],
  ['generic', marker(4, 17), null, 'Acme L4', 'printer'],
];

test('other label printers, by name or by a thermal marker that counts length', async (t) => {
  for (const [driver, told, brand, model, kind] of OTHERS) {
    await t.test(`${driver} ${model} ${kind}`, () => {
      const { identity, kind: got } = read(driver, ...told);
      assert.deepEqual([identity?.manufacturer, identity?.model, got], [brand, model, kind]);
    });
  }
});

const TSCS: readonly (readonly [text: string, model: string, firmware: string | null])[] = [
  ['TTP244CE Version: 7.02 EZD', 'TTP244CE', '7.02 EZD'],
  ['TSC TE200 Version:V8.10 EZ', 'TE200', 'V8.10 EZ'],
  ['MH241 Version: B2.04', 'MH241', 'B2.04'],
  ['TTP-2410MT', 'TTP-2410MT', null],
];

test('TSC: model and version out of the description', async (t) => {
  for (const [text, model, firmware] of TSCS) {
    await t.test(text, () => {
      const { identity, kind } = read('tsc', [SYS_OBJECT_ID, { oid: at('51966.2.6') }], [SYS_DESCR, text]);
      assert.deepEqual(
        [identity?.manufacturer, identity?.model, identity?.firmware, kind],
        ['TSC', model, firmware, 'labelPrinter'],
      );
    });
  }
});

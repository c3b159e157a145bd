/** Machines of Xerox, Fuji Xerox and FUJIFILM that no capture shows, made of what their MIBs say. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Replay, replay } from '../support/replay.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  SYS_DESCR,
  SYS_OBJECT_ID,
  varbinds,
} from '../support/varbinds.ts';

type Told = readonly (readonly [string, Short])[];

const enterprise = (arcs: string): Short => ({ oid: `1.3.6.1.4.1.${arcs}` });
const XEROX = enterprise('253.8.62.1.35.2');
const X = '1.3.6.1.4.1.253.8.53';

function read(...told: Told): Replay['interpretations'][number] {
  const { identification, interpretations } = replay(varbinds(...told));
  assert.equal(identification.driver?.name, 'xerox', identification.why);
  const [only] = interpretations;
  assert.ok(only !== undefined && interpretations.length === 1);
  assert.deepEqual(only.draft.failedBlocks, []);
  return only;
}

interface Described {
  readonly text: string;
  readonly brand: string;
  readonly model: string;
  readonly firmware: string | null;
  readonly kind: string;
  readonly serial?: string;
}

const DESCRIPTIONS: readonly Described[] = [
  {
    text: 'Xerox WorkCentre 7665 v1 Multifunction System; System Software 040.033.54050, ESS 040.033.54050, IOT 04.09.00, FIN A13.26.00',
    brand: 'Xerox',
    model: 'WorkCentre 7665',
    firmware: '040.033.54050',
    kind: 'mfp',
  },
  {
    text: 'Xerox VersaLink C405;Controller 1.40.6,System 68.40.51,IOT 14.2.0,ADF 3.1.0',
    brand: 'Xerox',
    model: 'VersaLink C405',
    firmware: '68.40.51',
    kind: 'mfp',
  },
  {
    text: 'Xerox® VersaLink® C7000;System 72.40.51,Controller 1.40.6,IOT 14.2.0',
    brand: 'Xerox',
    model: 'VersaLink C7000',
    firmware: '72.40.51',
    kind: 'printer',
  },
  {
    text: 'Xerox Phaser 6180DN; Net 11.74,ESS 200802151717,IOT 05.09.00,Boot 200706151125',
    brand: 'Xerox',
    model: 'Phaser 6180DN',
    firmware: '200802151717',
    kind: 'printer',
  },
  {
    text: 'Xerox Phaser 3635MFP; Net 20.102, Controller 20.102.03',
    brand: 'Xerox',
    model: 'Phaser 3635MFP',
    firmware: '20.102.03',
    kind: 'mfp',
  },
  {
    text: 'Xerox WorkCentre 3225;V3.50.01.08 Dec-27-2014;Engine V1.00.40;NIC V6.01.01;S/N 3400123456',
    brand: 'Xerox',
    model: 'WorkCentre 3225',
    firmware: 'V3.50.01.08 Dec-27-2014',
    kind: 'mfp',
    serial: '3400123456',
  },
  {
    text: 'Xerox(R) C235 Color MFP version CXLBN.221.040 kernel 5.4 All-N-1',
    brand: 'Xerox',
    model: 'C235 Color MFP',
    firmware: 'CXLBN.221.040',
    kind: 'mfp',
  },
  {
    text: 'FUJI XEROX DocuPrint C2255; ESS 1.3.9, IOT 60.1.3',
    brand: 'Fuji Xerox',
    model: 'DocuPrint C2255',
    firmware: '1.3.9',
    kind: 'printer',
  },
  {
    text: 'FUJI XEROX DocuCentre-IV C2260;ESS1.100.11,IOT 54.16.0',
    brand: 'Fuji Xerox',
    model: 'DocuCentre-IV C2260',
    firmware: '1.100.11',
    kind: 'mfp',
  },
  {
    text: 'FUJIFILM ApeosPort-VII C3373',
    brand: 'FUJIFILM',
    model: 'ApeosPort-VII C3373',
    firmware: null,
    kind: 'mfp',
  },
  {
    text: 'FUJIFILM ApeosPrint C325 dw',
    brand: 'FUJIFILM',
    model: 'ApeosPrint C325 dw',
    firmware: null,
    kind: 'printer',
  },
  {
    text: 'Xerox AltaLink C8070; SS 103.008.010.10000, DF ------, FA ------',
    brand: 'Xerox',
    model: 'AltaLink C8070',
    firmware: '103.008.010.10000',
    kind: 'mfp',
  },
  {
    text: 'Xerox Color 800i Press;System 1.2.3,ADF ------',
    brand: 'Xerox',
    model: 'Color 800i Press',
    firmware: '1.2.3',
    kind: 'printer',
  },
];

test('descriptions alone tell brand, model, version and kind', async (t) => {
  for (const { text, brand, model, firmware, kind, serial = null } of DESCRIPTIONS) {
    await t.test(text, () => {
      const { identity, kind: got } = read([SYS_DESCR, text]).reading;
      assert.deepEqual(
        [identity?.manufacturer, identity?.model, identity?.firmware, got, identity?.serialNumber],
        [brand, model, firmware, kind, serial],
      );
    });
  }
});

test('without a name the arc tells the brand, with one the name does', () => {
  const brandOf = (...told: Told) => read(...told).reading.identity?.manufacturer;
  for (const [arcs, brand] of [
    ['253.8.62.1.1', 'Xerox'],
    ['297.1.11.93.1.35', 'Fuji Xerox'],
    ['297.1.11.93.2.1', 'FUJIFILM'],
    ['297.1.111.101.1', 'FUJIFILM'],
  ] as const) {
    assert.equal(brandOf([SYS_OBJECT_ID, enterprise(arcs)], [SYS_DESCR, 'C7580']), brand, arcs);
  }
  assert.equal(
    brandOf([SYS_OBJECT_ID, enterprise('297.1.11.93.2.1')], [SYS_DESCR, 'FUJI XEROX Apeos C2060']),
    'Fuji Xerox',
  );
  assert.equal(
    brandOf(
      [SYS_OBJECT_ID, enterprise('297.1.111.1')],
      [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
      [`${HR_DEVICE_DESCR}.1`, 'Xerox Phaser 3010'],
    ),
    'Xerox',
  );
});

test("the machine's own objects tell serial number, asset tag and, where nothing else does, the model", () => {
  const { identity } = read(
    [SYS_OBJECT_ID, XEROX],
    [`${X}.3.2.1.2.1`, 'Xerox Phaser 7800DN'],
    [`${X}.3.2.1.3.1`, ' EX7123456 '],
    [`${X}.3.2.1.14.1`, 'XA-1'],
    [`${X}.3.2.1.15.1`, 'INV 0815'],
  ).reading;
  assert.deepEqual(
    [identity?.serialNumber, identity?.assetNumber, identity?.model],
    ['EX7123456', 'INV 0815', 'Phaser 7800DN'],
  );
  const named = read([SYS_OBJECT_ID, XEROX], [`${X}.3.2.1.2.1`, 'Reception 2'], [`${SERIAL}.1`, 'EX7']).reading;
  assert.deepEqual([named.identity?.serialNumber, named.identity?.model], ['EX7', null], 'a nickname is no model');
});

type Usage = readonly (readonly [instance: string, count: number, label?: string])[];
const usage = (rows: Usage): Told =>
  rows.flatMap(([instance, count, label]) => [
    [`${X}.13.2.1.6.${instance}`, count] as const,
    ...(label === undefined ? [] : [[`${X}.13.2.1.8.${instance}`, label] as const]),
  ]);
const MFP: Usage = [
  ['1.20.1', 48210, 'Total Impressions'],
  ['1.20.33', 28475, 'Color Impressions'],
  ['1.20.34', 19735, 'Black Impressions'],
  ['1.20.7', 16733, 'Black Printed Impressions'],
  ['1.20.29', 25000, 'Color Printed Impressions'],
  ['1.20.39', 9000, '2 Sided Sheets'],
  ['1.20.47', 311, 'Large Impressions'],
  ['103.20.3', 3002, 'Black Copied Impressions'],
  ['103.20.25', 3475, 'Color Copied Impressions'],
  ['102.20.11', 771, 'Network Scanning Images Sent'],
];
const WANTED = {
  total: { all: 48210, mono: 19735, color: 28475 },
  print: { all: 41733, mono: 16733, color: 25000 },
  copy: { all: 6477, mono: 3002, color: 3475 },
};
const unlabeled = (rows: Usage): Usage => rows.map(([instance, count]) => [instance, count]);

test('usage by its labels', () => {
  const { reading } = read([SYS_OBJECT_ID, XEROX], ...usage(MFP));
  const { total, print, copy, duplex, largeFormat, other } = reading.counters ?? {};
  assert.deepEqual({ total, print, copy }, WANTED);
  assert.deepEqual([duplex, largeFormat], [18000, 311]);
  assert.deepEqual(other, [{ name: 'Network Scanning Images Sent', value: 771, unit: 'count' }]);
  assert.equal(reading.kind, 'mfp');
  assert.equal(reading.provenance?.['counters.total.mono']?.evidence, 'mib');
});

test('usage without labels is used where it adds up, and not where it does not', () => {
  const sure = read([SYS_OBJECT_ID, XEROX], ...usage(unlabeled(MFP))).reading;
  const { total, print, copy } = sure.counters ?? {};
  assert.deepEqual({ total, print, copy }, WANTED);
  assert.equal(sure.counters?.largeFormat, null, 'no sum tells of it');
  assert.match(sure.provenance?.['counters.total.mono']?.check ?? '', /\+/);

  const odd = unlabeled(MFP).map(([instance, count]) => [instance, instance === '1.20.34' ? 19000 : count] as const);
  const unsure = read([SYS_OBJECT_ID, XEROX], ...usage(odd)).reading;
  const none = { all: null, mono: null, color: null };
  assert.deepEqual(unsure.counters?.total.mono, null);
  assert.equal(unsure.completeness.reasons['counters.total.mono'], 'checkFailed');
  assert.deepEqual(read([SYS_OBJECT_ID, XEROX], ...usage([['1.20.34', 7]])).reading.counters?.total, none);
});

test('a printer is confirmed by its life count', () => {
  const { total } =
    read(
      [SYS_OBJECT_ID, XEROX],
      [`${LIFE}.1.1`, 500n],
      ...usage([
        ['1.20.1', 500],
        ['1.20.34', 500],
      ]),
    ).reading.counters ?? {};
  assert.deepEqual(total, { all: 500, mono: 500, color: null });
});

test('a label that speaks of something else is believed', () => {
  const { reading, draft } = read(
    [SYS_OBJECT_ID, XEROX],
    ...usage([
      ['1.20.1', 500, 'Total Impressions'],
      ['1.20.34', 20, 'Black Copied Sheets'],
    ]),
  );
  assert.deepEqual(reading.counters?.total, { all: 500, mono: null, color: null });
  assert.deepEqual(
    draft.rejections.map(({ why }) => why),
    ['labeled "Black Copied Sheets"'],
  );
});

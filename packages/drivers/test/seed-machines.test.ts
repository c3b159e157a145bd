/** The first site's machines, read by their makers' own tables: the numbers on its screen. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parseReading, type Reading } from '@rsb/contract';
import type { Varbind } from '@rsb/snmp';
import { replay } from './support/replay.ts';
import { aficio, fs1370dn } from './support/seed-machines.ts';

function read(device: readonly Varbind[]): Reading {
  const { interpretations } = replay(device);
  assert.equal(interpretations.length, 1);
  const [first] = interpretations;
  assert.ok(first);
  assert.deepEqual(first.draft.failedBlocks, []);
  assert.ok(parseReading(JSON.parse(JSON.stringify(first.reading))).ok, 'the contract takes it');
  return first.reading;
}

test('Kyocera FS-1370DN: a monochrome printer with the service count as its total', () => {
  const reading = read(fs1370dn('Q663894857', '00:c0:ee:b5:f1:a0', 28_536, 400));
  assert.equal(reading.kind, 'printer');
  assert.deepEqual(reading.identity, {
    manufacturer: 'Kyocera',
    model: 'FS-1370DN',
    serialNumber: 'Q663894857',
    macAddress: '00:c0:ee:b5:f1:a0',
    hostName: 'KMB5F1A0',
    location: null,
    assetNumber: null,
    firmware: '2LV_2000.004.301',
    sysObjectId: '1.3.6.1.4.1.1347.41',
  });
  const { counters } = reading;
  assert.deepEqual([counters?.life, counters?.lifeUnit, counters?.vendorLife], [28_536, 'impressions', 28_536]);
  assert.deepEqual(counters?.total, { all: 28_536, mono: null, color: null });
  assert.deepEqual([counters?.print.all, counters?.duplex, counters?.billing], [null, 400, 'total']);
  assert.equal(reading.provenance?.['counters.total.all']?.check, 'sizes = service count');
  assert.deepEqual(
    reading.supplies?.map(({ type, color, percent, state, partNumber }) => [type, color, percent, state, partNumber]),
    [
      ['toner', 'black', 40, 'ok', 'TK-170'],
      ['waste', null, null, 'someRemaining', null],
    ],
  );
  assert.deepEqual(reading.completeness, { state: 'complete', missing: [], reasons: {} });
});

const c2050 = { machineTotal: 50_408, total: { mono: 22_802, color: 27_606 }, print: { mono: 11_720, color: 24_488 } };

test('Ricoh Aficio MP C2050: totals are the sum of its own mono and color', () => {
  const reading = read(aficio('RICOH', 'Aficio MP C2050', 'V2284701060', 'RNPE35736', '00:00:74:e3:67:36', c2050));
  assert.equal(reading.kind, 'mfp');
  assert.deepEqual(
    [
      reading.identity?.manufacturer,
      reading.identity?.model,
      reading.identity?.serialNumber,
      reading.identity?.firmware,
    ],
    ['Ricoh', 'Aficio MP C2050', 'V2284701060', '1.09'],
  );
  const { counters } = reading;
  assert.deepEqual([counters?.life, counters?.vendorLife, counters?.billing], [50_408, 50_408, 'total']);
  assert.deepEqual(counters?.total, { all: 50_408, mono: 22_802, color: 27_606 });
  assert.deepEqual(counters?.print, { all: 36_208, mono: 11_720, color: 24_488 });
  assert.deepEqual(counters?.scan, { all: 400, mono: 90, color: 310 });
  assert.equal(counters?.duplex, 1200);
  assert.deepEqual(counters?.other, [
    { name: 'Counter:Copy: Single, Two-color', value: 0, unit: 'impressions' },
    { name: 'Counter:Print: Single, Two-color', value: 12, unit: 'impressions' },
    { name: 'Staples', value: 44, unit: 'count' },
  ]);
  const { how, check, oids } = reading.provenance?.['counters.total.all'] ?? {};
  assert.deepEqual([how, check, oids?.length], ['sum', "total = vendor's life count", 4]);
});

test('its toner: the finer table where it tells a number, codes as states', () => {
  const reading = read(aficio('RICOH', 'Aficio MP C2050', 'V2284701060', 'RNPE35736', '00:00:74:e3:67:36', c2050));
  assert.deepEqual(
    reading.supplies?.map(({ type, color, percent, state }) => [type, color, percent, state]),
    [
      ['toner', 'black', 37, 'ok'],
      ['waste', null, 100, 'ok'],
      ['toner', 'cyan', null, 'low'],
      ['toner', 'magenta', 52, 'ok'],
      ['toner', 'yellow', null, 'someRemaining'],
    ],
  );
});

test('Ricoh Aficio MP C4502: where the total is another number than the life count, both are kept', () => {
  const counts = { machineTotal: 14_882, total: { mono: 14_263, color: 419 }, print: { mono: 11_419, color: 402 } };
  const { counters } = read(
    aficio('RICOH', 'Aficio MP C4502', 'W513J201244', 'RNP0025735A521B', '00:26:73:5a:52:1b', counts),
  );
  assert.deepEqual(
    [counters?.life, counters?.vendorLife, counters?.total.all, counters?.billing],
    [14_882, 14_882, 14_682, 'total'],
  );
});

test('the rows are found by name where they have no type number, and at any row number', () => {
  const device = (options: { readonly types: boolean; readonly first: number }) =>
    read(aficio('RICOH', 'MP C3003', 'E153M930272', 'RNP00257373D660', '00:26:73:73:d6:60', c2050, options));
  const byType = device({ types: true, first: 1 });
  const byName = device({ types: false, first: 41 });
  assert.deepEqual({ ...byName.counters, other: [] }, { ...byType.counters, other: [] });
});

test('sister brands go by the name on the case', () => {
  for (const [brand, name] of [
    ['LANIER', 'Lanier'],
    ['SAVIN', 'Savin'],
    ['NRG', 'NRG'],
    ['Gestetner', 'Gestetner'],
    ['infotec ', 'Infotec'],
  ] as const) {
    const { identity } = read(aficio(brand, 'MP C2500', 'M6394300657', 'x', '00:26:73:54:e2:6a', c2050));
    assert.deepEqual([identity?.manufacturer, identity?.model], [name, 'MP C2500']);
  }
});

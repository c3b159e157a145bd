/** A fleet as ERPs write it: encodings, delimiters, heads, numbers; each refused line says why; twice changes nothing. */
import assert from 'node:assert/strict';
import { describe, test as plainTest } from 'node:test';
import type { CustomerView, ExpectedMachine, ExpectedSummary, ImportResult, UnexpectedMachine } from '@rsb/contract';
import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { columnsOf } from '../src/import/column-heads.ts';
import { dateOrderOf, readCount, readDay } from '../src/import/read-field.ts';
import { readTable } from '../src/import/read-table.ts';
import { newPerson } from './callers.ts';
import { overEngines } from './engines.ts';
import { okay, type Person } from './running-central.ts';
import { readingItem } from './sample-items.ts';

/** Windows-1252, whose letters here are Latin-1's, and the euro sign. */
const cp1252 = (text: string) =>
  Uint8Array.from([...text].map((sign) => (sign === '€' ? 0x80 : sign === '’' ? 0x92 : sign.charCodeAt(0))));

async function importFile(person: Person, bytes: Uint8Array, dry: boolean): Promise<ImportResult> {
  const { status, body } = await send(person, bytes, dry);
  assert.equal(status, 200, JSON.stringify(body));
  return body as ImportResult;
}
const send = (person: Person, bytes: Uint8Array, dry: boolean) =>
  person.call('POST', `/api/v1/imports?dry=${dry}`, bytes, { 'content-type': 'text/csv' });
const sums = ({ lines, added, changed, unchanged, refusedCount, customersAdded, sitesAdded }: ImportResult) => ({
  lines,
  added,
  changed,
  unchanged,
  refused: refusedCount,
  customers: customersAdded,
  sites: sitesAdded,
});
const customersOf = async (person: Person) => (await person.call('GET', '/api/v1/customers')).body as CustomerView[];

/** 1,200 machines of 30 customers, in German, as cp1252 with semicolons. */
function largeFile(mark: string): string {
  const lines = Array.from({ length: 1200 }, (_, at) => {
    const customer = at % 30;
    const count = (100_000 + at * 37).toLocaleString('de-DE');
    return `${10_000 + customer};"Müller & Söhne ${mark} ${customer}; Köln";V-${1000 + (at % 90)};Kyocera;TASKalfa ${at % 9};${mark}${String(at).padStart(6, '0')};G${mark}-${at};${count};${String(1 + (at % 28)).padStart(2, '0')}.10.2026`;
  });
  return [
    'Kunden-Nr.;Kunde;Vertragsnr.;Hersteller;Gerätetyp;Seriennummer;Geräte-Nr.;Letzter Zählerstand;Ablesedatum',
    ...lines,
  ].join('\r\n');
}

overEngines((test) => {
  test('1,200 lines twice: the trial changes nothing, the second changes nothing', async (engine) => {
    const { person } = await engine.central();
    const before = (await customersOf(person)).length;
    const bytes = cp1252(largeFile('QX'));
    const expected = { lines: 1200, added: 1200, changed: 0, unchanged: 0, refused: 0, customers: 30, sites: 0 };
    const trial = await importFile(person, bytes, true);
    assert.deepEqual(sums(trial), expected);
    assert.deepEqual([trial.encoding, trial.delimiter], ['windows-1252', ';']);
    assert.equal((await customersOf(person)).length, before, 'a trial makes no customer');
    assert.deepEqual(sums(await importFile(person, bytes, false)), expected);
    const nothing = { ...expected, added: 0, unchanged: 1200, customers: 0 };
    assert.deepEqual(sums(await importFile(person, bytes, true)), nothing);
    assert.deepEqual(sums(await importFile(person, bytes, false)), nothing);
    const made = (await customersOf(person)).filter(({ name }) => name.startsWith('Müller & Söhne QX'));
    assert.deepEqual(
      [made.length, made.find(({ number }) => number === '10007')?.name],
      [30, 'Müller & Söhne QX 7; Köln'],
    );
    const { body } = await person.call('GET', `/api/v1/customers/${made[0]?.id}/expected`);
    const machines = body as ExpectedMachine[];
    assert.equal(machines.length, 40);
    const first = machines.find(({ serial }) => serial === 'QX000000');
    assert.deepEqual(
      [first?.counter, first?.counterAt, first?.contract, first?.serviceId, first?.manufacturer, first?.device],
      [100_000, '2026-10-01', 'V-1000', 'GQX-0', 'Kyocera', null],
    );
    // One counter has moved on: one line changes.
    const next = cp1252(largeFile('QX').replace('100.000', '100.500'));
    assert.deepEqual(sums(await importFile(person, next, false)), { ...nothing, changed: 1, unchanged: 1199 });
  });

  test('each refused line says why, with its number; the others are taken', async (engine) => {
    const { person } = await engine.central();
    await person.call('POST', '/api/v1/customers', { name: 'Twin SA' });
    await person.call('POST', '/api/v1/customers', { name: 'twin sa' });
    const long = 'x'.repeat(300);
    const lines = [
      'Export du 25/11/2026',
      '',
      'Client;N° de série;N° de parc;Compteur;Date relevé;Modèle',
      'Good SARL;RF00000001;P1;12 345;25/11/2026;MP C3003',
      'Good SARL;;P2;1;25/11/2026;MP C3003',
      ';RF00000003;P3;1;25/11/2026;',
      'Good SARL;0000000;P4;1;25/11/2026;',
      'Good SARL;rf00000001;P5;1;25/11/2026;',
      'Good SARL;RF00000006;P1;1;25/11/2026;',
      'Good SARL;RF00000007;P7;12,5;25/11/2026;',
      'Good SARL;RF00000008;P8;1;31/02/2026;',
      'Good SARL;RF00000009;P9;1;25/11/2026;x;more',
      `Good SARL;RF00000010;P10;1;25/11/2026;${long}`,
      'Twin SA;RF00000011;P11;1;25/11/2026;',
      'Good SARL;1,23457E+11;P12;1;25/11/2026;',
      'Good SARL;RF00000013;P13;-5;25/11/2026;',
      '"Line\nbreak SARL";RF00000014;P14;;;',
      'Good SARL;"RF00000016;P16;1;25/11/2026;',
      'Good SARL;="00012345";P17;1.234.567;2026-11-25;',
    ];
    const result = await importFile(person, Buffer.from(`\ufeff${lines.join('\n')}\n`), false);
    assert.deepEqual(
      result.refused.map(({ line, code }) => [line, code]),
      [
        [5, 'lineSerialMissing'],
        [6, 'lineCustomerMissing'],
        [7, 'lineSerialInvalid'],
        [8, 'lineSerialTwice'],
        [9, 'lineServiceIdTwice'],
        [10, 'lineCounterInvalid'],
        [11, 'lineDateInvalid'],
        [12, 'lineTooManyFields'],
        [13, 'lineTextTooLong'],
        [14, 'lineCustomerAmbiguous'],
        [15, 'lineSerialInvalid'],
        [16, 'lineCounterInvalid'],
        [19, 'lineQuoteOpen'],
      ],
    );
    assert.ok(result.refused.every(({ text }) => text.length > 10));
    assert.deepEqual(sums(result), {
      lines: 16,
      added: 3,
      changed: 0,
      unchanged: 0,
      refused: 13,
      customers: 2,
      sites: 0,
    });
    const good = (await customersOf(person)).find(({ name }) => name === 'Good SARL');
    const { body } = await person.call('GET', `/api/v1/customers/${good?.id}/expected`);
    assert.deepEqual(
      (body as ExpectedMachine[]).map(({ serial, counter }) => [serial, counter]),
      [
        ['00012345', 1_234_567],
        ['RF00000001', 12_345],
      ],
    );
    const elsewhere = 'Customer,Serial\nOther Ltd,RF00000001\n';
    const refused = await importFile(person, Buffer.from(elsewhere), true);
    assert.deepEqual(
      refused.refused.map(({ code, params }) => [code, params['customer']]),
      [['lineSerialElsewhere', 'Good SARL']],
    );
  });

  test('a file that is none is refused whole, by its reason', async (engine) => {
    const { person } = await engine.central();
    const cases: readonly [string, Uint8Array, string][] = [
      ['workbook', Buffer.from('PK\u0003\u0004 xlsx'), 'importNotCsv'],
      ['binary', Buffer.from([1, 2, 0, 3]), 'importNotCsv'],
      ['empty', Buffer.from(''), 'importEmpty'],
      ['head alone', Buffer.from('Kunde;Seriennummer\n'), 'importEmpty'],
      ['no serial', Buffer.from('Kunde;Modell;Zählerstand\nA;B;1\n'), 'importColumnMissing'],
      ['no customer', Buffer.from('Seriennummer;Modell\nABC123;B\n'), 'importColumnMissing'],
      ['serial twice', Buffer.from('Kunde;Seriennummer;Seriennummer\nA;ABC123;B\n'), 'importColumnTwice'],
    ];
    for (const [name, bytes, code] of cases) {
      const { status, body } = await send(person, bytes, true);
      assert.deepEqual([status, (body as { code: string }).code], [422, code], name);
    }
    assert.equal((await person.call('POST', '/api/v1/imports', { a: 1 })).status, 415);
  });

  test('expected and not seen, seen and not expected: per customer, and its reader sees no other’s', async (engine) => {
    const shared = await engine.central();
    const { person, newCustomer, newBox } = shared;
    const customer = await newCustomer('Held SA');
    const other = await newCustomer('Elsewhere SA');
    await (await newBox(customer)).report([readingItem(1), machine(2, 'QQ1'), machine(3, 'QQ2')]);
    await (await newBox(other)).report([machine(1, 'FAR-1')]);
    const text =
      'Kunde\tSeriennummer\tStandort\tGeräte-Nr.\nHeld SA\te153m930272\tHalle 3\tG-1\nHeld SA\tQQ1\t\tG-2\nHeld SA\tFAR-1\tHalle 3\tG-3\nHeld SA\tNEVER-1\t\tG-4\n';
    const done = await importFile(person, Buffer.from(text), false);
    assert.deepEqual([done.delimiter, done.added, done.sitesAdded], ['\t', 4, 1]);
    const base = `/api/v1/customers/${customer}`;
    assert.deepEqual((await person.call('GET', `${base}/expected/summary`)).body, {
      expected: 4,
      unseen: 2,
      unexpected: 1,
    } satisfies ExpectedSummary);
    const unseen = (await person.call('GET', `${base}/expected`)).body as ExpectedMachine[];
    assert.deepEqual(
      unseen.map(({ serial, site, elsewhere }) => [serial, site, elsewhere?.name ?? null]),
      [
        ['FAR-1', 'Halle 3', 'Elsewhere SA'],
        ['NEVER-1', null, null],
      ],
    );
    const unexpected = (await person.call('GET', `${base}/unexpected`)).body as UnexpectedMachine[];
    assert.deepEqual(
      unexpected.map(({ serial }) => serial),
      ['QQ2'],
    );
    const devices = (await person.call('GET', `${base}/devices`)).body as { serviceId: string | null }[];
    assert.deepEqual(devices.map(({ serviceId }) => serviceId).sort(), ['G-1', 'G-2', null].sort());
    const reader = await newPerson(shared, `Reader ${engine.name}`, 'reader', customer);
    const seen = await reader.call('GET', `${base}/expected`);
    assert.ok(!JSON.stringify(seen.body).includes('Elsewhere'));
    assert.equal((await person.call('DELETE', `${base}/expected/never-1`)).status, 204);
    assert.equal(((await person.call('GET', `${base}/expected/summary`)).body as ExpectedSummary).unseen, 1);
  });

  test('exports are read back as they were, a formula as text; a reader gets its own customer alone', async (engine) => {
    const shared = await engine.central();
    const { central, person, newCustomer, newBox } = shared;
    const evil = '=HYPERLINK("http://x","y")';
    const customer = await newCustomer(evil);
    await (await newBox(customer)).report([
      readingItem(1, { identity: { model: '+1+cmd|x', serialNumber: `EX-${engine.name}` } }),
    ]);
    const reader = await newPerson(shared, `Exporter ${engine.name}`, 'reader', customer);
    const csv = await reader.call('GET', '/api/v1/exports/devices.csv?language=fr');
    assert.equal(csv.status, 200);
    assert.match(csv.headers.get('content-disposition') ?? '', /attachment; filename="machines-\d{4}-\d\d-\d\d\.csv"/);
    const text = csv.body as string;
    assert.ok(text.startsWith('\ufeff') || text.startsWith('Client'), text.slice(0, 20));
    const rows = parseCsv(text, { delimiter: ';' });
    assert.equal(rows.length, 2, 'its own machine alone');
    assert.deepEqual(
      [rows[1]?.[0], rows[1]?.[5], rows[1]?.[6], rows[1]?.[14]],
      [`'${evil}`, "'+1+cmd|x", `EX-${engine.name}`, '83203'],
    );
    const everything = await person.call('GET', '/api/v1/exports/devices.csv');
    assert.ok(parseCsv(everything.body as string).length >= 2);
    const answer = await fetch(`${central.url}/api/v1/exports/devices.xlsx`, { headers: reader.headers });
    const book = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
    const [sheet] = book.sheets;
    assert.deepEqual([sheet?.rows.length, sheet?.rows[1]?.[0], sheet?.rows[1]?.[14]], [2, evil, 83_203]);
    const cells = [...(sheet?.cells?.values() ?? [])];
    assert.ok(
      cells.every((cell) => cell.formula === undefined),
      'no cell is a formula',
    );
  });
});

const machine = (seq: number, serialNumber: string) =>
  readingItem(seq, { identity: { serialNumber, macAddress: null } }, `Ricoh:${serialNumber}`);

describe('fields', () => {
  plainTest('counts of three countries', () => {
    const cases: readonly [string, string | undefined][] = [
      ...(['12345', '12.345', '12,345', '12 345', '12\u202f345', '12\u00a0345', "12'345", '12’345'] as const).map(
        (text): [string, string] => [text, '12345'],
      ),
      ...(['12345,00', '12.345,00', '12,345.00', '12345.0', '0012345'] as const).map((text): [string, string] => [
        text,
        '12345',
      ]),
      ['1.234.567', '1234567'],
      ['0', '0'],
      ['18446744073709551615', '18446744073709551615'],
      ['12,5', undefined],
      ['0.123', undefined],
      ['1.23.456', undefined],
      ['1,234,56', undefined],
      ['12.345,67', undefined],
      ['-5', undefined],
      ['1E+05', undefined],
      ['12a', undefined],
      ['', undefined],
      ['.', undefined],
      ['123456789012345678901', undefined],
    ];
    for (const [text, count] of cases) assert.equal(readCount(text), count, text);
  });

  plainTest('a count comes back from each way of writing it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), fc.constantFrom('.', ',', ' ', "'", '\u202f', ''), (count, mark) => {
        const text = String(count).replace(/\B(?=(\d{3})+$)/g, mark);
        assert.equal(readCount(text), String(count));
      }),
    );
  });

  plainTest('days', () => {
    const cases: readonly [string, string | undefined][] = [
      ['25.11.2026', '2026-11-25'],
      ['5.1.26', '2026-01-05'],
      ['25/11/2026', '2026-11-25'],
      ['2026-11-25', '2026-11-25'],
      ['20261125', '2026-11-25'],
      ['2026-11-25T08:00:00Z', '2026-11-25'],
      ['25.11.2026 08:15', '2026-11-25'],
      ['29.02.2024', '2024-02-29'],
      ['29.02.2026', undefined],
      ['11/25/2026', undefined],
      ['25.11/2026', undefined],
      ['1.1.1900', undefined],
      ['heute', undefined],
    ];
    for (const [text, day] of cases) assert.equal(readDay(text, 'dayFirst'), day, text);
    assert.equal(readDay('11/25/2026', dateOrderOf(['11/25/2026', '01/02/2026'])), '2026-11-25');
    assert.equal(dateOrderOf(['25/11/2026', '11/25/2026']), 'dayFirst');
  });

  plainTest('heads of English, German and French ERPs', () => {
    const heads: readonly [readonly string[], readonly (string | null)[]][] = [
      [
        ['Kunden-Nr.', 'Kundenname', 'Seriennr.', 'Zaehlerstand', 'Gerätenr.'],
        ['customerNumber', 'customer', 'serial', 'counter', 'serviceId'],
      ],
      [
        ['N° Client', 'Raison Sociale', 'N° de série', 'Dernier compteur', 'N° DE PARC'],
        ['customerNumber', 'customer', 'serial', 'counter', 'serviceId'],
      ],
      [
        ['Customer', 'Serial Number', 'Contract No.', 'Last Meter Reading', 'Color?'],
        ['customer', 'serial', 'contract', 'counter', null],
      ],
      [
        ['Kunde', 'Modell', 'Bezeichnung', 'SERIENNUMMER'],
        ['customer', 'model', null, 'serial'],
      ],
    ];
    for (const [names, columns] of heads) assert.deepEqual(columnsOf(names), columns);
  });

  plainTest('no bytes break the reading of a table', () => {
    const head = Buffer.from('Kunde;Seriennummer;Zähler\n');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        const table = readTable(Buffer.concat([head, tail]));
        if (table.ok) assert.ok(table.value.lines.every(({ line }) => line >= 2));
      }),
    );
    const utf16 = okay(
      readTable(
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Kunde\tSeriennummer\nÄrzte\tABC123\n', 'utf16le')]),
      ),
    );
    assert.deepEqual([utf16.encoding, utf16.lines[0]?.fields?.[0]], ['utf-16le', 'Ärzte']);
  });
});

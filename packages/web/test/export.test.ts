/** What the list and the charts give to other programs: read back by a reader of such files, and never a formula. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { machineFile } from '../src/box/export/machine-file.ts';
import { machineRow } from '../src/box/machines/machine-row.ts';
import { csvText, xlsxBytes } from '../src/export/file-bytes.ts';
import { fileName } from '../src/export/file-table.ts';
import { datesIn } from '../src/format/dates.ts';
import { PAYLOADS } from './mock/payloads.ts';
import { seedDevices } from './mock/seed-devices.ts';

const NOW = Date.parse('2026-11-24T14:24:24Z');
const table = (rows: readonly (readonly (string | number | null)[])[]) => ({
  name: 'Machines',
  head: ['Name', 'Count', 'Note'],
  rows,
});
const BIG = '9007199254740993';

async function readBack(bytes: Uint8Array) {
  const { sheets } = await readXlsx(bytes);
  const [sheet] = sheets;
  assert.ok(sheet);
  return sheet;
}

describe('a workbook', () => {
  test('read back it says what was written: numbers as numbers, exact counts as text', async () => {
    const sheet = await readBack(
      await xlsxBytes(
        table([
          ['Étage 2', 28_536, null],
          ['MP "C3003"', BIG, 'a\nb'],
          ['<&>', 0, '007'],
        ]),
      ),
    );
    assert.equal(sheet.name, 'Machines');
    assert.deepEqual(sheet.rows[0], ['Name', 'Count', 'Note']);
    assert.deepEqual(sheet.rows[1]?.slice(0, 2), ['Étage 2', 28_536]);
    assert.deepEqual(sheet.rows[2], ['MP "C3003"', BIG, 'a\nb']);
    assert.deepEqual(sheet.rows[3], ['<&>', 0, '007']);
  });

  test('nothing that a printer sends is a formula, and every text comes back as it was', async () => {
    const sheet = await readBack(await xlsxBytes(table(PAYLOADS.map((text) => [text, 1, text]))));
    const formulas = [...(sheet.cells?.values() ?? [])].filter((cell) => cell.formula !== undefined);
    assert.deepEqual(formulas, []);
    // XML holds no NUL; a lone carriage return is a line break to every reader of XML.
    const readable = (text: string) => text.replaceAll('\u0000', '\ufffd');
    const back = sheet.rows.slice(1).map(([first]) => String(first));
    assert.equal(back.length, PAYLOADS.length);
    PAYLOADS.forEach((text, at) => {
      assert.equal(back[at]?.replaceAll('\n', '\r'), readable(text).replaceAll('\n', '\r'), text);
    });
  });

  test('any text gives a file that opens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), async (texts) => {
        const sheet = await readBack(await xlsxBytes(table(texts.map((text) => [text, null, 'end']))));
        assert.equal(sheet.rows.length, texts.length + 1);
      }),
      { numRuns: 15 },
    );
  });
});

describe('CSV', () => {
  test('quoted where needed, with the border that spreadsheets of the language take', () => {
    const rows = table([
      ['a', 5, 'b,c'],
      ['d"e', null, 'x;y'],
    ]);
    assert.equal(csvText(rows, 'en'), '\ufeffName,Count,Note\r\na,5,"b,c"\r\n"d""e",,x;y');
    assert.equal(csvText(rows, 'de'), '\ufeffName;Count;Note\r\na;5;b,c\r\n"d""e";;"x;y"');
  });

  test('no cell begins like a formula, for whatever a printer sends', () => {
    const text = csvText(table(PAYLOADS.map((each) => [each, -5, each])), 'en');
    const rows = parseCsv(text) as readonly (readonly unknown[])[];
    assert.equal(rows.length, PAYLOADS.length + 1);
    for (const [first, count] of rows.slice(1)) {
      assert.doesNotMatch(String(first), /^[=+\-@\t\r|]/, String(first));
      assert.equal(String(count), '-5', 'a number stays one');
    }
  });
});

test('a file has a name that every system takes', () => {
  const names = [
    ['Machines Müller & Söhne 2026-11-24', 'Machines Müller Söhne 2026-11-24.csv'],
    ['../../etc/passwd', 'etc passwd.csv'],
    ['<script>', 'script .csv'.replace(' .', '.')],
    ['...', 'export.csv'],
  ] as const;
  for (const [name, file] of names) assert.equal(fileName(name, 'csv'), file);
});

test('the list as a table: one fact a column, the same columns in every language', () => {
  for (const locale of ['en', 'fr', 'de'] as const) {
    const lang = { locale };
    const rows = seedDevices(NOW).map((device) =>
      machineRow(device, { lang, mark: 10, oldBefore: NOW - 2 * 3_600_000 }),
    );
    const file = machineFile('Machines', rows, { lang, dates: datesIn(locale, 'Europe/Paris'), mark: 10 });
    assert.equal(
      new Set(file.head).size,
      file.head.length,
      `${locale}: each head is its own: ${file.head.join(' | ')}`,
    );
    assert.equal(file.rows.length, 13);
    for (const row of file.rows) assert.equal(row.length, file.head.length);
    const machine = file.rows.find((row) => row.includes('E153M930272'));
    assert.ok(machine);
    // K C M Y, waste as how full it is, then the counts.
    const at = machine.indexOf(40);
    assert.deepEqual(
      machine.slice(at, at + 13),
      [40, 66, 52, 61, 12, 83_203, 83_203, 83_203, 39_093, 44_110, 58_515, 16_751, 41_764],
    );
  }
});

/**
 * The one place that writes spreadsheets (hucre). Texts stay texts: what a printer sends never becomes a formula. It loads
 * when somebody exports.
 */
import { writeCsv } from 'hucre/csv';
import { writeXlsx } from 'hucre/xlsx';
import type { FileTable } from './file-table.ts';

/** Signs that XML 1.0 cannot hold, which would make a file that does not open. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const SHEET_NAME = /[\\/?*[\]:']/g;
const LONGEST_SHEET_NAME = 31;
const WIDEST = 48;

export async function xlsxBytes({ name, head, rows }: FileTable): Promise<Uint8Array<ArrayBuffer>> {
  const clean = (cell: string | number | null) =>
    typeof cell === 'string' ? cell.toWellFormed().replaceAll(NO_XML, '\ufffd') : cell;
  const lines = [[...head], ...rows.map((row) => row.map(clean))];
  const widths = head.map((_, at) =>
    Math.min(WIDEST, Math.max(6, ...lines.slice(0, 200).map((line) => String(line[at] ?? '').length + 2))),
  );
  const bytes = await writeXlsx({
    sheets: [
      {
        name: name.replaceAll(SHEET_NAME, ' ').slice(0, LONGEST_SHEET_NAME).trim() || 'Export',
        columns: widths.map((width) => ({ width })),
        rows: lines,
        freezePane: { rows: 1 },
        autoFilter: { range: `A1:${letters(head.length)}${lines.length}` },
      },
    ],
  });
  return new Uint8Array(bytes);
}

/** Spreadsheets in French and German take a semicolon for the border between two cells. */
const DELIMITERS = { en: ',', fr: ';', de: ';' } as const;

/** RFC 4180 with a byte order mark, without which Excel takes UTF-8 for an old code page. */
export function csvText({ head, rows }: FileTable, locale: keyof typeof DELIMITERS): string {
  return writeCsv([[...head], ...rows.map((row) => [...row])], {
    delimiter: DELIMITERS[locale],
    lineSeparator: '\r\n',
    bom: true,
    escapeFormulae: true,
  });
}

/** 1 → A, 27 → AA. */
function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? letters(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

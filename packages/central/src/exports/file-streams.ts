/** Rows into files as they are read (hucre). Texts stay texts: nothing that a machine or an ERP wrote becomes a formula. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { writeCsvStream } from 'hucre/csv';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Cell } from './device-rows.ts';

/** Signs that XML 1.0 cannot hold, which would make a file that does not open. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Spreadsheets in French and German take a semicolon for the border between two cells. */
const DELIMITERS = { en: ',', fr: ';', de: ';' } as const;

export type FileLocale = keyof typeof DELIMITERS;

/** RFC 4180 with a byte order mark, without which Excel takes UTF-8 for an old code page. */
export function csvStream(head: readonly string[], rows: AsyncIterable<Cell[]>, locale: FileLocale): Readable {
  const stream = writeCsvStream(rows, {
    headers: [...head],
    delimiter: DELIMITERS[locale],
    lineSeparator: '\r\n',
    bom: true,
    escapeFormulae: true,
  });
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>);
}

export function xlsxStream(name: string, head: readonly string[], rows: AsyncIterable<Cell[]>): Readable {
  const stream = writeXlsxStream(cleaned(rows), {
    name,
    columns: head.map((header) => ({ header })),
    freezePane: { rows: 1 },
  });
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>);
}

async function* cleaned(rows: AsyncIterable<Cell[]>): AsyncGenerator<Cell[]> {
  for await (const row of rows) {
    yield row.map((cell) => (typeof cell === 'string' ? cell.toWellFormed().replaceAll(NO_XML, '\ufffd') : cell));
  }
}

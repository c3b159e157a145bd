/** An ERP's CSV as lines of fields: encoding, delimiter and head are found out, since such files say none of them. */
import { type Fault, fault, IMPORT_COLUMNS, type ImportColumn } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { parseCsv } from 'hucre/csv';
import { columnsOf } from './column-heads.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

export interface TableLine {
  /** Of the file, from 1: what a spreadsheet or editor shows. */
  readonly line: number;
  /** null: a quotation mark that is not closed. */
  readonly fields: readonly string[] | null;
}

export interface ImportTable {
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly heads: readonly string[];
  /** Which column stands where. */
  readonly columns: readonly (ImportColumn | null)[];
  readonly lines: readonly TableLine[];
}

export const MOST_LINES = 50_000;
const DELIMITERS = [';', ',', '\t', '|'] as const;
/** A title, a date and a blank line may stand before the head. */
const HEAD_WITHIN = 10;

export function readTable(bytes: Uint8Array): Outcome<ImportTable, Fault> {
  const decoded = decodeText(bytes);
  if (!decoded) return failure(fault('importNotCsv'));
  const { text, encoding } = decoded;
  const found = findHead(text);
  if (!found) {
    const isEmpty = text.trim() === '';
    return failure(isEmpty ? fault('importEmpty') : fault('importColumnMissing', { column: 'serial' }));
  }
  const { delimiter, heads, columns, at } = found;
  const twice = columns.findIndex((column, index) => column !== null && columns.indexOf(column) < index);
  const column = columns[twice];
  if (column) {
    const head = heads[columns.indexOf(column)] ?? '';
    return failure(fault('importColumnTwice', { column, head, other: heads[twice] ?? '' }));
  }
  for (const needed of ['serial', 'customer'] as const) {
    const isThere = columns.includes(needed) || (needed === 'customer' && columns.includes('customerNumber'));
    if (!isThere) return failure(fault('importColumnMissing', { column: needed }));
  }
  const lines = splitLines(text, delimiter).slice(at + 1);
  const filled = lines.filter(({ fields }) => fields === null || fields.some((field) => field.trim() !== ''));
  if (filled.length === 0) return failure(fault('importEmpty'));
  if (filled.length > MOST_LINES) return failure(fault('importTooLong', { most: MOST_LINES }));
  return success({ encoding, delimiter, heads, columns, lines: filled });
}

/** UTF-8 where it is valid, UTF-16 by its mark, else the code page of Western Windows; undefined for what is no text. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } | undefined {
  const [first, second] = bytes;
  const isZip = first === 0x50 && second === 0x4b;
  const decode = (encoding: Encoding) => ({
    text: new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes),
    encoding,
  });
  if (first === 0xff && second === 0xfe) return decode('utf-16le');
  if (isZip || bytes.includes(0)) return undefined;
  try {
    return decode('utf-8');
  } catch {
    return decode('windows-1252');
  }
}

function findHead(text: string) {
  const begin = text.split(/\r\n|\n|\r/, HEAD_WITHIN).join('\n');
  let best: { delimiter: string; heads: string[]; columns: (ImportColumn | null)[]; at: number; known: number } | null =
    null;
  for (const delimiter of DELIMITERS) {
    for (const [at, { fields }] of splitLines(begin, delimiter).entries()) {
      if (!fields) continue;
      const columns = columnsOf(fields);
      const known = new Set(columns.filter((column) => column !== null)).size;
      if (known >= 2 && known > (best?.known ?? 0))
        best = { delimiter, heads: fields.map((field) => field.trim()), columns, at, known };
    }
  }
  return best;
}

/** Records with the line each begins at. A mark left open costs its own line, not the rest of the file. */
function splitLines(text: string, delimiter: string): TableLine[] {
  const lines: TableLine[] = [];
  let rest = text;
  let line = 1;
  while (rest !== '') {
    const records = parseCsv(rest, { delimiter }).map((record) => record.map((field) => String(field ?? '')));
    const last = records.at(-1);
    const begin = line;
    for (const fields of records) {
      lines.push({ line, fields });
      line += 1 + fields.reduce((sum, field) => sum + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    }
    const lastLine = lines.at(-1)?.line ?? begin;
    const tail = behindLine(rest, lastLine - begin);
    const isOpen = last !== undefined && (tail.match(/"/g)?.length ?? 0) % 2 === 1 && line > lastLine + 1;
    if (!isOpen) break;
    lines.pop();
    lines.push({ line: lastLine, fields: null });
    rest = behindLine(tail, 1);
    line = lastLine + 1;
  }
  return lines;
}

/** What follows so many line ends. */
function behindLine(text: string, count: number): string {
  let from = 0;
  for (let passed = 0; passed < count; passed += 1) {
    const next = /\r\n|\n|\r/g;
    next.lastIndex = from;
    if (!next.exec(text)) return '';
    from = next.lastIndex;
  }
  return text.slice(from);
}

/** A field by its column; undefined where the file has no such column. */
export type FieldOf = (column: ImportColumn) => string | undefined;

export function fieldsOf({ columns }: ImportTable, fields: readonly string[]): FieldOf {
  const places = new Map(IMPORT_COLUMNS.map((column) => [column, columns.indexOf(column)]));
  return (column) => {
    const at = places.get(column) ?? -1;
    return at < 0 ? undefined : plainField(fields[at] ?? '');
  };
}

/** `="0012"` is how spreadsheets are told to leave a number's zeros alone. */
const plainField = (field: string): string =>
  field
    .trim()
    .replace(/^="(.*)"$/s, '$1')
    .replace(/\s+/g, ' ')
    .trim();

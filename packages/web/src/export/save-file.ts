/** Hands a table to the reader as a file. The writing of it loads first, on this click. */
import { type FileKind, type FileTable, fileName } from './file-table.ts';

const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export async function saveTable(table: FileTable, kind: FileKind, locale: 'en' | 'fr' | 'de'): Promise<void> {
  const { csvText, xlsxBytes } = await import('./file-bytes.ts');
  const content = kind === 'csv' ? csvText(table, locale) : await xlsxBytes(table);
  saveBlob(fileName(table.name, kind), new Blob([content], { type: TYPES[kind] }));
}

export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

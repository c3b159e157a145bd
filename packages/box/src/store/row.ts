/** Columns with their type: a stored value of another type is a bug or a damaged file, and is said at once. */
import { type Instant, instant } from '@rsb/runtime';
import type { Row } from './database.ts';

export function textAt(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrong(column, value);
  return value;
}

export function numberAt(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrong(column, value);
  return value;
}

export function bytesAt(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrong(column, value);
  return value;
}

export const flagAt = (row: Row, column: string): boolean => numberAt(row, column) !== 0;
export const instantAt = (row: Row, column: string): Instant => instant(numberAt(row, column));
export const textOrNullAt = (row: Row, column: string): string | null =>
  row[column] === null ? null : textAt(row, column);
export const instantOrNullAt = (row: Row, column: string): Instant | null =>
  row[column] === null ? null : instantAt(row, column);

/** JSON that this program wrote itself. */
export const jsonAt = <T>(row: Row, column: string): T => JSON.parse(textAt(row, column)) as T;
export const jsonOrNullAt = <T>(row: Row, column: string): T | null =>
  row[column] === null ? null : jsonAt<T>(row, column);

function wrong(column: string, value: unknown): TypeError {
  return new TypeError(`column ${column} holds a ${value === null ? 'null' : typeof value}`);
}

/** Whose fault a failed statement is: the row's own, which fails every time, or the moment's, which passes. */

/** Primary result codes of SQLite that speak of the row: TOOBIG, CONSTRAINT, MISMATCH, RANGE. */
const SQLITE_ROW_CODES: readonly number[] = [18, 19, 20, 25];
/** SQLSTATE classes of PostgreSQL that speak of the row: data exception, integrity constraint, program limit. */
const SQLSTATE_ROW_CLASSES: readonly string[] = ['22', '23', '54'];

export function isRowFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return SQLITE_ROW_CODES.includes(error.errcode & 0xff);
  }
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) {
    return SQLSTATE_ROW_CLASSES.includes(error.code.slice(0, 2));
  }
  return error instanceof TypeError || error instanceof RangeError;
}

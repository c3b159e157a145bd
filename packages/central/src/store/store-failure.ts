/** Whose fault a failed statement is: the row's own, which fails every time, or the moment's, which passes. */

/** SQLSTATE of a wrong statement, which is a bug of ours and neither. */
const SQLSTATE_WRONG_CLASS = '42';

/** Primary result codes of SQLite that speak of the row: TOOBIG, CONSTRAINT, MISMATCH, RANGE. */
const SQLITE_ROW_CODES: readonly number[] = [18, 19, 20, 25];
/** SQLSTATE classes of PostgreSQL that speak of the row: data exception, integrity constraint, program limit. */
const SQLSTATE_ROW_CLASSES: readonly string[] = ['22', '23', '54'];

const SQLSTATE = /^[0-9A-Z]{5}$/;
/** SQLITE_ERROR and SQLITE_MISUSE. */
const SQLITE_WRONG_CODES: readonly number[] = [1, 21];
const CONNECTION_CODES: readonly string[] = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND'];

export function isRowFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return SQLITE_ROW_CODES.includes(error.errcode & 0xff);
  }
  if ('code' in error && typeof error.code === 'string' && SQLSTATE.test(error.code)) {
    return SQLSTATE_ROW_CLASSES.includes(error.code.slice(0, 2));
  }
  return error instanceof TypeError || error instanceof RangeError;
}

/** A database that is away, full, locked or restarting: the same call may succeed later. */
export function isMomentaryFailure(error: unknown): boolean {
  if (!(error instanceof Error) || isRowFailure(error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number')
    return !SQLITE_WRONG_CODES.includes(error.errcode & 0xff);
  if ('code' in error && typeof error.code === 'string') {
    const { code } = error;
    return SQLSTATE.test(code) ? !code.startsWith(SQLSTATE_WRONG_CLASS) : CONNECTION_CODES.includes(code);
  }
  return /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/.test(error.message);
}

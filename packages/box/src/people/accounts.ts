/** The accounts of the box's page, as they are stored. */
import { BOX_ROLES, type BoxRole } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { Database, Row } from '../store/database.ts';
import { flagAt, instantAt, instantOrNullAt, textAt, textOrNullAt } from '../store/row.ts';

export const peopleSchema = `
CREATE TABLE person (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  role TEXT NOT NULL,
  hash TEXT NOT NULL,
  until TEXT,
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  last_sign_in INTEGER
) STRICT;
`;

export interface AccountRow {
  readonly name: string;
  readonly role: BoxRole;
  readonly hash: string;
  /** Last day, local to the site. */
  readonly until: string | null;
  readonly disabled: boolean;
  readonly createdAt: Instant;
  readonly lastSignIn: Instant | null;
}

export interface Accounts {
  count(): number;
  find(name: string): AccountRow | null;
  /** In the order in which they were made. */
  all(): readonly AccountRow[];
  add(account: Pick<AccountRow, 'name' | 'role' | 'hash' | 'until'>, at: Instant): void;
  save(account: AccountRow): void;
}

const COLUMNS = 'name, role, hash, until, disabled, created_at, last_sign_in';

export function createAccounts(db: Database): Accounts {
  return {
    count: () => Number(db.one('SELECT COUNT(*) AS count FROM person')?.['count'] ?? 0),
    find(name) {
      const row = db.one(`SELECT ${COLUMNS} FROM person WHERE name = ?`, name);
      return row ? account(row) : null;
    },
    all: () => db.all(`SELECT ${COLUMNS} FROM person ORDER BY created_at, name`).map(account),
    add: ({ name, role, hash, until }, at) => {
      db.run(
        'INSERT INTO person (name, role, hash, until, created_at) VALUES (?, ?, ?, ?, ?)',
        name,
        role,
        hash,
        until,
        Math.round(at),
      );
    },
    save: ({ name, role, hash, until, disabled, lastSignIn }) => {
      db.run(
        'UPDATE person SET role = ?, hash = ?, until = ?, disabled = ?, last_sign_in = ? WHERE name = ?',
        role,
        hash,
        until,
        disabled ? 1 : 0,
        lastSignIn === null ? null : Math.round(lastSignIn),
        name,
      );
    },
  };
}

function account(row: Row): AccountRow {
  const role = BOX_ROLES.find((known) => known === row['role']);
  return {
    name: textAt(row, 'name'),
    // A role of a newer version may no more than look.
    role: role ?? 'viewer',
    hash: textAt(row, 'hash'),
    until: textOrNullAt(row, 'until'),
    disabled: flagAt(row, 'disabled'),
    createdAt: instantAt(row, 'created_at'),
    lastSignIn: instantOrNullAt(row, 'last_sign_in'),
  };
}

/** Opens the box's store in its data folder and notices when it is a copy of an older one. */
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from './database.ts';
import { createFacts } from './facts.ts';
import { migrate } from './migrations.ts';

export interface OpenedStore {
  readonly db: Database;
  /** `restored`: names of items given since the copy was made must not be given again. */
  readonly state: 'new' | 'known' | 'restored';
}

export function openStore(folder: string): OpenedStore {
  const path = join(folder, 'box.sqlite');
  const db = openDatabase(path);
  try {
    chmodSync(path, 0o600);
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const facts = createFacts(db);
  const known = facts.find('storeFile');
  const now = fileName(path);
  if (known !== now) facts.save('storeFile', now);
  return { db, state: known === null ? 'new' : known === now ? 'known' : 'restored' };
}

/**
 * Inode and time of birth: a file brought back from a backup has another pair. Where the file system tells no birth,
 * Node gives the last change instead, which the chmod above made later than any birth.
 */
function fileName(path: string): string {
  const { ino, birthtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return birthtimeNs === ctimeNs ? `${ino}` : `${ino} ${birthtimeNs}`;
}

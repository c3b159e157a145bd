/** What the machines told and the readings do not hold, part by part as each was last read: for their own pages alone. */
import type { Part, UnusedValue as ShownValue } from '@rsb/contract';
import type { Database } from './database.ts';
import { jsonAt } from './row.ts';

export interface UnusedValue extends Omit<ShownValue, 'objects'> {
  readonly oids: readonly string[];
}

export interface UnusedValues {
  list(device: string): readonly UnusedValue[];
  /** In the place of what was known of these parts. */
  save(device: string, parts: readonly Part[], values: readonly UnusedValue[]): void;
  forgetAll(): void;
}

export const unusedValuesSchema = `
CREATE TABLE unused_value (
  device TEXT PRIMARY KEY REFERENCES device (id),
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

export function createUnusedValues(db: Database): UnusedValues {
  const list = (device: string): readonly UnusedValue[] => {
    const row = db.one('SELECT body FROM unused_value WHERE device = ?', device);
    return row ? jsonAt<readonly UnusedValue[]>(row, 'body') : [];
  };
  return {
    list,
    save(device, parts, values) {
      const before = list(device);
      const stays = before.filter(({ path }) => !parts.some((part) => path === part || path.startsWith(`${part}.`)));
      const body = JSON.stringify([...stays, ...values]);
      if (body !== JSON.stringify(before)) {
        db.run('INSERT OR REPLACE INTO unused_value (device, body) VALUES (?, ?)', device, body);
      }
    },
    forgetAll: () => {
      db.run('DELETE FROM unused_value');
    },
  };
}

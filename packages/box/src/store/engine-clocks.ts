/** What the SNMPv3 engine of each device signed last of its clock, so that a restart forgets none (RFC 3414 §2.3). */
import type { SignedClock } from '@rsb/snmp';
import type { Database } from './database.ts';
import { numberAt, textAt } from './row.ts';

export interface EngineClocks {
  all(): readonly SignedClock[];
  save(device: string, clock: SignedClock): void;
}

export const engineClocksSchema = `
CREATE TABLE engine_clock (
  device TEXT PRIMARY KEY REFERENCES device (id),
  engine TEXT NOT NULL,
  boots INTEGER NOT NULL,
  time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export function createEngineClocks(db: Database): EngineClocks {
  return {
    all: () =>
      db.all('SELECT engine, boots, time FROM engine_clock').map((row) => ({
        engineId: textAt(row, 'engine'),
        boots: numberAt(row, 'boots'),
        time: numberAt(row, 'time'),
      })),
    save(device, { engineId, boots, time }) {
      db.run(
        'INSERT OR REPLACE INTO engine_clock (device, engine, boots, time) VALUES (?, ?, ?, ?)',
        ...[device, engineId, boots, time],
      );
    },
  };
}

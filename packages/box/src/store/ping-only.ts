/**
 * Addresses that answer a ping and no SNMP: a printer whose SNMP is off is among them. Only the address is known and kept,
 * on this box alone; what answers SNMP and is no printer is not here, nor anywhere.
 */
import type { Instant } from '@rsb/runtime';
import type { Database } from './database.ts';
import { instantAt, numberAt, textAt } from './row.ts';

export interface PingOnlyAddress {
  readonly address: string;
  readonly since: Instant;
  readonly lastSeen: Instant;
}

export interface PingOnly {
  list(): readonly PingOnlyAddress[];
  /** Scans in a row in which it was silent to the credentials that `login` stands for; 0 where others were tried. */
  silentScans(address: string, login: string): number;
  /**
   * What a scan met. `isGone`: whether an address that it did not meet is to be forgotten, as one in the ranges that it
   * swept is.
   */
  replace(
    met: readonly { readonly address: string; readonly login: string }[],
    at: Instant,
    isGone: (address: string) => boolean,
  ): void;
}

/** A /19 full of computers; more would be no list that anybody reads. */
const MOST_ADDRESSES = 8192;

export const pingOnlySchema = `
CREATE TABLE ping_only (
  address TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  scans INTEGER NOT NULL,
  since INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export function createPingOnly(db: Database): PingOnly {
  return {
    list: () =>
      db.all('SELECT address, since, last_seen FROM ping_only').map((row) => ({
        address: textAt(row, 'address'),
        since: instantAt(row, 'since'),
        lastSeen: instantAt(row, 'last_seen'),
      })),
    silentScans(address, login) {
      const row = db.one('SELECT scans FROM ping_only WHERE address = ? AND login = ?', address, login);
      return row ? numberAt(row, 'scans') : 0;
    },
    replace(met, at, isGone) {
      db.transaction(() => {
        const kept = new Set(met.map(({ address }) => address));
        for (const row of db.all('SELECT address FROM ping_only')) {
          const address = textAt(row, 'address');
          if (!kept.has(address) && isGone(address)) db.run('DELETE FROM ping_only WHERE address = ?', address);
        }
        for (const { address, login } of met.slice(0, MOST_ADDRESSES)) {
          db.run(
            'INSERT INTO ping_only (address, login, scans, since, last_seen) VALUES (?, ?, 1, ?, ?) ' +
              'ON CONFLICT (address) DO UPDATE SET scans = IIF(login = excluded.login, scans + 1, 1), ' +
              'login = excluded.login, last_seen = excluded.last_seen',
            address,
            login,
            Math.round(at),
            Math.round(at),
          );
        }
      });
    },
  };
}

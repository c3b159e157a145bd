/** Every object that was ever asked: when first and last, how often, of how many printers. Counted in memory, stored at times. */

import type { AskedObjectList, AskedObjectView } from '@rsb/contract';
import { type AskedObject, allowedObjects, DRIVERS, objectsOf } from '@rsb/drivers';
import { IDENTIFYING_OBJECTS } from '@rsb/drivers/identify/identifying';
import { type Clock, instant, isoInstant } from '@rsb/runtime';
import { compareOid, isWithin, type Oid } from '@rsb/snmp';
import type { Database } from '../store/database.ts';
import { instantAt, numberAt, textAt } from '../store/row.ts';

export interface AskedObjects {
  /** Called by the engine for each name in each request. */
  note(address: string, name: Oid): void;
  /** Stores what was counted. `devicesAt`: the printers behind an address; what has none is no printer and is named nowhere. */
  store(devicesAt: (address: string) => readonly string[]): void;
  list(): AskedObjectList;
}

interface Tally {
  times: number;
  first: number;
  last: number;
  readonly addresses: Set<string>;
}

/** Instances of a table repeat: the way from a name to its entry is kept for so many. */
const MOST_KNOWN_NAMES = 20_000;

export function createAskedObjects(db: Database, clock: Pick<Clock, 'now'>): AskedObjects {
  const allowed = allowedObjects();
  const entryOf = entryFinder(allowed);
  let tallies = new Map<Oid, Tally>();

  return {
    note(address, name) {
      const entry = entryOf(name);
      if (entry === null) return;
      const now = clock.now();
      const tally = tallies.get(entry);
      if (!tally) {
        tallies.set(entry, { times: 1, first: now, last: now, addresses: new Set([address]) });
        return;
      }
      tally.times += 1;
      tally.last = now;
      tally.addresses.add(address);
    },

    store(devicesAt) {
      if (tallies.size === 0) return;
      const counted = tallies;
      const devices = new Map<string, readonly string[]>();
      const devicesOf = (address: string) => {
        const known = devices.get(address);
        if (known) return known;
        const found = devicesAt(address);
        devices.set(address, found);
        return found;
      };
      db.transaction(() => {
        for (const [object, { times, first, last, addresses }] of counted) {
          db.run(
            'INSERT INTO asked_object (object, first_asked, last_asked, times) VALUES (?, ?, ?, ?) ' +
              'ON CONFLICT (object) DO UPDATE SET last_asked = excluded.last_asked, times = times + excluded.times',
            object,
            Math.round(first),
            Math.round(last),
            times,
          );
          for (const device of new Set([...addresses].flatMap(devicesOf))) {
            db.run('INSERT OR IGNORE INTO asked_of (object, device) VALUES (?, ?)', object, device);
          }
        }
      });
      tallies = new Map();
    },

    list() {
      const meanings = meaningsOf();
      const machines = new Map(
        db
          .all('SELECT object, COUNT(*) AS machines FROM asked_of GROUP BY object')
          .map((row) => [textAt(row, 'object'), numberAt(row, 'machines')]),
      );
      const rows = new Map<string, AskedObjectView>();
      for (const row of db.all('SELECT object, first_asked, last_asked, times FROM asked_object')) {
        const object = textAt(row, 'object');
        rows.set(object, {
          object,
          ...(meanings.get(object) ?? { name: '', purpose: '', source: '' }),
          firstAsked: isoInstant(instantAt(row, 'first_asked')),
          lastAsked: isoInstant(instantAt(row, 'last_asked')),
          machines: machines.get(object) ?? 0,
          times: numberAt(row, 'times'),
        });
      }
      // What is counted and not stored yet is true as well.
      for (const [object, { times, first, last }] of tallies) {
        const known = rows.get(object);
        rows.set(object, {
          object,
          ...(meanings.get(object) ?? { name: '', purpose: '', source: '' }),
          firstAsked: known?.firstAsked ?? isoInstant(instant(first)),
          lastAsked: isoInstant(instant(last)),
          machines: known?.machines ?? 0,
          times: (known?.times ?? 0) + times,
        });
      }
      const objects = [...rows.values()].sort((a, b) => compareOid(a.object as Oid, b.object as Oid));
      return { objects, allowed: allowed.length };
    },
  };
}

/** From the name in a request to the allow-list's entry above it. */
function entryFinder(allowed: readonly Oid[]): (name: Oid) => Oid | null {
  const known = new Map<Oid, Oid | null>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    let low = 0;
    let high = allowed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareOid(allowed[middle] as Oid, name) <= 0) low = middle + 1;
      else high = middle;
    }
    // An entry may lie below another one; the nearest that holds the name is the one that was meant.
    let found: Oid | null = null;
    for (let at = low - 1; at >= 0 && found === null && low - at < 8; at -= 1) {
      const candidate = allowed[at];
      if (candidate !== undefined && isWithin(candidate, name)) found = candidate;
    }
    if (known.size >= MOST_KNOWN_NAMES) known.clear();
    known.set(name, found);
    return found;
  };
}

type Meaning = Pick<AskedObject, 'name' | 'purpose' | 'source'>;

/** What each object is and whose word it is, as the drivers say it. */
export function meaningsOf(): ReadonlyMap<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  for (const { oid, name, purpose, source } of [...IDENTIFYING_OBJECTS, ...DRIVERS.flatMap(objectsOf)]) {
    const known = meanings.get(oid);
    const purposes = known ? [...new Set([...known.purpose.split('; '), ...purpose.split('; ')])].join('; ') : purpose;
    meanings.set(oid, { name, purpose: purposes, source: known?.source ?? source });
  }
  return meanings;
}

/** What the schedule remembers, in the box's store. */
import { instant } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import type { FactName, Facts } from '../store/facts.ts';
import type { ScheduleMemory } from './schedule.ts';

const SLOT_FACTS = {
  counters: 'lastCounterSlot',
  state: 'lastStateSlot',
  boxState: 'lastBoxStateSlot',
} as const satisfies Record<string, FactName>;

/** Days kept by name: a clock set back by more than this is caught by its running time. */
const MOST_DAYS = 400;

export function createScheduleMemory(db: Database, facts: Facts): ScheduleMemory {
  const numberOf = (name: FactName): number | null => {
    const value = facts.find(name);
    return value === null ? null : Number(value);
  };
  return {
    isScanned: (day) => db.one('SELECT day FROM scan_day WHERE day = ?', day) !== undefined,
    rememberScan(day) {
      db.transaction(() => {
        db.run('INSERT OR IGNORE INTO scan_day (day) VALUES (?)', day);
        db.run('DELETE FROM scan_day WHERE place <= (SELECT MAX(place) FROM scan_day) - ?', MOST_DAYS);
      });
    },
    scanWantedSince() {
      const at = numberOf('scanWantedSince');
      return at === null ? null : instant(at);
    },
    saveScanWantedSince: (at) => facts.save('scanWantedSince', at === null ? null : String(Math.round(at))),
    lastSlot: (what) => numberOf(SLOT_FACTS[what]),
    saveSlot: (what, slot) => facts.save(SLOT_FACTS[what], String(slot)),
  };
}

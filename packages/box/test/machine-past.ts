/** The past of machines over a store, as the service puts it together. */
import { createMachinePast, type MachinePast } from '../src/service/machine-past.ts';
import type { Database } from '../src/store/database.ts';
import { createHistory } from '../src/store/history.ts';
import { createMachineLog } from '../src/store/machine-log.ts';

export const pastOf = (db: Database, zone = 'Europe/Paris'): MachinePast =>
  createMachinePast(
    createHistory(db, () => zone),
    createMachineLog(db),
  );

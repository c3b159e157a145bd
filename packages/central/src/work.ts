/** What central does, behind its routes: each service once, with what it needs. */
import type { Clock, Log, Random } from '@rsb/runtime';
import { createEnrolment, type Enrolment } from './enrolment/enrolment.ts';
import { createIngest, type ReceiveReport } from './ingest/receive-report.ts';
import type { CentralKey } from './key-file.ts';
import { type Accounts, openAccounts } from './people/accounts.ts';
import type { CentralDatabase } from './store/database.ts';
import { type CustomerId, drawId } from './store/identifiers.ts';

export interface CentralWork {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: CentralDatabase;
  readonly accounts: Accounts;
  readonly enrolment: Enrolment;
  readonly receiveReport: ReceiveReport;
  addCustomer(name: string): Promise<CustomerId>;
}

export interface WorkNeeds {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: CentralDatabase;
  readonly key: CentralKey;
}

export async function createWork(needs: WorkNeeds): Promise<CentralWork> {
  const { clock, random, log, database, key } = needs;
  return {
    clock,
    random,
    log,
    database,
    accounts: await openAccounts({ house: database.house, clock, random }),
    enrolment: createEnrolment({ database, clock, random, centralKey: key.publicPem }),
    receiveReport: createIngest(needs),
    async addCustomer(name) {
      const id = drawId(random) as CustomerId;
      await database.acrossCustomers.addCustomer({ id, name, created_at: clock.now() });
      return id;
    },
  };
}

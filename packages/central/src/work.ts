/** What central does, behind its routes: each service once, with what it needs. */
import type { Clock, Log, Random } from '@rsb/runtime';
import { type AlertService, createAlertService } from './alerts/alert-service.ts';
import { CLOSE_MONTH, closeMonth } from './archive/close-month.ts';
import { createEnrolment, type Enrolment } from './enrolment/enrolment.ts';
import { createIngest, type ReceiveReport } from './ingest/receive-report.ts';
import type { CentralKey } from './key-file.ts';
import { sealOf } from './notify/seal.ts';
import { type Accounts, openAccounts } from './people/accounts.ts';
import { createPasskeys, type Passkeys } from './people/passkeys.ts';
import { createTeam, type Team } from './people/team.ts';
import { type AnswerBox, createAnswerBox } from './proposals/answer-box.ts';
import { createAtRest } from './proposals/at-rest.ts';
import { createProposals, type Proposals } from './proposals/proposals.ts';
import type { CentralDatabase } from './store/database.ts';
import { type CustomerId, drawId } from './store/identifiers.ts';
import { type ApiTokens, createApiTokens } from './tokens/api-tokens.ts';
import { MERGE_DEVICES, WORK_DEVICE } from './work/demands.ts';
import { mergeDevices } from './work/merge-devices.ts';
import { workDevice } from './work/work-device.ts';
import { createWorker, type Worker } from './work/worker.ts';

export interface CentralWork {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: CentralDatabase;
  readonly accounts: Accounts;
  readonly passkeys: Passkeys;
  readonly team: Team;
  readonly apiTokens: ApiTokens;
  readonly enrolment: Enrolment;
  readonly receiveReport: ReceiveReport;
  readonly answerBox: AnswerBox;
  readonly proposals: Proposals;
  readonly worker: Worker;
  readonly alerts: AlertService;
  addCustomer(name: string): Promise<CustomerId>;
  /** undefined where another customer has the number. */
  addNumberedCustomer(name: string, number: string | null, agency: number | null): Promise<CustomerId | undefined>;
}

export interface WorkNeeds {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: CentralDatabase;
  readonly key: CentralKey;
  readonly publicUrl: string | null;
}

export async function createWork(needs: WorkNeeds): Promise<CentralWork> {
  const { clock, random, log, database, key } = needs;
  const receiveReport = createIngest(needs);
  const atRest = createAtRest(key, random);
  const passkeys = createPasskeys(needs);
  const alerts = createAlertService({ ...needs, seal: sealOf(atRest) });
  let receiving = 0;
  const worker = createWorker({
    database,
    clock,
    random,
    log,
    isBusy: () => receiving > 0,
    handlers: {
      [WORK_DEVICE]: (store, job) => workDevice(store, job, clock.now()),
      [MERGE_DEVICES]: (store, job) => mergeDevices(store, job, clock.now()),
      [CLOSE_MONTH]: async (store, job) => {
        await closeMonth(store, job, clock.now());
      },
      ...alerts.handlers,
    },
  });
  return {
    clock,
    random,
    log,
    database,
    accounts: await openAccounts({ house: database.house, clock, random }),
    passkeys,
    team: createTeam({ database, clock, random, passkeys }),
    apiTokens: createApiTokens({ database, clock, random }),
    enrolment: createEnrolment({ database, clock, random, centralKey: key.publicPem }),
    answerBox: createAnswerBox({ ...needs, atRest }),
    proposals: createProposals({ clock, random, log, atRest }),
    worker,
    alerts,
    async receiveReport(request) {
      receiving += 1;
      try {
        return await receiveReport(request);
      } finally {
        receiving -= 1;
      }
    },
    async addCustomer(name) {
      const id = drawId(random) as CustomerId;
      await database.acrossCustomers.addCustomer({ id, name, created_at: clock.now() });
      return id;
    },
    async addNumberedCustomer(name, number, agency) {
      const id = drawId(random) as CustomerId;
      const row = { id, name, created_at: clock.now(), number, agency_id: agency };
      return (await database.acrossCustomers.addCustomer(row)) ? id : undefined;
    },
  };
}

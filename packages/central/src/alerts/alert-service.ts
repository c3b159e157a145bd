/** Alerts as the rest of central sees them: the jobs that look at machines, the courier that tells people, the start of both. */
import type { Clock, Log, Random } from '@rsb/runtime';
import { type Courier, createCourier } from '../notify/courier.ts';
import type { Seal } from '../notify/seal.ts';
import type { CentralDatabase } from '../store/database.ts';
import type { JobHandler } from '../work/worker.ts';
import { WAKE_ALERT, WATCH_ALL, WATCH_BOX, WATCH_DEVICE, watchAllDemand } from './demands.ts';
import { wakeAlert, watchAll, watchBox } from './watch-box.ts';
import { watchDevice } from './watch-device.ts';

export interface AlertServiceNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly seal: Seal;
  readonly publicUrl: string | null;
}

export interface AlertService {
  readonly courier: Courier;
  readonly seal: Seal;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Every machine is looked at once a day, whatever it sends; then the courier goes. */
  start(): Promise<void>;
  /** After the rules changed: everything is looked at anew. */
  lookAtAll(): Promise<void>;
  close(): Promise<void>;
}

export function createAlertService(needs: AlertServiceNeeds): AlertService {
  const { database, clock, random, seal } = needs;
  const courier = createCourier(needs);
  const watchNeeds = () => ({ database, random, now: clock.now() });
  const forAll = async (once: boolean): Promise<void> => {
    for (const { id } of await database.acrossCustomers.listCustomers()) {
      const { jobs } = database.forCustomer(id);
      await (once ? jobs.demandOnce : jobs.demand)([watchAllDemand(clock.now())]);
    }
  };
  return {
    courier,
    seal,
    handlers: {
      [WATCH_DEVICE]: async (store, job) => {
        await watchDevice(store, job, watchNeeds());
        courier.wake();
      },
      [WATCH_BOX]: async (store, job) => {
        await watchBox(store, job, watchNeeds());
        courier.wake();
      },
      [WATCH_ALL]: (store, job) => watchAll(store, job, clock.now()),
      [WAKE_ALERT]: (store, job) => wakeAlert(store, job, clock.now()),
    },
    async start() {
      await forAll(true);
      courier.start();
    },
    lookAtAll: () => forAll(false),
    close: () => courier.close(),
  };
}

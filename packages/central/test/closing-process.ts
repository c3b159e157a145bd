/**
 * Closes a month and dies by SIGKILL before the commit or right after it:
 * `closing-process.ts PLACE CUSTOMER SUBJECT TOKEN NOW before|after`.
 */
import { silentLog } from '@rsb/runtime';
import { CLOSE_MONTH, closeMonth } from '../src/archive/close-month.ts';
import { type CustomerStore, centralDatabase } from '../src/store/database.ts';
import { openStore } from '../src/store/open.ts';

const [, , place = '{}', customer = '', subject = '', token = '', now = '', moment = ''] = process.argv;
const opened = await openStore(JSON.parse(place), silentLog());
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const store = centralDatabase(opened.value).forCustomer(Number(customer) as never);
const job = { customer: store.id, kind: CLOSE_MONTH, subject, since: 0, version: 1, token, attempts: 0 };
const die = () => process.kill(process.pid, 'SIGKILL');
const dying: CustomerStore = {
  ...store,
  exclusively: (work) =>
    store.exclusively((inside) =>
      work({
        ...inside,
        jobs: {
          ...inside.jobs,
          async finish(done) {
            await inside.jobs.finish(done);
            if (moment === 'before') die();
          },
        },
      }),
    ),
};
await closeMonth(dying, job, Number(now));
die();

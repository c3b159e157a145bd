/** One PostgreSQL for every test file of a run, with a database whose tables are up to date to copy from. */
import { silentLog } from '@rsb/runtime';
import { openStore } from '../src/store/open.ts';
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts';

/** Told to the run's processes by their environment. Undefined where there is none: each file then says why it skips. */
export async function sharePostgres(): Promise<PostgresCluster | undefined> {
  const cluster = await startPostgres();
  if (typeof cluster === 'string') return undefined;
  try {
    const url = await cluster.newDatabase();
    const opened = await openStore({ url }, silentLog());
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const { db, reader } = opened.value;
    // A database that somebody is connected to cannot be copied.
    await Promise.all([db.destroy(), reader.destroy()]);
    process.env['RSB_TEST_POSTGRES'] = cluster.admin;
    process.env['RSB_TEST_POSTGRES_TEMPLATE'] = new URL(url).pathname.slice(1);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

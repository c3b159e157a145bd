/** Processor time that this process and the backends of its PostgreSQL have used. */
import { readFileSync } from 'node:fs';
import pg from 'pg';

export interface DatabaseProcessors {
  /** Milliseconds. */
  busy(): Promise<number>;
  end(): Promise<void>;
}

/** The kernel counts in hundredths of a second. */
const TICK = 10;

export async function databaseProcessors(url: string | undefined): Promise<DatabaseProcessors> {
  const own = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  if (url === undefined) return { busy: async () => own(), end: async () => {} };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  /** By backend, also those that have ended. */
  const backends = new Map<number, number>();
  return {
    async busy() {
      const { rows } = await client.query(
        `select pid from pg_stat_activity where datname = current_database() or backend_type = 'parallel worker'`,
      );
      for (const { pid } of rows as { readonly pid: number }[])
        backends.set(pid, Math.max(backends.get(pid) ?? 0, ofProcess(pid)));
      return [...backends.values()].reduce((sum, each) => sum + each, own());
    },
    end: () => client.end(),
  };
}

function ofProcess(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  } catch {
    return 0;
  }
}

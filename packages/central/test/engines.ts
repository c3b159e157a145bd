/** One suite over both engines: SQLite always, PostgreSQL where it can be had. */
import { after, before, describe, type TestContext, test } from 'node:test';
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts';
import { type Lifetime, newTestCentral, type TestCentral } from './running-central.ts';

export interface EngineForTest extends Lifetime {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** What startCentral takes: nothing for SQLite, a database of its own for PostgreSQL. */
  place(): Promise<{ readonly databaseUrl?: string }>;
  /** One central for all tests of the file on this engine; each makes its own customers. */
  central(): Promise<TestCentral>;
}

type EngineTest = (name: string, run: (engine: EngineForTest, t: TestContext) => Promise<void>) => void;

/**
 * Declares the same tests for each engine. Without PostgreSQL its half is skipped with the reason. By the engine's name a
 * file may leave to one of them what hangs on none.
 */
export function overEngines(declare: (test: EngineTest, on: EngineForTest['name']) => void): void {
  describe('SQLite', () => {
    const engine = engineForTest('SQLite', async () => ({}));
    after(engine.end);
    declare((name, run) => test(name, (t) => run(engine, t)), 'SQLite');
  });
  describe('PostgreSQL', () => {
    let cluster: PostgresCluster | string = 'not started';
    const engine = engineForTest('PostgreSQL', async () => {
      if (typeof cluster === 'string') throw new Error(cluster);
      return { databaseUrl: await cluster.newDatabase(process.env['RSB_TEST_POSTGRES_TEMPLATE']) };
    });
    before(async () => {
      cluster = await startPostgres();
    });
    after(async () => {
      await engine.end();
      if (typeof cluster !== 'string') await cluster.stop();
    });
    declare(
      (name, run) =>
        test(name, async (t) => {
          if (typeof cluster === 'string') return t.skip(cluster);
          await run(engine, t);
        }),
      'PostgreSQL',
    );
  });
}

function engineForTest(name: EngineForTest['name'], place: EngineForTest['place']) {
  const ends: (() => void | Promise<void>)[] = [];
  let central: Promise<TestCentral> | undefined;
  const engine: EngineForTest = {
    name,
    place,
    after: (end) => {
      ends.push(end);
    },
    central() {
      central ??= place().then((where) => newTestCentral(engine, where));
      return central;
    },
  };
  return {
    ...engine,
    async end() {
      for (const end of ends.reverse()) await end();
    },
  };
}

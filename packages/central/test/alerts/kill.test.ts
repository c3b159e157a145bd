/**
 * Central killed with -9 in the middle of telling: every alert is told, and told twice only where central died before it could
 * note the receiver's answer; then with the same words under the same id.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCentral } from '@rsb/central';
import type { AlertChannelMade } from '@rsb/contract';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import pg from 'pg';
import { centralDatabase } from '../../src/store/database.ts';
import { type CustomerId, drawId } from '../../src/store/identifiers.ts';
import { openStore } from '../../src/store/open.ts';
import { overEngines } from '../engines.ts';
import { type Lifetime, newFolder, okay, PASSWORD, signedIn } from '../running-central.ts';
import { type Call, startReceiver } from './receivers.ts';

const CHANNELS = 14;
/** Each process dies at so many calls of its own: before it is answered, or with the answer on its way. */
const KILLS: readonly { readonly at: number; readonly moment: 'unanswered' | 'answered' }[] = [
  { at: 2, moment: 'unanswered' },
  { at: 3, moment: 'answered' },
  { at: 1, moment: 'unanswered' },
];
/** Deliveries that central has on their way at once. */
const AT_ONCE = 6;

type Place = { readonly file: string } | { readonly url: string };

/** A dealer with one hook under many channels, each with an alert that is ready to be told. */
async function prepare(path: string, place: Place, hook: string): Promise<void> {
  const folder = okay(openDataFolder(path));
  const options = { host: '127.0.0.1', port: 0, clock: systemClock(), random: systemRandom(), log: silentLog() };
  const databaseUrl = 'url' in place ? place.url : undefined;
  const central = okay(await startCentral({ ...options, folder, databaseUrl, webRoot: null }));
  const setup = { code: central.setupCode, dealer: 'Dealer SA', user: 'admin', password: PASSWORD };
  const person = await signedIn(central.url, '/api/v1/setup', setup);
  const channels: number[] = [];
  for (let index = 0; index < CHANNELS; index += 1) {
    const whole = { on: true, severities: [], customers: [], tellResolved: true, allowPrivate: true };
    const channel = { kind: 'webhook', name: `Hook ${index}`, ...whole, url: hook };
    const { status, body } = await person.call('POST', '/api/v1/alerts/channels', channel);
    assert.equal(status, 201);
    channels.push(Number((body as AlertChannelMade).id));
  }
  const customer = await central.work.addCustomer('Killed');
  await central.close();
  folder.release();
  await inStore(place, async (database) => {
    const now = Date.now();
    await database.forCustomer(customer as CustomerId).alerts.notify(
      channels.map((channel, index) => ({
        id: drawId(systemRandom()),
        channel_id: channel,
        alert_id: index + 1,
        made_at: now,
        ready_at: now,
        group_key: `alert ${index}`,
        line: JSON.stringify({
          event: `${index + 1}-1`,
          step: 'opened',
          alert: String(index + 1),
          severity: 'critical',
        }),
      })),
    );
  });
}

async function inStore(place: Place, act: (database: ReturnType<typeof centralDatabase>) => Promise<void>) {
  const database = centralDatabase(okay(await openStore(place, silentLog())));
  await act(database);
  await database.close();
}

function startProcess(t: Lifetime, path: string, place: Place, endedByItself: (error: Error) => void): ChildProcess {
  const script = join(import.meta.dirname, '..', 'central-process.ts');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      script,
      path,
      'http://127.0.0.1:1',
      ...('url' in place ? [place.url] : []),
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'rsb-test-compile-cache') },
    },
  );
  t.after(() => void child.kill('SIGKILL'));
  child.once('exit', (code) => {
    if (code !== null) endedByItself(new Error(`central ended by itself with ${code}`));
  });
  return child;
}

/** What a dead process had sent to PostgreSQL is still carried out, lease included: over once the server has let go of it. */
async function untilAlone(place: Place): Promise<void> {
  if (!('url' in place)) return;
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  const others = `select count(*)::int as others from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  for (let looks = 0; looks < 1_000; looks += 1) {
    const { rows } = await client.query<{ others: number }>(others);
    if (rows[0]?.others === 0) break;
    await sleep(20);
  }
  await client.end();
}

overEngines((test) => {
  test('nothing is lost, and what is told twice is told under one id', async (engine, t) => {
    const folder = newFolder(t);
    const { databaseUrl } = await engine.place();
    const place: Place = databaseUrl === undefined ? { file: join(folder, 'central.sqlite') } : { url: databaseUrl };
    let child: ChildProcess | undefined;
    let isDead = Promise.withResolvers<void>();
    const taken = new Set<string>();
    const idOf = ({ headers }: Call) => String(headers['rsb-event-id']);
    const allTaken = Promise.withResolvers<void>();
    let dying = false;
    let kills = 0;
    /** Calls of the process that runs. */
    let own = 0;
    const hook = await startReceiver(t, (reply, call) => {
      const answer = () => {
        taken.add(idOf(call));
        reply.writeHead(204).end();
        if (taken.size === CHANNELS) allTaken.resolve();
      };
      // Who calls while central dies is not answered either.
      if (dying) return;
      own += 1;
      const planned = KILLS[kills];
      if (planned === undefined || own < planned.at) return answer();
      if (planned.moment === 'answered') answer();
      dying = true;
      const gone = child && once(child, 'exit');
      child?.kill('SIGKILL');
      void gone?.then(() => {
        reply.destroy();
        isDead.resolve();
      });
    });
    await prepare(folder, place, hook.url);
    for (kills = 0; kills < KILLS.length; kills += 1) {
      isDead = Promise.withResolvers();
      dying = false;
      own = 0;
      child = startProcess(t, folder, place, isDead.reject);
      await isDead.promise;
      await untilAlone(place);
      // As if the three minutes of its leases were over.
      await inStore(place, async ({ deliveries }) => {
        for (const row of await deliveries.list(null, null, 100))
          if (row.state === 'sending')
            await deliveries.settle(row.id, row.token ?? '', { ...row, state: 'waiting', next_at: Date.now() });
      });
    }
    dying = false;
    child = startProcess(t, folder, place, allTaken.reject);
    await allTaken.promise;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const calls = Map.groupBy(hook.calls, idOf);
    assert.equal(calls.size, CHANNELS, 'one id for each delivery, however often central died');
    assert.deepEqual([...taken].sort(), [...calls.keys()].sort(), 'each arrived');
    const alerts = [...calls.values()].map(([call]) => Number(JSON.parse(call?.body ?? '').alerts[0].alert));
    assert.deepEqual(
      alerts.sort((one, other) => one - other),
      Array.from({ length: CHANNELS }, (_, index) => index + 1),
      'each alert is told',
    );
    let repeats = 0;
    for (const each of calls.values()) {
      repeats += each.length - 1;
      assert.equal(new Set(each.map(({ body }) => body)).size, 1, 'a repeat says the same');
    }
    assert.ok(repeats <= KILLS.length * AT_ONCE, `${repeats} repeats`);
  });
});

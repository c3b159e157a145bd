/** What somebody does about a line of the day is done about its alert, and the other way round; on both engines. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { AlertDetail, AlertPage, CentralAlert, TodayView } from '@rsb/contract';
import { silentLog } from '@rsb/runtime';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { CustomerId } from '../../src/store/identifiers.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { openStore } from '../../src/store/open.ts';
import { type EngineForTest, overEngines } from '../engines.ts';
import { newFolder, okay } from '../running-central.ts';
import { readingItem } from '../sample-items.ts';
import { settle } from './settle.ts';

const HOUR = 3_600_000;
type Line = {
  readonly subject: string;
  readonly cause: string;
  readonly attention: TodayView['trouble']['lines'][number]['attention'];
};

async function newMachine(engine: EngineForTest, name: string) {
  const house = await engine.central();
  const customer = await house.newCustomer(name);
  const box = await house.newBox(customer);
  const now = house.central.work.clock.now();
  let seq = 0;
  const call = async <T>(method: string, path: string, body?: unknown, status = 200): Promise<T> => {
    const answer = await house.person.call(method, `/api/v1${path}`, body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    return answer.body as T;
  };
  const lines = async (): Promise<Line[]> => {
    const { trouble, supplies, silentMachines, silentBoxes, questions } = await call<TodayView>('GET', '/today');
    return [trouble, supplies, silentMachines, silentBoxes, questions]
      .flatMap(({ lines: own }): readonly (Line & { readonly customer: string })[] => own)
      .filter((line) => line.customer === customer);
  };
  return {
    ...house,
    customer,
    box,
    lines,
    async report(hoursAgo: number, change: Parameters<typeof readingItem>[1]) {
      seq += 1;
      const takenAt = new Date(now - hoursAgo * HOUR).toISOString().replace(/\.\d+Z$/, 'Z');
      await box.report([readingItem(seq, { takenAt, ...change })]);
      await settle(house);
    },
    alerts: async (): Promise<CentralAlert[]> =>
      (await call<AlertPage>('GET', `/alerts?customer=${customer}&status=live`)).alerts,
    steps: async (alert: CentralAlert) =>
      (await call<AlertDetail>('GET', `/customers/${customer}/alerts/${alert.id}`)).steps.map(({ step, by }) => [
        step,
        by,
      ]),
    act: (line: Line, step: string, more = {}, status = 204) =>
      call('POST', '/today/attention', { customer, subject: line.subject, cause: line.cause, step, ...more }, status),
    change: (alert: CentralAlert, body: unknown) =>
      call<AlertDetail>('PATCH', `/customers/${customer}/alerts/${alert.id}`, body),
  };
}

const errors = (...list: string[]) => ({ status: { state: 'idle' as const, errors: list as never } });
const first = <T>(list: readonly T[]): T => {
  assert.equal(list.length, 1);
  return list[0] as T;
};

overEngines((test) => {
  test('acknowledged, given and put off on the day’s page: the alert says so, and wakes with it', async (engine) => {
    const machine = await newMachine(engine, 'One');
    await machine.report(2, errors('serviceRequested'));
    await machine.act(first(await machine.lines()), 'acknowledge');
    let alert = first(await machine.alerts());
    assert.deepEqual([alert.status, alert.acknowledgedBy], ['acknowledged', 'admin']);
    await machine.act(first(await machine.lines()), 'assign', { to: 'nobody at all' }, 422);
    await machine.act(first(await machine.lines()), 'assign', { to: 'admin' });
    assert.equal(first(await machine.alerts()).assignedTo, 'admin');
    const line = first(await machine.lines());
    await machine.act(line, 'snooze', { hours: 5 });
    alert = first(await machine.alerts());
    assert.equal(alert.status, 'snoozed');
    assert.equal((await machine.lines()).length, 0);
    await machine.act(line, 'wake');
    alert = first(await machine.alerts());
    assert.deepEqual([alert.status, alert.snoozedUntil], ['acknowledged', null]);
    await machine.act(line, 'clear');
    alert = first(await machine.alerts());
    assert.deepEqual([alert.status, alert.acknowledgedBy, alert.assignedTo], ['open', null, null]);
    const steps = ['acknowledged', 'assigned', 'snoozed', 'woken', 'unacknowledged'];
    assert.deepEqual(await machine.steps(alert), [['opened', null], ...steps.map((step) => [step, 'admin'])]);
  });

  test('what is done at the alert stands on the day’s page, and a new cause needs somebody again at both', async (engine) => {
    const machine = await newMachine(engine, 'Two');
    await machine.report(3, errors('serviceRequested'));
    let alert = first(await machine.alerts());
    await machine.change(alert, { assignedTo: 'admin' });
    await machine.change(alert, { acknowledged: true, note: 'part ordered' });
    let line = first(await machine.lines());
    assert.equal(line.attention.acknowledged?.by, 'admin');
    assert.equal(line.attention.assigned?.to, 'admin');
    await machine.report(2, errors('serviceRequested', 'markerSupplyMissing'));
    alert = first(await machine.alerts());
    line = first(await machine.lines());
    assert.deepEqual([alert.status, alert.assignedTo, alert.causes.length], ['open', 'admin', 2]);
    assert.deepEqual([line.attention.acknowledged, line.attention.assigned?.to], [null, 'admin']);
    const until = new Date(machine.central.work.clock.now() + 3 * HOUR).toISOString();
    await machine.change(alert, { snoozedUntil: until });
    assert.equal((await machine.lines()).length, 0);
    await machine.change(alert, { snoozedUntil: null });
    assert.equal((await machine.lines()).length, 1);
  });

  test('a case that was taken in hand before its alert opens is nobody’s news', async (engine) => {
    const machine = await newMachine(engine, 'Three');
    const channel = {
      ...{ kind: 'mail', name: 'Desk', on: true, severities: [], customers: [machine.customer], tellResolved: false },
      ...{ to: ['desk@dealer.example'], language: 'en', when: 'daily', dailyAt: '03:00', zone: 'UTC' },
    };
    assert.equal((await machine.person.call('POST', '/api/v1/alerts/channels', channel)).status, 201);
    const waiting = async () => {
      const { body } = await machine.person.call('GET', '/api/v1/alerts/channels');
      const { deliveries } = machine.central.work.database;
      return [JSON.stringify(body).includes('Desk'), (await deliveries.readyChannels(Number.MAX_SAFE_INTEGER)).length];
    };
    const before = (await waiting())[1];
    // A jam opens its alert at the second reading; it stands on the day's page at once.
    await machine.report(3, errors('jammed'));
    assert.equal((await machine.alerts()).length, 0);
    await machine.act(first(await machine.lines()), 'acknowledge');
    await machine.report(2, errors('jammed'));
    const alert = first(await machine.alerts());
    assert.deepEqual([alert.rule, alert.status, alert.acknowledgedBy], ['paper-jam', 'acknowledged', 'admin']);
    assert.deepEqual(await waiting(), [true, before]);
    // Another fault of the same machine is another matter.
    await machine.report(1, errors('jammed', 'serviceRequested'));
    const both = await machine.alerts();
    assert.deepEqual(both.map(({ rule, status }) => [rule, status]).sort(), [
      ['paper-jam', 'acknowledged'],
      ['service-call', 'open'],
    ]);
    assert.deepEqual(await waiting(), [true, Number(before) + 1]);
  });

  test('supplies, silent machines and silent boxes likewise', async (engine) => {
    const machine = await newMachine(engine, 'Four');
    const supply = {
      index: '1.1',
      type: 'toner',
      color: 'black',
      description: null,
      partNumber: null,
      serialNumber: null,
    };
    const low = { ...supply, percent: 4, state: 'ok', level: 4, capacity: 100, unit: 'percent' };
    await machine.report(60, { ...errors(), supplies: [low] as never });
    const store = machine.central.work.database.forCustomer(Number(machine.customer) as CustomerId);
    const rules = async () => Object.fromEntries((await machine.alerts()).map(({ rule, status }) => [rule, status]));
    assert.deepEqual(await rules(), { 'supply-low': 'open', 'machine-silent': 'open' });
    for (const line of await machine.lines()) await machine.act(line, 'acknowledge');
    assert.deepEqual(await rules(), { 'supply-low': 'acknowledged', 'machine-silent': 'acknowledged' });
    await store.boxes.saveHeard(machine.box.agent, machine.central.work.clock.now() - 30 * HOUR);
    await store.jobs.demand([{ kind: 'alertBox', subject: machine.box.agent, dueAt: 0, since: 0 }]);
    await settle(machine);
    assert.equal((await rules())['box-silent'], 'open');
    const box = first((await machine.lines()).filter(({ subject }) => subject.startsWith('box:')));
    await machine.act(box, 'acknowledge');
    assert.equal((await rules())['box-silent'], 'acknowledged');
  });

  test('one fault, one alert: a machine that stands still for a service call has one, that names both rules', async (engine) => {
    const machine = await newMachine(engine, 'Five');
    await machine.report(5, { status: { state: 'down', errors: ['serviceRequested'] as never } });
    let alert = first(await machine.alerts());
    assert.deepEqual([alert.rule, alert.also.map(({ rule }) => rule)], ['service-call', ['out-of-order']]);
    assert.deepEqual(alert.causes.map(({ kind }) => kind).sort(), ['error', 'state']);
    await machine.change(alert, { acknowledged: true });
    // The call is answered, the machine still stands: the same alert goes on, and needs nobody anew.
    await machine.report(4, { status: { state: 'down', errors: [] } });
    const going = first(await machine.alerts());
    assert.deepEqual([going.id, going.rule, going.status, going.also], [alert.id, 'out-of-order', 'acknowledged', []]);
    await machine.report(3, { status: { state: 'idle', errors: [] } });
    assert.equal((await machine.alerts()).length, 0);
    // It comes back within the hour: the same alert again, told once.
    alert = first(
      await machine.person
        .call('GET', `/api/v1/alerts?customer=${machine.customer}`)
        .then(({ body }) => (body as AlertPage).alerts),
    );
    assert.equal(alert.status, 'resolved');
  });

  test('what was done apart before is one after the change of tables', async (engine, t) => {
    const { databaseUrl } = await engine.place();
    const place = databaseUrl === undefined ? { file: join(newFolder(t), 'old.sqlite') } : { url: databaseUrl };
    const { db, reader } = okay(await openStore(place, silentLog()));
    const kind = databaseUrl === undefined ? 'sqlite' : 'postgres';
    await sql`delete from kysely_migration where name > '0010-resolved-settings'`.execute(db);
    await sql`insert into customer (id, name, created_at) values (7, 'Old', 0)`.execute(db);
    const alert = (
      id: number,
      device: number,
      condition: string,
      status: string,
      by: string | null,
      to: string | null,
    ) =>
      sql`insert into alert (customer_id, id, subject, device_id, agent, rule_id, condition, severity, rank, status, live,
        causes, label, search, opened_at, changed_at, acknowledged_by, assigned_to, snoozed_until, revision)
        values (7, ${id}, ${`device ${device}`}, ${device}, '100000001', ${`rule ${id}`}, ${condition}, 'warning', 1, ${status}, 1,
        '[]', '', '', 5, 6, ${by}, ${to}, ${status === 'snoozed' ? 9e12 : null}, 1)`.execute(db);
    for (const device of [1, 2, 3])
      await sql`insert into standing (customer_id, device_id, agent, name, model, search, watched, severity, trouble, trouble_since,
        supply_rank, supply_percent, supply_since, supplies_low, read_at, silent_at, total_pages, month_pages, weeks, weeks_to)
        values (7, ${device}, '100000001', '', '', '', 1, 2, 'jammed', ${100 + device}, 1, 5, ${200 + device}, '[]', ${300 + device},
        0, 0, 0, '[]', 0)`.execute(db);
    await alert(1, 1, 'error', 'acknowledged', 'anna', null);
    await alert(2, 2, 'supply', 'snoozed', null, 'bert');
    await alert(3, 3, 'silentMachine', 'open', null, null);
    await sql`insert into attention (customer_id, subject, cause, acknowledged_by, acknowledged_at, assigned_to)
      values (7, 'silent:3', '303', 'carl', 50, 'carl'), (7, 'supply:3', '999', 'old case', 50, null)`.execute(db);
    const { error } = await new Migrator({
      db,
      allowUnorderedMigrations: true,
      provider: {
        getMigrations: async () =>
          Object.fromEntries(Object.entries(migrations(kind)).filter(([name]) => name <= '0011-one-attention')),
      },
    }).migrateToLatest();
    assert.equal(error, undefined);
    const lines = await sql<Record<string, unknown>>`select subject, cause, acknowledged_by, assigned_to, snoozed_until
      from attention order by subject`.execute(db);
    assert.deepEqual(
      lines.rows.map((row) => Object.values(row)),
      [
        ['silent:3', '303', 'carl', 'carl', null],
        ['supply:2', '202', null, 'bert', 9e12],
        ['supply:3', '999', 'old case', null, null],
        ['trouble:1', '101', 'anna', null, null],
      ],
    );
    const alerts = await sql<
      Record<string, unknown>
    >`select id, status, acknowledged_by, assigned_to from alert order by id`.execute(db);
    assert.deepEqual(
      alerts.rows.map((row) => Object.values(row)),
      [
        [1, 'acknowledged', 'anna', null],
        [2, 'snoozed', null, 'bert'],
        [3, 'acknowledged', 'carl', 'carl'],
      ],
    );
    await reader.destroy();
    await db.destroy();
  });
});

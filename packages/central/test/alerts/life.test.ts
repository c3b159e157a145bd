/** Alerts of real reports on both engines: opened, told, acknowledged, snoozed, reopened, resolved; rules that change. */
import assert from 'node:assert/strict';
import type { AlertDetail, AlertPage, AlertPreview, AlertRule, AlertRules, ProblemDetails } from '@rsb/contract';
import { DEFAULT_RULES } from '../../src/alerts/rule-set.ts';
import { type EngineForTest, overEngines } from '../engines.ts';
import type { TestCentral } from '../running-central.ts';
import { readingItem } from '../sample-items.ts';
import { settle } from './settle.ts';

const HOUR = 3_600_000;

async function callWith(central: TestCentral, method: string, path: string, body: unknown, revision: number) {
  return central.person.call(method, path, body, { 'if-match': `"${revision}"` });
}

async function saveRules(central: TestCentral, rules: readonly AlertRule[]): Promise<void> {
  const { revision } = (await central.person.call('GET', '/api/v1/alerts/rules')).body as AlertRules;
  const saved = await callWith(central, 'PUT', '/api/v1/alerts/rules', { rules }, revision);
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
}

const alertsOf = async (central: TestCentral, customer: string, more = ''): Promise<AlertPage> =>
  (await central.person.call('GET', `/api/v1/alerts?customer=${customer}${more}`)).body as AlertPage;

const at = (hours: number, now: number) => new Date(now - hours * HOUR).toISOString().replace(/\.\d+Z$/, 'Z');
const down = (errors: ('jammed' | 'serviceRequested')[]) => ({ status: { state: 'idle' as const, errors } });

async function newMachine(engine: EngineForTest, name: string) {
  const central = await engine.central();
  const customer = await central.newCustomer(name);
  const box = await central.newBox(customer);
  const now = central.central.work.clock.now();
  let seq = 0;
  const report = async (hoursAgo: number, change: Parameters<typeof readingItem>[1]) => {
    seq += 1;
    await box.report([readingItem(seq, { takenAt: at(hoursAgo, now), ...change })]);
    await settle(central);
  };
  return { central, customer, box, report };
}

overEngines((test) => {
  test('a service call opens, is acknowledged, ends; each step with who and when', async (engine) => {
    const { central, customer, report } = await newMachine(engine, 'Alpha');
    await report(3, down(['serviceRequested']));
    const { alerts, counts } = await alertsOf(central, customer, '&status=live&severity=critical');
    assert.equal(alerts.length, 1);
    const [alert] = alerts;
    assert.ok(alert && counts.critical >= 1);
    assert.deepEqual(alert.causes, [{ kind: 'error', error: 'serviceRequested' }]);
    assert.equal(alert.rule, 'service-call');
    assert.equal(alert.customerName, 'Alpha');
    const path = `/api/v1/customers/${customer}/alerts/${alert.id}`;
    assert.equal((await central.person.call('PATCH', path, { resolved: true })).status, 409);
    assert.equal((await central.person.call('PATCH', path, { assignedTo: 'nobody at all' })).status, 422);
    assert.equal((await central.person.call('PATCH', path, { assignedTo: 'admin', acknowledged: true })).status, 400);
    assert.equal((await central.person.call('PATCH', path, { assignedTo: 'admin', note: 'first' })).status, 200);
    assert.equal(
      (await central.person.call('PATCH', path, { acknowledged: true, note: 'ordered a part' })).status,
      200,
    );
    await report(2, down(['serviceRequested']));
    await report(1, down([]));
    const { alert: over, steps } = (await central.person.call('GET', path)).body as AlertDetail;
    assert.equal(over.status, 'resolved');
    assert.deepEqual(
      steps.map(({ step, by }) => [step, by]),
      [
        ['opened', null],
        ['assigned', 'admin'],
        ['acknowledged', 'admin'],
        ['resolved', null],
      ],
    );
    assert.deepEqual(
      [steps[1]?.to, steps[1]?.note, steps[2]?.to, steps[2]?.note],
      ['admin', 'first', null, 'ordered a part'],
    );
    assert.equal((await central.person.call('PATCH', path, { acknowledged: true })).status, 409);
    assert.equal((await alertsOf(central, customer, '&status=live&severity=critical')).alerts.length, 0);
  });

  test('what comes back within the hour is the same alert again; a snoozed one sleeps and wakes', async (engine) => {
    const { central, customer, report } = await newMachine(engine, 'Beta');
    await report(2.5, down(['serviceRequested']));
    await report(2.4, down([]));
    await report(2.3, down(['serviceRequested']));
    const { alerts } = await alertsOf(central, customer, '&rule=service-call');
    assert.equal(alerts.length, 1);
    const path = `/api/v1/customers/${customer}/alerts/${alerts[0]?.id}`;
    const { steps } = (await central.person.call('GET', path)).body as AlertDetail;
    assert.deepEqual(
      steps.map(({ step }) => step),
      ['opened', 'resolved', 'reopened'],
    );
    assert.equal((await central.person.call('PATCH', path, { snoozedUntil: '2001-01-01T00:00:00Z' })).status, 422);
    const until = new Date(central.central.work.clock.now() + 2 * HOUR).toISOString();
    const slept = await central.person.call('PATCH', path, { snoozedUntil: until });
    assert.equal((slept.body as AlertDetail).alert.status, 'snoozed');
    const { until: told, note } = (slept.body as AlertDetail).steps.at(-1) ?? {};
    assert.deepEqual([Date.parse(told ?? ''), note], [Math.floor(Date.parse(until) / 1000) * 1000, null]);
    await report(2.2, down(['serviceRequested']));
    assert.equal(((await central.person.call('GET', path)).body as AlertDetail).alert.status, 'snoozed');
    // A second cause needs a person whatever sleeps.
    await report(2.1, { status: { state: 'idle', errors: ['serviceRequested', 'markerSupplyMissing'] } });
    const woken = ((await central.person.call('GET', path)).body as AlertDetail).alert;
    assert.equal(woken.status, 'open');
    assert.equal(woken.causes.length, 2);
  });

  test('a late reading, a repeat and a year at once rewrite no alert of today', async (engine) => {
    const { central, customer, box, report } = await newMachine(engine, 'Gamma');
    await report(1, down([]));
    const now = central.central.work.clock.now();
    const year = Array.from({ length: 300 }, (_, index) =>
      readingItem(
        100 + index,
        { takenAt: at(8000 - index * 24, now), ...down(index % 2 === 0 ? ['serviceRequested'] : []) },
        undefined,
        'fedcba9876543210',
      ),
    );
    for (let from = 0; from < year.length; from += 100) await box.report(year.slice(from, from + 100));
    await settle(central);
    const { alerts } = await alertsOf(central, customer, '&rule=service-call');
    assert.equal(alerts.length, 0);
  });

  test('rules: another mark, switched off, taken away; what is wrong is told at its place', async (engine) => {
    const { central, customer, report } = await newMachine(engine, 'Delta');
    const own = {
      ...(DEFAULT_RULES[0] as AlertRule),
      scope: { ...(DEFAULT_RULES[0] as AlertRule).scope, customers: [customer] },
    };
    const low: AlertRule = {
      ...own,
      id: 'low',
      when: { kind: 'supply', types: ['toner'], colors: [], raiseAt: 90, clearAt: 95 },
    };
    const preview = await central.person.call('POST', '/api/v1/alerts/rules/preview', { rule: low });
    assert.equal((preview.body as AlertPreview).wouldOpen, 0);
    await report(3, {});
    assert.equal((await alertsOf(central, customer)).alerts.length, 0);
    const would = (await central.person.call('POST', '/api/v1/alerts/rules/preview', { rule: low }))
      .body as AlertPreview;
    assert.deepEqual([would.wouldOpen, would.examined, would.total, would.next], [1, 1, 1, null]);
    await saveRules(central, [...DEFAULT_RULES, low]);
    await settle(central);
    assert.equal((await alertsOf(central, customer, '&rule=low&status=live')).alerts.length, 1);
    await saveRules(central, [
      ...DEFAULT_RULES,
      { ...low, when: { ...low.when, raiseAt: 5, clearAt: 6 } as AlertRule['when'] },
    ]);
    await settle(central);
    assert.equal((await alertsOf(central, customer, '&rule=low&status=live')).alerts.length, 0);
    await saveRules(central, [...DEFAULT_RULES, low]);
    await settle(central);
    assert.equal((await alertsOf(central, customer, '&rule=low&status=live')).alerts.length, 1);
    await saveRules(central, DEFAULT_RULES);
    await settle(central);
    assert.equal((await alertsOf(central, customer, '&rule=low&status=live')).alerts.length, 0);

    const { revision } = (await central.person.call('GET', '/api/v1/alerts/rules')).body as AlertRules;
    const wrong: [unknown, number, string][] = [
      [{ rules: [low, low] }, 422, '/rules/1/id'],
      [{ rules: [{ ...low, when: { ...low.when, clearAt: 90 } }] }, 422, '/rules/0/when/clearAt'],
      [{ rules: [{ ...low, quiet: { from: '20:00', to: '20:00', days: [1] } }] }, 422, '/rules/0/quiet/to'],
      [{ rules: [{ ...low, scope: { ...low.scope, customers: ['999999'] } }] }, 422, '/rules/0/scope/customers/0'],
      [{ rules: [{ ...low, scope: { ...low.scope, agencies: ['999999'] } }] }, 422, '/rules/0/scope/agencies/0'],
      [{ rules: [{ ...low, scope: { ...low.scope, sites: [`${customer}/999999`] } }] }, 422, '/rules/0/scope/sites/0'],
      [{ rules: [{ ...low, when: { kind: 'state', states: ['on fire'] } }] }, 400, '/rules/0/when'],
      [{ rules: [{ ...low, surprise: 1 }] }, 400, '/rules/0'],
      [{ rules: Array(101).fill(low) }, 400, '/rules'],
    ];
    for (const [body, status, field] of wrong) {
      const answer = await callWith(central, 'PUT', '/api/v1/alerts/rules', body, revision);
      assert.equal(answer.status, status, field);
      const [found] = (answer.body as ProblemDetails).errors ?? [];
      assert.ok(found?.field?.startsWith(field), `${found?.field} for ${field}`);
    }
    assert.equal((await callWith(central, 'PUT', '/api/v1/alerts/rules', { rules: [] }, revision - 1)).status, 412);
    assert.equal((await central.person.call('PUT', '/api/v1/alerts/rules', { rules: [] })).status, 428);
  });

  test('pages: every alert once, in order, with what was asked', async (engine) => {
    const { central, customer, box } = await newMachine(engine, 'Epsilon');
    const now = central.central.work.clock.now();
    const items = Array.from({ length: 12 }, (_, index) =>
      readingItem(
        index + 1,
        {
          takenAt: at(1, now),
          identity: { serialNumber: `E${index}`, macAddress: null },
          address: `10.0.0.${index}`,
          ...down(['serviceRequested']),
        },
        `d${index}`,
      ),
    );
    await box.report(items);
    await settle(central);
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page += 1) {
      const got = await alertsOf(central, customer, `&rule=service-call&limit=5${cursor}`);
      seen.push(...got.alerts.map(({ id }) => id));
      if (got.next === null) break;
      cursor = `&cursor=${encodeURIComponent(got.next)}`;
    }
    assert.equal(seen.length, 12);
    assert.equal(new Set(seen).size, 12);
    const found = await alertsOf(central, customer, '&q=EPSILON&rule=service-call');
    assert.equal(found.alerts.length, 12);
    assert.equal((await alertsOf(central, customer, '&q=%25')).alerts.length, 0);
  });
});

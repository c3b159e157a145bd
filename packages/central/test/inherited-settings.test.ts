/** Settings of each level are what Today, lists and alerts go by, on both engines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type {
  AlertPage,
  BoxesOfFleet,
  CentralBoxView,
  CentralDeviceView,
  CustomerView,
  FleetGroups,
  FleetPage,
  SiteView,
  TodayView,
} from '@rsb/contract';
import type { CustomerId } from '../src/store/identifiers.ts';
import { sortKey } from '../src/store/sort-key.ts';
import { billingDays, nextBillingDay } from '../src/today/billing-day.ts';
import { item } from './box-peer.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { sentReading } from './sample-items.ts';

const HOUR = 3_600_000;

function reading(seq: number, serial: string, percent: number) {
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  const supply = {
    index: '1.1',
    type: 'toner',
    color: 'black',
    description: null,
    partNumber: null,
    serialNumber: null,
  };
  const supplies = [{ ...supply, percent, state: 'ok', level: percent, capacity: 100, unit: 'percent' }];
  const body = sentReading(
    {
      address: `192.168.10.${seq}`,
      takenAt: at,
      identity: { serialNumber: serial, macAddress: null, hostName: serial },
      status: { state: 'idle', errors: [] } as never,
      supplies: supplies as never,
    },
    `Ricoh:${serial}`,
  );
  return item({ seq, at, body });
}

async function newHouse(engine: EngineForTest) {
  const { central, person, newCustomer, newBox } = await engine.central();
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await person.call('GET', `/api/v1${path}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body as T;
  };
  const call = async <T>(method: string, path: string, body: unknown, headers = {}): Promise<T> => {
    const answer = await person.call(method, `/api/v1${path}`, body, headers);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body as T;
  };
  return {
    work: central.work,
    newCustomer,
    newBox,
    get,
    call,
    put: (path: string, own: unknown, revision = 0) =>
      call('PUT', `${path}/settings`, own, { 'if-match': `"${revision}"` }),
    async until<T>(find: () => Promise<T>, wanted: T): Promise<void> {
      let found: T | undefined;
      for (let turn = 0; turn < 60; turn += 1) {
        await central.work.worker.runUntil(Date.now() + 60_000, ['device', 'alertAll', 'alertBox', 'alertDevice']);
        found = await find();
        if (JSON.stringify(found) === JSON.stringify(wanted)) return;
        await setImmediate();
      }
      assert.deepEqual(found, wanted);
    },
  };
}

overEngines((test) => {
  test('the mark of the nearest level decides what is low, on Today, in the list and for alerts', async (engine) => {
    const { newCustomer, newBox, get, put, until } = await newHouse(engine);
    const customer = await newCustomer('Marks');
    const box = await newBox(customer);
    await box.report([reading(1, 'MARK15', 15), reading(2, 'MARK30', 30)]);
    const low = async () => (await get<TodayView>('/today')).supplies.lines.map(({ name, mark }) => [name, mark]);
    const alerts = async () =>
      (await get<AlertPage>(`/alerts?status=live&rule=supply-low&customer=${customer}`)).alerts.map(
        ({ label }) => label,
      );
    const devices = () => get<CentralDeviceView[]>(`/customers/${customer}/boxes/${box.agent}/devices`);
    await until(async () => (await devices()).filter(({ silentAt }) => silentAt !== null).length, 2);
    assert.deepEqual(await low(), []);
    await put(`/customers/${customer}`, { supplyMark: 20 });
    await until(low, [['MARK15', 20]]);
    await until(alerts, ['MARK15']);
    await put(`/customers/${customer}/boxes/${box.agent}`, { supplyMark: 35 });
    await until(async () => (await low()).length, 2);
    const own = (await devices()).find(({ identity }) => identity?.serialNumber === 'MARK15');
    assert.ok(own);
    await put(`/customers/${customer}/devices/${own.id}`, { supplyMark: 5 });
    await until(low, [['MARK30', 35]]);
    await until(alerts, ['MARK30']);
    assert.deepEqual((await devices()).map(({ supplyMark }) => supplyMark).sort(), [35, 5]);
  });

  test('a box is silent by the hours of its own place: Today, boxes, groups and alerts say the same', async (engine) => {
    const { work, newCustomer, newBox, get, put, call, until } = await newHouse(engine);
    const customer = await newCustomer('Silence');
    const box = await newBox(customer);
    const site = await call<SiteView>('POST', `/customers/${customer}/sites`, { name: 'Hall 2', address: null });
    const store = work.database.forCustomer(Number(customer) as CustomerId);
    await store.boxes.saveHeard(box.agent, Date.now() - 5 * HOUR);
    const said = async () => ({
      today: (await get<TodayView>('/today')).silentBoxes.lines.map((line) => line.box),
      boxes: (await get<BoxesOfFleet>('/fleet/boxes?silent=true')).boxes.map(({ agent }) => agent),
      alerts: (await get<AlertPage>(`/alerts?status=live&rule=box-silent&customer=${customer}`)).alerts.map(
        (a) => a.box,
      ),
      hours: (await get<CentralBoxView[]>(`/customers/${customer}/boxes`)).map(({ silentHours }) => silentHours),
    });
    const silent = (hours: number) => ({ today: [box.agent], boxes: [box.agent], alerts: [box.agent], hours: [hours] });
    const heard = (hours: number) => ({ today: [], boxes: [], alerts: [], hours: [hours] });
    await until(said, heard(26));
    await put(`/customers/${customer}/sites/${site.id}`, { boxSilentHours: 4 });
    await until(said, heard(26));
    await call('PATCH', `/customers/${customer}/boxes/${box.agent}`, { site: site.id });
    await until(said, silent(4));
    await put(`/customers/${customer}/boxes/${box.agent}`, { boxSilentHours: 6 });
    await until(said, heard(6));
    // A box that is enrolled later begins with what holds there.
    await put(`/customers/${customer}`, { boxSilentHours: 48 });
    await newBox(customer);
    assert.deepEqual((await said()).hours.sort(), [48, 6]);
  });

  test('machines are missing before the billing day of their own customer', async (engine) => {
    const { newCustomer, newBox, get, put, until } = await newHouse(engine);
    const [today] = [Temporal.Now.plainDateISO('UTC')];
    const soon = today.add({ days: 2 }).day;
    const before = (await get<TodayView>('/today')).readings;
    const customer = await newCustomer('Billed soon');
    await put(`/customers/${customer}`, { billingDay: soon });
    const box = await newBox(customer);
    await box.report([reading(1, 'BILL01', 60), reading(2, 'BILL02', 60)]);
    const days = async () => {
      const { readings } = await get<TodayView>('/today');
      return [readings, ...readings.later].find(
        ({ billingDay }) => billingDay === nextBillingDay(Date.now(), soon, 'UTC'),
      )?.watched;
    };
    const others = before.billingDay === nextBillingDay(Date.now(), soon, 'UTC') ? before.watched : 0;
    await until(days, 2 + others);
  });

  test('customers stand in the order that people read them in, page by page', async (engine) => {
    const { newCustomer, newBox, get } = await newHouse(engine);
    const names = [
      'Étoile 10',
      'étoile 9',
      'Zebra',
      'Ärzte am Markt',
      'arzt',
      'Łódź',
      'Lo',
      'École',
      'Straße',
      'STRASSE 2',
    ];
    for (const name of names) await newCustomer(name);
    const listed: string[] = [];
    const { person } = await engine.central();
    for (let path: string | null = '/api/v1/customers?limit=3', pages = 0; path !== null && pages < 20; pages += 1) {
      const { body, headers } = await person.call('GET', path);
      listed.push(...(body as CustomerView[]).map(({ name }) => name));
      path = /<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? null;
    }
    const own = listed.filter((name) => names.includes(name));
    assert.deepEqual(own, [
      ...['arzt', 'Ärzte am Markt', 'École', 'étoile 9', 'Étoile 10', 'Lo', 'Łódź', 'Straße', 'STRASSE 2', 'Zebra'],
    ]);
    assert.equal(new Set(listed).size, listed.length, 'no customer on two pages');
    // Groups of the fleet stand in the same order.
    for (const name of ['Zähler', 'Öffnung']) {
      const box = await newBox(await newCustomer(name));
      await box.report([reading(1, `SORT ${name}`, 50)]);
    }
    const house = await newHouse(engine);
    const groups = async () =>
      (await get<FleetGroups>('/fleet/groups?limit=200')).groups
        .map(({ name }) => name)
        .filter((name) => /^[ZÖ]/.test(name));
    await house.until(groups, ['Öffnung', 'Zähler']);
  });

  test('numbers of the dealer’s ERP find a machine that stands in the lists already', async (engine) => {
    const house = await newHouse(engine);
    const customer = await house.newCustomer('Numbered');
    const box = await house.newBox(customer);
    await box.report([reading(1, 'SN44556677', 60)]);
    const found = async (q: string) =>
      (await house.get<FleetPage>(`/fleet?q=${encodeURIComponent(q)}&customer=${customer}`)).machines.map(
        ({ device }) => device.serviceId,
      );
    await house.until(() => found('SN44556677'), [null]);
    const file = 'Client;N° de contrat;N° de série;N° de parc\r\nNumbered;CT-2026/88;SN44556677;PARC-7731\r\n';
    const { person } = await engine.central();
    const { status, body } = await person.call('POST', '/api/v1/imports?dry=false', Buffer.from(file), {
      'content-type': 'text/csv',
    });
    assert.equal(status, 200, JSON.stringify(body));
    for (const q of ['PARC-7731', '7731', 'CT-2026/88', 'sn44556677']) await house.until(() => found(q), ['PARC-7731']);
  });
});

test('the next billing day: zones, short months, and several days that fall on one', () => {
  const at = Date.parse('2027-02-27T23:30:00Z');
  assert.equal(nextBillingDay(at, 31, 'UTC'), '2027-02-28');
  assert.equal(nextBillingDay(at, 27, 'UTC'), '2027-02-27');
  assert.equal(nextBillingDay(at, 27, 'Europe/Paris'), '2027-03-27');
  assert.equal(nextBillingDay(Date.parse('2026-12-31T12:00:00Z'), 5, 'UTC'), '2027-01-05');
  const counts = [29, 31, 5].map((billing_day) => ({ billing_day, watched: 10, missing: 1 }));
  assert.deepEqual(billingDays(counts, at, 'UTC'), [
    { day: '2027-02-28', watched: 20, missing: 2, daysOfMonth: [29, 31] },
    { day: '2027-03-05', watched: 10, missing: 1, daysOfMonth: [5] },
  ]);
});

test('numbers in names sort by their value, accents and capitals do not count', () => {
  const names = ['b 2', 'B 10', 'á', 'A', 'z'];
  const sorted = names.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  assert.deepEqual(sorted, ['á', 'A', 'b 2', 'B 10', 'z']);
  assert.equal(sortKey('  Œuvre\tÉ '), 'oeuvre e');
});

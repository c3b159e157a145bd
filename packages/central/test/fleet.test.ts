/** Today and the fleet over both engines: what a dealer sees of what boxes sent, and what a reader of one customer does not. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type {
  AlertPage,
  BoxesOfFleet,
  CustomerView,
  FleetCounts,
  FleetGroups,
  FleetPage,
  TodayView,
} from '@rsb/contract';
import { instant, manualClock, minutes } from '@rsb/runtime';
import type { CentralWork } from '../src/work.ts';
import { item } from './box-peer.ts';
import { overEngines } from './engines.ts';
import { newTestCentral } from './running-central.ts';
import { sentReading } from './sample-items.ts';

const ago = (hours: number): string => `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;

interface Machine {
  readonly serial: string;
  readonly hours?: number;
  readonly errors?: string[];
  readonly state?: string;
  readonly percent?: number;
  readonly name?: string;
}

/** Until central's own worker, or this one beside it, has worked the readings through. */
async function reached({ worker }: CentralWork, isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) {
    await worker.runUntil(Date.now() + 60_000, ['device']);
    if (await isSo()) return;
    await setImmediate();
  }
  assert.fail('the work does not come to that');
}

let seq = 0;
function reading({ serial, hours = 0, errors = [], state = 'idle', percent = 60, name = serial }: Machine) {
  seq += 1;
  const body = sentReading(
    {
      address: `192.168.10.${seq}`,
      takenAt: ago(hours),
      identity: { serialNumber: serial, macAddress: null, hostName: name },
      status: { state, errors } as never,
      alerts: errors.includes('jammed')
        ? ([{ severity: 'critical', group: 'mediaPath', code: 'jam', text: 'Jam in tray 2', location: null }] as never)
        : [],
      supplies: [
        {
          index: '1.1',
          type: 'toner',
          color: 'black',
          description: null,
          partNumber: null,
          serialNumber: null,
          percent,
          state: 'ok',
          level: percent,
          capacity: 100,
          unit: 'percent',
        },
      ] as never,
    },
    `Ricoh:${serial}`,
  );
  return item({ seq, at: ago(hours), body });
}

function boxState(unreached: readonly object[]) {
  seq += 1;
  const told = { version: '0.2.0', node: '26.10.0', zone: 'Europe/Paris', clock: ago(0) };
  const body = { ...told, storageFreeBytes: null, waiting: 0, quarantined: 0, load: [], unreached };
  return item({ seq, kind: 'boxState', at: ago(0), body });
}

overEngines((test) => {
  test('the day tells what is in trouble, low, silent and missing; lines are answered and wake again', async (engine) => {
    seq = 0;
    const { central, person, newCustomer, newBox } = await engine.central();
    const get = async <T>(path: string): Promise<T> => {
      const { status, body } = await person.call('GET', `/api/v1${path}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body as T;
    };
    const one = await newCustomer('Hôtel <script>alert(1)</script>');
    const two = await newCustomer('Transports Riehl');
    const box = await newBox(one);
    const other = await newBox(two);
    await box.report([
      reading({ serial: 'JAM001', errors: ['jammed'], hours: 2 }),
      reading({ serial: 'DOOR01', errors: ['doorOpen'] }),
      reading({ serial: 'PAPER1', errors: ['noPaper'], state: 'down' }),
      reading({ serial: 'LOW001', percent: 8 }),
      reading({ serial: 'EMPTY1', percent: 0 }),
    ]);
    await other.report([reading({ serial: 'QUIET1', hours: 50 }), reading({ serial: 'FINE01', name: 'Büro Süd 9' })]);
    const unreached = { range: '192.168.10.1-192.168.10.99, !192.168.10.5', reason: 'noWay', since: ago(49) };
    await other.report([boxState([{ ...unreached, range: '10.0.0.0/8' }, unreached])]);
    await reached(central.work, async () => (await get<FleetCounts>('/fleet/counts')).views.all === 7);

    const today = await get<TodayView>('/today');
    assert.deepEqual(
      today.trouble.lines.map(({ name, severity, what, detail }) => [name, severity, what, detail]),
      [
        ['JAM001', 'critical', 'jammed', 'Jam in tray 2'],
        ['DOOR01', 'warning', 'doorOpen', null],
      ],
    );
    assert.deepEqual(
      today.supplies.lines.map(({ name, supplies }) => [name, supplies[0]?.supply, supplies[0]?.percent]),
      [
        ['EMPTY1', 'toner/black', 0],
        ['LOW001', 'toner/black', 8],
      ],
    );
    assert.equal(today.silentBoxes.total, 0);
    const lines = ({ total, lines: all }: TodayView['networks']) => [
      total,
      ...all.map(({ unreached: why, machines, box: agent }) => [why, machines, agent]),
    ];
    const here = { ...unreached, certain: true };
    assert.deepEqual(lines(today.networks), [1, [here, 1, other.agent]]);
    assert.deepEqual(lines({ total: 1, lines: today.readings.networks }), [1, [here, 1, other.agent]]);
    assert.deepEqual([today.silentMachines, today.readings.lines], [{ total: 0, lines: [] }, []]);
    const { boxes } = await get<BoxesOfFleet>('/fleet/boxes');
    assert.deepEqual(
      boxes.map(({ agent, unreached }) => [agent === other.agent, unreached.length]),
      boxes.map(({ agent }) => [agent === other.agent, agent === other.agent ? 2 : 0]),
    );
    assert.deepEqual([today.readings.watched, today.readings.missing], [7, 1]);

    const counts = await get<FleetCounts>('/fleet/counts');
    assert.deepEqual(counts.views, { all: 7, trouble: 2, supplies: 2, silent: 1, old: 1, questions: 0, unwatched: 0 });
    assert.deepEqual([counts.customers, counts.boxes, counts.today], [2, 2, 3]);

    const jam = today.trouble.lines[0];
    assert.ok(jam);
    const attend = async (step: object) => {
      const { customer, subject, cause } = jam;
      const { status } = await person.call('POST', '/api/v1/today/attention', { customer, subject, cause, ...step });
      assert.equal(status, 204);
    };
    await attend({ step: 'acknowledge' });
    await attend({ step: 'assign', to: 'admin' });
    const answered = (await get<TodayView>('/today?mine=true')).trouble;
    assert.deepEqual(
      answered.lines.map(({ attention }) => [attention.acknowledged?.by, attention.assigned?.to]),
      [['admin', 'admin']],
    );
    await attend({ step: 'snooze', hours: 24 });
    assert.deepEqual((await get<TodayView>('/today')).trouble.total, 1);
    const steps = await get<{ step: string; by: string }[]>(
      `/customers/${one}/attention?subject=${encodeURIComponent(jam.subject)}`,
    );
    assert.deepEqual(
      steps.map(({ step, by }) => [step, by]),
      [
        ['snooze', 'admin'],
        ['assign', 'admin'],
        ['acknowledge', 'admin'],
      ],
    );
    // Cleared and jammed anew: another case, which nobody has put off.
    await box.report([reading({ serial: 'JAM001', hours: 1 })]);
    await reached(
      central.work,
      async () =>
        (await get<TodayView>('/today')).trouble.total === 1 &&
        (await get<FleetCounts>('/fleet/counts')).views.trouble === 1,
    );
    await box.report([reading({ serial: 'JAM001', errors: ['serviceRequested'] })]);
    await reached(central.work, async () => (await get<FleetCounts>('/fleet/counts')).views.trouble === 2);
    const again = (await get<TodayView>('/today')).trouble.lines[0];
    assert.deepEqual([again?.name, again?.what, again?.attention.assigned], ['JAM001', 'serviceRequested', null]);

    const groups = await get<FleetGroups>('/fleet/groups');
    assert.deepEqual(
      groups.groups.map(({ name, machines, trouble, severity, supplies, silent }) => [
        name,
        machines,
        trouble,
        severity,
        supplies,
        silent,
      ]),
      [
        ['Hôtel <script>alert(1)</script>', 5, 2, 'critical', 2, 0],
        ['Transports Riehl', 2, 0, null, 0, 1],
      ],
    );
    assert.deepEqual(
      (await get<FleetGroups>('/fleet/groups?view=silent')).groups.map(({ name }) => name),
      ['Transports Riehl'],
    );
  });

  test('lists say how far they are behind what boxes sent, each reader of its own customer', async (engine, t) => {
    const clock = manualClock(instant(Date.now()));
    const { central, person, newCustomer, newBox } = await newTestCentral(t, { ...(await engine.place()), clock });
    const { worker, database } = central.work;
    await worker.close();
    const counts = async () => (await person.call('GET', '/api/v1/fleet/counts')).body as FleetCounts;
    const behind = async () => (await counts()).behind;
    const mine = await newCustomer('Behind');
    const box = await newBox(mine);
    const sent = clock.now();
    await box.report(['A', 'B'].map((serial) => reading({ serial })));
    assert.deepEqual(await behind(), { readings: null, alerts: null });
    assert.equal((await counts()).waiting.readings, 2, 'known from the first moment');
    await clock.advance(minutes(1));
    const since = new Date(sent + 5000).toISOString().replace(/\.\d+Z$/, 'Z');
    const { readings } = await behind();
    assert.deepEqual([readings?.machines, readings?.since?.slice(0, 19)], [2, since.slice(0, 19)]);
    const other = database.sight(1 as never);
    assert.deepEqual(await other.waiting({ kind: 'device', delay: 0 }, clock.now()), { machines: 0, behind: null });
    await worker.runUntil(clock.now(), ['device']);
    await clock.advance(minutes(1));
    const { readings: none, alerts } = await behind();
    assert.deepEqual([none, alerts?.machines], [null, 2]);
  });

  test('pages of the fleet come in every order without a gap or a repeat, and searches find what they name', async (engine) => {
    const { person, central } = await engine.central();
    const get = async <T>(path: string): Promise<T> => {
      const { status, body } = await person.call('GET', `/api/v1${path}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body as T;
    };
    const { total } = await get<FleetPage>('/fleet');
    let pages = 0;
    for (const sort of ['name', 'trouble', 'supply', 'month', 'total', 'read']) {
      for (const order of ['asc', 'desc']) {
        const seen: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
          const page: FleetPage = await get<FleetPage>(`/fleet?sort=${sort}&order=${order}&limit=3${at}`);
          seen.push(...page.machines.map(({ device }) => device.id));
          cursor = page.next;
          pages += 1;
        }
        assert.deepEqual([seen.length, new Set(seen).size], [total, total], `${sort} ${order}`);
      }
    }
    assert.equal(pages, 12 * Math.ceil(total / 3));
    const cases = [
      ['buro sud', 1],
      ['FINE01', 1],
      ['riehl', 2],
      ['script', 5],
      ['riehl quiet', 1],
      ['iet1 ricoh', 1],
      ['ricoh', 7],
      ['icoh', 0],
      ['192.168.10', 7],
      ['hotel 10.4', 1],
      ['hotel', 5],
      ['100%', 0],
      ["'; drop table standing; --", 0],
    ] as const;
    for (const [search, found] of cases)
      assert.equal((await get<FleetPage>(`/fleet?q=${encodeURIComponent(search)}`)).total, found, search);
    const customers = await get<CustomerView[]>('/customers?limit=100');
    for (const [search, found] of cases) {
      const asked = encodeURIComponent(search);
      const within = await Promise.all(customers.map(({ id }) => get<FleetPage>(`/fleet?customer=${id}&q=${asked}`)));
      const sum = within.reduce((machines, page) => machines + page.total, 0);
      assert.equal(sum, found, `${search} within each customer`);
    }
    // Alerts are found by the same words, and by the box that they are about.
    await central.work.worker.runUntil(Date.now() + 120_000);
    const alerts = async (query: string) => (await get<AlertPage>(`/alerts?${query}`)).alerts;
    const service = (await alerts('q=jam001')).map(({ label, condition }) => [label, condition]);
    assert.ok(service.length > 0 && service.every(([label]) => label === 'JAM001'), JSON.stringify(service));
    const ofHotel = await alerts('q=hotel');
    assert.ok(ofHotel.length > service.length && ofHotel.every(({ customerName }) => customerName.startsWith('Hôtel')));
    assert.deepEqual([await alerts('q=hotel%20riehl'), await alerts('q=nothing%20of%20this')], [[], []]);
    assert.deepEqual(await alerts('q=ricoh&status=live'), await alerts('status=live&q=RICOH'));
    const ofMachines = (await alerts('')).filter(({ device }) => device !== null);
    assert.equal((await alerts(`q=ricoh`)).length, ofMachines.length);

    const broken = await person.call('GET', '/api/v1/fleet?cursor=eyJ9.abc');
    assert.equal(broken.status, 422);
    assert.equal((await central.work.database.sight(1 as never).fleet.counts(Date.now())).machines, 0);
  });

  test('a fleet that changes while it is paged: what stayed is there once', async (engine) => {
    const { central, person, newCustomer, newBox } = await engine.central();
    const box = await newBox(await newCustomer('Changing'));
    const names = ['C', 'E', 'G', 'I', 'K', 'M', 'O', 'Q'].map((letter) => `CHG${letter}1`);
    const report = async (added: readonly string[]) => {
      await box.report(added.map((serial) => reading({ serial })));
      await central.work.worker.runUntil(Date.now() + 60_000, ['device']);
    };
    await report(names);
    const asked = `/api/v1/fleet?q=${box.agent}&limit=2`;
    const seen: string[] = [];
    let [cursor, pages] = ['', 0];
    do {
      const { status, body } = await person.call('GET', `${asked}${cursor}`);
      assert.equal(status, 200);
      const page = body as FleetPage;
      seen.push(...page.machines.map(({ device }) => device.identity?.hostName ?? ''));
      cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
      pages += 1;
      // One before the border, one behind it, and one that was on this page is removed at its box.
      if (pages === 2) {
        await report(['CHGA1', 'CHGN1']);
        seq += 1;
        await box.report([
          item({ seq, kind: 'deviceEvent', body: { device: 'Ricoh:CHGE1', event: 'removed', detail: {} } }),
        ]);
        await central.work.worker.runUntil(Date.now() + 60_000, ['device']);
      }
    } while (cursor !== '');
    assert.deepEqual(seen, [...names.slice(0, 6), 'CHGN1', ...names.slice(6)]);
    assert.ok(pages >= 4);
  });
});

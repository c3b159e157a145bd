/** Machines behind a network that a box does not reach: one line of the day, counted exactly, and in hand as one. */
import assert from 'node:assert/strict';
import { test as plainTest } from 'node:test';
import type { FleetCounts, NetworkMachines, TodayView } from '@rsb/contract';
import type { SilentLine } from '../src/store/today-lines.ts';
import { byNetwork } from '../src/today/networks.ts';
import { item } from './box-peer.ts';
import { overEngines } from './engines.ts';
import { sentReading } from './sample-items.ts';

const HOUR = 3_600_000;
const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

overEngines((test) => {
  test('a network out of reach is one line of the day; what is done about it is done about its machines', async (engine) => {
    const { central, person, newCustomer, newBox } = await engine.central();
    const now = central.work.clock.now();
    const mine = await newCustomer('Networks');
    const [box, other] = [await newBox(mine), await newBox(await newCustomer('Elsewhere'))];
    const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await person.call(method, `/api/v1${path}`, body);
      assert.ok(answer.status < 300, JSON.stringify(answer.body));
      return answer.body as T;
    };
    let seq = 0;
    const machine = (name: string, address: string, hoursAgo = 50) => {
      seq += 1;
      const takenAt = iso(now - hoursAgo * HOUR - seq * 1000);
      const identity = { serialNumber: name, macAddress: null, hostName: name };
      return item({ seq, at: takenAt, body: sentReading({ address, takenAt, identity }, `Ricoh:${name}`) });
    };
    const lost = (range: string) => ({ range, reason: 'allSilent', since: iso(now - 49 * HOUR) });
    const boxState = (unreached: readonly object[]) => {
      seq += 1;
      const told = { version: '0.2.0', node: '26.10.0', zone: 'Europe/Paris', clock: iso(now) };
      const body = { ...told, storageFreeBytes: null, waiting: 0, quarantined: 0, load: [], unreached };
      return item({ seq, kind: 'boxState', at: iso(now), body });
    };
    await box.report([
      ...Array.from({ length: 30 }, (_, at) => machine(`A${at}`, `10.1.0.${at + 1}`)),
      ...Array.from({ length: 14 }, (_, at) => machine(`B${at}`, `10.2.0.${at + 1}`)),
      machine('ALONE', '10.3.0.1', 60),
      machine('WELL', '10.1.0.99', 0),
      boxState([lost('10.2.0.0/24'), lost('10.1.0.0/24'), lost('10.9.0.0/24')]),
    ]);
    // The same range elsewhere is another network.
    await other.report([machine('E1', '10.1.0.1'), boxState([lost('10.1.0.0/24')])]);
    const day = () => call<TodayView>('GET', '/today');
    const counts = () => call<FleetCounts>('GET', '/fleet/counts');
    for (let turn = 0; (await counts()).machines < 47; turn += 1) {
      assert.ok(turn < 2000);
      await central.work.worker.runUntil(central.work.clock.now() + 60_000, ['device']);
    }
    const networks = ({ networks: { total, lines } }: TodayView) => [
      total,
      ...lines.map(({ customerName, unreached, machines }) => [customerName, unreached.range, machines]),
    ];
    const first = await day();
    const expected = [
      ['Networks', '10.1.0.0/24', 30],
      ['Networks', '10.2.0.0/24', 14],
      ['Elsewhere', '10.1.0.0/24', 1],
    ];
    assert.deepEqual(networks(first), [3, ...expected]);
    assert.deepEqual([first.silentMachines.total, first.silentMachines.lines.map(({ name }) => name)], [1, ['ALONE']]);
    const { readings } = first;
    const missing = readings.networks.map(({ machines }) => machines);
    assert.deepEqual([readings.missing, missing, readings.lines.map(({ name }) => name)], [46, [30, 14, 1], ['ALONE']]);
    assert.equal((await counts()).today, 4, 'three networks and a machine');
    assert.equal((await counts()).views.silent, 46, 'the fleet counts machines');

    const [big, small] = first.networks.lines;
    assert.ok(big && small);
    const opened = (subject: string) =>
      call<NetworkMachines>('GET', `/customers/${mine}/today/network?subject=${encodeURIComponent(subject)}`);
    const behind = await opened(small.subject);
    assert.deepEqual([behind.total, behind.machines.map(({ name }) => name).sort()[0]], [14, 'B0']);

    // One machine of it was put off before: it is not on the line any more, and wakes with it.
    const act = (line: object, step: object) => {
      const { customer, subject, cause } = line as typeof big;
      return call('POST', '/today/attention', { customer, subject, cause, ...step });
    };
    await act(behind.machines[0] as object, { step: 'snooze', hours: 5 });
    assert.deepEqual(networks(await day())[2], ['Networks', '10.2.0.0/24', 13]);
    await act(small, { step: 'acknowledge' });
    await act(small, { step: 'assign', to: 'admin' });
    const held = (await day()).networks.lines.find(({ subject }) => subject === small.subject);
    assert.deepEqual([held?.attention.acknowledged?.by, held?.attention.assigned?.to], ['admin', 'admin']);
    assert.deepEqual(networks(await call<TodayView>('GET', '/today?mine=true')), [1, ['Networks', '10.2.0.0/24', 13]]);
    await act(small, { step: 'snooze', hours: 5 });
    assert.deepEqual(networks(await day()), [2, expected[0], expected[2]]);
    assert.equal((await counts()).today, 3);
    await act(small, { step: 'wake' });
    assert.deepEqual(networks(await day())[2], ['Networks', '10.2.0.0/24', 14]);

    // Reached again: those that stay silent are silent for themselves.
    await box.report([boxState([lost('10.2.0.0/24')])]);
    const later = await day();
    assert.deepEqual(networks(later)[1], ['Networks', '10.2.0.0/24', 14]);
    assert.equal(later.silentMachines.total, 31);
    // All reached again.
    await box.report([boxState([])]);
    assert.equal((await day()).silentMachines.total, 45);
  });
});

plainTest('a thousand machines of a box are told apart by its networks, none twice', () => {
  const ranges = [
    { range: '10.0.0.0/16, !10.0.9.*', reason: 'noWay', since: iso(0) },
    { range: '10.1.0.0/16', reason: 'allSilent', since: iso(0) },
  ];
  const line = (at: number): SilentLine =>
    ({
      customer_id: 1,
      device_id: at,
      agent: '411223312',
      address: `10.${at % 3}.${Math.floor(at / 100)}.${(at % 100) + 1}`,
      unreached: JSON.stringify(ranges),
      read_at: 0,
    }) as Partial<SilentLine> as SilentLine;
  const lines = Array.from({ length: 1000 }, (_, at) => line(at));
  const { networks, others } = byNetwork(lines);
  const inTwo = lines.filter(({ address }) => /^10\.1\./.test(address)).length;
  const inOne = lines.filter(({ address }) => /^10\.0\.(?!9\.)/.test(address)).length;
  assert.deepEqual(
    networks.map(({ unreached, machines }) => [unreached.reason, machines.length]),
    [
      ['allSilent', inTwo],
      ['noWay', inOne],
    ],
  );
  assert.equal(others.length, 1000 - inOne - inTwo);
  const ids = [...networks.flatMap(({ machines }) => machines), ...others].map(({ device_id }) => device_id);
  assert.equal(new Set(ids).size, 1000);
});

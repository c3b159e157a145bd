/** Central's lists: addresses, order, search, silence, what stays known when the server is away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CentralDeviceView } from '@rsb/contract';
import type { Answer, ApiClient, Problem } from '../src/api/client.ts';
import { deviceRow, matches } from '../src/central/devices/device-row.ts';
import { inOrder } from '../src/central/list-order.ts';
import { createResources } from '../src/central/resources.ts';
import { alertPath, boxPath, customerPath, devicePath, ROUTES, routeOf } from '../src/central/router.ts';
import { isSilent } from '../src/central/silence.ts';
import { supplyOrder } from '../src/reading/supply-order.ts';
import { placeAfter } from '../src/routing/router.ts';

test('every address leads to its page, and back', () => {
  const cases = [
    ['/', 'today'],
    ['/fleet', 'fleet'],
    ['/boxes', 'boxes'],
    ['/customers', 'customers'],
    [customerPath('7'), 'customer'],
    [boxPath('7', '411223312'), 'box'],
    [devicePath('7', 'a/b'), 'device'],
    ['/start', 'start'],
    ['/signin', 'signIn'],
    ['/settings/api', 'api'],
    [alertPath('7', '12'), 'alert'],
    ['/alerts/rules', 'alerts'],
    ['/alerts/7/12/3', 'unknown'],
    ['/customers/7/boxes', 'unknown'],
    ['/customers/7/devices/1/2', 'unknown'],
    ['/elsewhere', 'unknown'],
    ['/%E0%A4%A', 'unknown'],
  ] as const;
  for (const [path, page] of cases) assert.equal(routeOf(path).page, page, path);
  assert.deepEqual(routeOf(devicePath('7', 'a/b')), { page: 'device', customer: '7', device: 'a/b' });
  for (const pattern of ROUTES) assert.notEqual(routeOf(pattern.replaceAll(':', 'x')).page, 'unknown', pattern);
});

test('signing in leads to places of this app alone', () => {
  const cases = [
    ['', '/'],
    ['?to=%2Fcustomers%2F7%3Fq%3Dx', '/customers/7?q=x'],
    ['?to=%2F%2Fevil.test', '/'],
    ['?to=%2F%5Cevil.test', '/'],
    ['?to=https%3A%2F%2Fevil.test', '/'],
    ['?to=%2Fsignin', '/'],
  ] as const;
  for (const [query, to] of cases) assert.equal(placeAfter(query), to, query);
});

test('what has no value comes last in both directions', () => {
  const rows = [3, null, 1, '9007199254740993', 2];
  const key = (count: number | string | null) => ({ count });
  assert.deepEqual(inOrder(rows, key, false), [1, 2, 3, '9007199254740993', null]);
  assert.deepEqual(inOrder(rows, key, true), ['9007199254740993', 3, 2, 1, null]);
  const words = ['10.0.0.9', null, '10.0.0.10'];
  assert.deepEqual(
    inOrder(words, (text) => ({ words: text }), false),
    ['10.0.0.9', '10.0.0.10', null],
  );
});

const NOW = Date.parse('2026-11-24T15:00:00Z');
const device: CentralDeviceView = {
  id: '12',
  customer: '7',
  box: '411223312',
  address: '192.168.10.126',
  kind: 'mfp',
  identity: {
    manufacturer: 'Ricoh',
    model: 'MP C3003',
    serialNumber: 'E153M930272',
    macAddress: '00:26:73:73:d6:60',
    hostName: 'RNP00257373D660',
    location: 'Étage 2',
    assetNumber: null,
    firmware: null,
    sysObjectId: null,
  },
  serviceId: '708189',
  group: null,
  locationNote: null,
  counters: null,
  supplies: null,
  status: { takenAt: '2026-11-24T14:00:00Z', value: { state: 'idle', errors: ['jammed'] } },
  alerts: null,
  completeness: { state: 'complete', missing: [], reasons: {} },
  readings: 3,
  firstHeard: '2026-11-01T00:00:00Z',
  lastHeard: '2026-11-24T14:00:00Z',
  supplyMark: 10,
  silentAt: '2026-11-26T14:00:00Z',
  removedAt: null,
};

test('a machine is found by any of its words, without accents and capitals', () => {
  const row = deviceRow(device, NOW, { locale: 'en' });
  for (const search of ['ricoh c3003', 'etage', 'e153m', '00:26:73', '708189', '411223312', 'paper jam', ''])
    assert.equal(matches(row, search), true, search);
  assert.equal(matches(row, 'ricoh c4502'), false);
});

test('what is not told is no zero; old values and silent machines say so', () => {
  const row = deviceRow(device, NOW, { locale: 'en' });
  assert.deepEqual([row.life.first, row.total.first, row.order.life, row.lowest], [null, null, null, null]);
  assert.deepEqual([row.severity, row.old], ['warning', false]);
  const away: CentralDeviceView = { ...device, completeness: { state: 'unreachable', missing: [], reasons: {} } };
  assert.equal(deviceRow(away, NOW, { locale: 'en' }).state.condition.kind, 'silent');
  assert.equal(deviceRow(device, NOW + 26 * 3_600_000, { locale: 'en' }).old, true);
  assert.equal(deviceRow({ ...device, status: null }, NOW, { locale: 'en' }).old, true);
});

test('silent is what was not heard for more hours than the settings say', () => {
  const heard = '2026-11-24T10:00:00Z';
  const at = Date.parse(heard) + 26 * 3_600_000;
  assert.deepEqual(
    [isSilent(heard, at, 26), isSilent(heard, at + 1, 26), isSilent(heard, 0, 26)],
    [false, true, false],
  );
});

test('supplies stand as they are read: black first, waste last', () => {
  const supply = (type: 'toner' | 'waste' | 'drum', color: 'black' | 'cyan' | 'yellow' | null) => ({
    index: `${type} ${color}`,
    type,
    color,
    description: null,
    partNumber: null,
    serialNumber: null,
    percent: null,
    state: 'unknown' as const,
    level: null,
    capacity: null,
    unit: null,
  });
  const told = [supply('waste', null), supply('drum', 'cyan'), supply('toner', 'yellow'), supply('toner', 'black')];
  assert.deepEqual(
    supplyOrder(told).map((each) => each.index),
    ['toner black', 'toner yellow', 'drum cyan', 'waste null'],
  );
});

test('a value stays when its refreshing fails, and an ended session is noticed', async () => {
  const answers: Answer<unknown>[] = [];
  const client: ApiClient = {
    get: async <T>() => answers.shift() as Answer<T>,
    send: async () => assert.fail('nothing is changed here'),
    stream: async () => assert.fail('nothing is asked here'),
    useToken: () => undefined,
  };
  let ended = 0;
  const resources = createResources({ client, now: () => NOW, onSignedOut: () => (ended += 1) });
  const refused: Problem = { kind: 'problem', status: 401, code: 'signInNeeded', params: {}, errors: [] };
  answers.push(
    { ok: true, value: ['one'] },
    { ok: false, problem: { kind: 'offline' } },
    { ok: false, problem: refused },
  );
  const list = resources.of<readonly string[]>('/customers');
  await Promise.all([resources.refresh('/customers'), resources.refresh('/customers')]);
  assert.deepEqual(list.get(), { value: ['one'], at: NOW, problem: null });
  await resources.refresh('/customers');
  assert.deepEqual(list.get(), { value: ['one'], at: NOW, problem: { kind: 'offline' } });
  assert.equal(ended, 0);
  await resources.refresh('/customers');
  assert.deepEqual([list.get().value, ended, answers.length], [['one'], 1, 0]);
  resources.forget();
  assert.equal(resources.of('/customers').get().value, null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoxView, DeviceView } from '@rsb/contract';
import { type ApiClient, createClient, faultAt, wordProblem } from '../src/api/client.ts';
import { type Connection, createStream } from '../src/api/stream.ts';
import { createBoxLive } from '../src/box/live.ts';
import { FakeEvents } from './mock/fake-events.ts';
import { manualClock } from './mock/manual-clock.ts';
import { mockSettings, mockView } from './mock/mock-settings.ts';
import { seedDevices } from './mock/seed-devices.ts';

const en = { locale: 'en' } as const;
const fr = { locale: 'fr' } as const;

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

function recorded(answers: readonly Response[]) {
  const calls: Call[] = [];
  const left = [...answers];
  const fetchIt = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    calls.push({
      method: init?.method ?? 'GET',
      url: String(url),
      headers: init?.headers as Record<string, string>,
      body: (init?.body ?? null) as string | null,
    });
    const answer = left.shift();
    if (!answer) throw new TypeError('fetch failed');
    return answer;
  };
  return { calls, client: createClient(fetchIt) };
}

const problem = (status: number, code: string, params = {}, errors: readonly object[] = []) =>
  new Response(JSON.stringify({ type: `urn:rsb:${code}`, code, params, errors }), { status });

test('every change carries the token and its revision, reading carries neither', async () => {
  const { calls, client } = recorded([new Response('{"a":1}'), new Response(''), new Response('')]);
  client.useToken('secret-token');
  assert.deepEqual(await client.get('/state'), { ok: true, value: { a: 1 } });
  await client.send('PUT', '/settings', { body: { b: 2 }, ifMatch: 7 });
  await client.send('DELETE', '/session');
  assert.deepEqual(
    calls.map(({ method, url }) => `${method} ${url}`),
    ['GET /api/v1/state', 'PUT /api/v1/settings', 'DELETE /api/v1/session'],
  );
  assert.deepEqual(
    calls.map(({ headers }) => [headers['x-csrf-token'], headers['if-match'], headers['content-type']]),
    [
      [undefined, undefined, undefined],
      ['secret-token', '"7"', 'application/json'],
      ['secret-token', undefined, undefined],
    ],
  );
  assert.equal(calls[1]?.body, '{"b":2}');
});

test('failures are values with the words of the catalogue', async () => {
  const { client } = recorded([
    problem(422, 'rangeTooLarge', { range: '10.0.0.0/2', addresses: 1_073_741_824, most: 65_536 }, [
      { code: 'rangeEmpty', params: {}, field: '/ranges/0/range' },
    ]),
    new Response('<html>proxy</html>', { status: 502 }),
  ]);
  const first = await client.send('POST', '/ranges/check', { body: {} });
  assert.ok(!first.ok);
  assert.match(wordProblem(first.problem, fr), /1\u202f073\u202f741\u202f824/);
  assert.match(faultAt(first.problem, '/ranges/0/range', en) ?? '', /no address/);
  assert.equal(faultAt(first.problem, '/ranges/1/range', en), undefined);
  const page = await client.get('/state');
  assert.ok(!page.ok && page.problem.kind === 'problem' && page.problem.status === 502);
  const gone = await client.get('/state');
  assert.ok(!gone.ok && gone.problem.kind === 'offline');
  assert.equal(wordProblem(gone.problem, en), 'No connection to the server.');
});

test('a lost stream says since when, tries again at growing distances, and starts over once it is back', () => {
  const clock = manualClock();
  const opened: FakeEvents[] = [];
  const states: Connection[] = [];
  const stream = createStream({
    clock,
    open: () => {
      const events = new FakeEvents();
      opened.push(events);
      return events.asEventSource();
    },
    events: ['state'],
    onEvent: () => undefined,
    onConnection: (connection) => states.push(connection),
  });
  stream.start();
  opened[0]?.opened();
  assert.deepEqual(states, [{ state: 'connecting' }, { state: 'live' }]);
  clock.advance(5000);
  opened[0]?.failed();
  const waits: number[] = [];
  for (let turn = 1; turn <= 6; turn += 1) {
    const lost = states.at(-1);
    assert.ok(lost?.state === 'lost');
    assert.equal(lost.since, 5000);
    waits.push(lost.retryAt - clock.monotonic());
    clock.advance(lost.retryAt - clock.monotonic());
    assert.equal(opened.length, turn + 1);
    opened[turn]?.failed();
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15_000, 15_000]);
  stream.retry();
  opened.at(-1)?.opened();
  assert.deepEqual(states.at(-1), { state: 'live' });
  opened.at(-1)?.failed();
  const again = states.at(-1);
  assert.ok(again?.state === 'lost' && again.retryAt - again.since === 1000);
  stream.stop();
  clock.advance(60_000);
  assert.ok(opened.every((events) => events.isClosed));
});

const NOW = Date.parse('2026-11-24T14:24:24Z');

function liveBox() {
  const line = { isDown: false };
  const clock = manualClock();
  const devices = seedDevices(NOW);
  const opened: FakeEvents[] = [];
  const since: (string | null)[] = [];
  const asked: string[] = [];
  /** Held back until it is let go: what a slow line does to the list. */
  const gate: { list: Promise<void> | null; mark: string } = { list: null, mark: 'a1-7' };
  const view: BoxView = mockView(
    {
      as: 'normal',
      settings: mockSettings('normal'),
      devices: new Map(devices.map((device) => [device.id, device])),
      isSetUp: true,
      isSignedIn: true,
      isEnrolled: true,
      scanned: null,
    },
    NOW,
  );
  const answers: Readonly<Record<string, unknown>> = {
    '/state': view,
    '/session': { signedIn: true, csrfToken: 'token' },
  };
  const client: ApiClient = {
    get: async <T>(path: string) => {
      asked.push(path);
      if (line.isDown) return { ok: false, problem: { kind: 'offline' } };
      if (path !== '/devices') return { ok: true, value: answers[path] as T };
      const list = { revision: 1, mark: gate.mark, devices: [...devices] };
      await gate.list;
      return { ok: true, value: list as T };
    },
    send: async () => ({ ok: false, problem: { kind: 'offline' } }),
    stream: async () => ({ ok: false, problem: { kind: 'offline' } }),
    useToken: () => undefined,
  };
  const live = createBoxLive({
    client,
    clock,
    openEvents: (mark) => {
      const events = new FakeEvents();
      opened.push(events);
      since.push(mark);
      return events.asEventSource();
    },
  });
  const lists = () => asked.filter((path) => path === '/devices').length;
  return { line, clock, live, opened, since, asked, lists, gate, devices, view };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('changes of devices are drawn together, and what was missed while the line was down is told by its mark', async () => {
  const { clock, live, opened, since, lists, devices } = liveBox();
  await live.start();
  assert.equal(live.get().devices?.size, 13);
  assert.equal(live.now(), NOW);
  let drawn = 0;
  live.subscribe(() => {
    drawn += 1;
  });
  const [first, second] = devices as readonly [DeviceView, DeviceView];
  opened[0]?.opened();
  drawn = 0;
  opened[0]?.tell('device', { ...first, location: 'Keller' });
  opened[0]?.tell('removed', { id: second.id });
  opened[0]?.tell('mark', { mark: 'a1-9' });
  assert.equal(drawn, 0);
  clock.advance(100);
  assert.equal(drawn, 1);
  assert.equal(live.get().devices?.get(first.id)?.location, 'Keller');
  assert.equal(live.get().devices?.has(second.id), false);
  const changed = live.get().lastChange ?? 0;
  assert.ok(changed > NOW && changed <= NOW + 100);

  opened[0]?.failed();
  clock.advance(1000);
  opened[1]?.opened();
  await settled();
  assert.deepEqual(since, ['a1-7', 'a1-9'], 'the list’s own, then the last that was told');
  assert.equal(lists(), 1, 'nothing is asked for that the box can tell');
});

test('a page that was away for too long asks for everything, and does not believe to have it before it has', async () => {
  const { clock, live, opened, since, lists, gate } = liveBox();
  await live.start();
  opened[0]?.opened();
  live.pause();
  live.resume();
  opened[1]?.opened();
  const slow = Promise.withResolvers<void>();
  gate.list = slow.promise;
  opened[1]?.tell('reload', {});
  opened[1]?.tell('mark', { mark: 'b2-40' });
  assert.equal(lists(), 2);
  // The line breaks before the list is there: the next stream must not begin at what was never seen.
  opened[1]?.failed();
  clock.advance(1000);
  assert.deepEqual(since, ['a1-7', 'a1-7', null]);
  gate.mark = 'b2-41';
  slow.resolve();
  await settled();
  opened[2]?.opened();
  await settled();
  opened[2]?.failed();
  clock.advance(1000);
  assert.notEqual(since[3], null);
});

test('a change that arrives while the list is on its way is not overwritten by it', async () => {
  const { clock, live, opened, gate, devices } = liveBox();
  await live.start();
  opened[0]?.opened();
  const [first] = devices as readonly [DeviceView];
  const slow = Promise.withResolvers<void>();
  gate.list = slow.promise;
  opened[0]?.tell('reload', {});
  opened[0]?.tell('device', { ...first, location: 'Keller' });
  clock.advance(500);
  slow.resolve();
  await settled();
  assert.equal(live.get().devices?.get(first.id)?.location, 'Keller');
});

test('the page goes by the clock of the box, whatever the clock of the reader says', async () => {
  const { clock, live, opened, view } = liveBox();
  await live.start();
  clock.advance(3000);
  assert.equal(live.now(), NOW + 3000);
  opened[0]?.tell('state', { ...view, now: '2026-11-24T15:00:00Z' });
  assert.equal(live.now(), Date.parse('2026-11-24T15:00:00Z'));
});

test('a box that stops answering without a word is asked, and then counts as lost', async () => {
  const { line, clock, live, opened, asked } = liveBox();
  await live.start();
  opened[0]?.opened();
  const states = () => asked.filter((path) => path === '/state').length;
  const before = states();
  clock.advance(20_000);
  await settled();
  assert.equal(states(), before + 1);
  assert.equal(live.get().connection.state, 'live');
  line.isDown = true;
  clock.advance(20_000);
  await settled();
  assert.equal(live.get().connection.state, 'lost');
  assert.equal(opened[0]?.isClosed, true);
  // Values stay, as those of the moment when the line broke.
  assert.equal(live.get().devices?.size, 13);
});

test('a tab that nobody looks at holds no stream, and is told what changed once it is seen again', async () => {
  const { live, opened, since, lists } = liveBox();
  await live.start();
  opened[0]?.opened();
  live.pause();
  assert.equal(opened[0]?.isClosed, true);
  assert.equal(live.get().connection.state, 'connecting');
  live.resume();
  opened[1]?.opened();
  await settled();
  assert.deepEqual([since, lists()], [['a1-7', 'a1-7'], 1]);
});

/** Every route, walked from the server's own table: without a session, and with another customer's ids. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CentralBoxView,
  CentralDeviceView,
  CodeView,
  DeviceHistoryEvent,
  DeviceQuestion,
  DeviceSeries,
  DeviceUsage,
  type Parser,
  parserOf,
  RawReading,
  UsageExplanation,
} from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import Type from 'typebox';
import { newTestCentral, personWith } from './running-central.ts';
import { counters, readingItem } from './sample-items.ts';

const shared = await newTestCentral({ after });
const { central, person, newCustomer, newBox } = shared;

/** Bodies that the routes with one accept. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /api/v1/customers': { name: 'Walk' },
  'POST /api/v1/customers/:customer/codes': { days: 7 },
  'PUT /api/v1/customers/:customer/devices/:device/questions/:question': { answer: 'nothing', reason: 'Board' },
};

/** What the routes that tell something answer with, by the contract. */
const ANSWERS: Readonly<Record<string, Parser<unknown>>> = {
  'POST /api/v1/customers/:customer/codes': parserOf(CodeView),
  'GET /api/v1/customers/:customer/boxes': parserOf(Type.Array(CentralBoxView, { minItems: 1 })),
  'GET /api/v1/customers/:customer/boxes/:agent/devices': parserOf(Type.Array(CentralDeviceView, { minItems: 1 })),
  'GET /api/v1/customers/:customer/devices/:device': parserOf(CentralDeviceView),
  'GET /api/v1/customers/:customer/devices/:device/series': parserOf(DeviceSeries),
  'GET /api/v1/customers/:customer/devices/:device/readings': parserOf(Type.Array(RawReading, { minItems: 1 })),
  'GET /api/v1/customers/:customer/devices/:device/usage': parserOf(DeviceUsage),
  'GET /api/v1/customers/:customer/devices/:device/usage/:day': parserOf(UsageExplanation),
  'GET /api/v1/customers/:customer/devices/:device/events': parserOf(Type.Array(DeviceHistoryEvent, { minItems: 1 })),
  'GET /api/v1/customers/:customer/devices/:device/questions': parserOf(Type.Array(DeviceQuestion, { minItems: 1 })),
  'PUT /api/v1/customers/:customer/devices/:device/questions/:question': parserOf(
    Type.Array(DeviceQuestion, { minItems: 1 }),
  ),
  'GET /api/v1/customers/:customer/devices/:device/readings.ndjson': parserOf(Type.String({ minLength: 100 })),
};

test('spelling a path otherwise opens nothing', async () => {
  const stranger = personWith(central.url, {});
  const ways = [
    (path: string) => `${path}/`,
    (path: string) => path.replace('/api', '//api'),
    (path: string) => path.replace('/v1/', '/./v1/'),
    (path: string) => path.replace('customers', 'Customers'),
    (path: string) => path.replace('customers', '%63ustomers'),
    (path: string) => path.replace('/v1/', '/v1%2f'),
    (path: string) => `${path};session=1`,
    (path: string) => `${path}%00`,
    (path: string) => `${path}?access=open`,
  ];
  let walked = 0;
  for (const path of ['/api/v1/customers', '/api/v1/customers/1/boxes', '/api/v1/customers/1/devices/1/readings']) {
    for (const way of ways) {
      const { status } = await stranger.call('GET', way(path));
      assert.ok([400, 401, 404].includes(status), `${way(path)}: ${status}`);
      walked += 1;
    }
  }
  assert.equal(walked, 3 * ways.length);
});

test('another customer’s ids are not found, on every route that takes one', async () => {
  const ours = await newCustomer('Ours');
  const theirs = await newCustomer('Theirs');
  const ourBox = await newBox(ours);
  const theirBox = await newBox(theirs);
  const now = central.work.clock.now();
  const jumping = Array.from({ length: 30 }, (_, hour) =>
    readingItem(hour + 1, {
      takenAt: isoInstant(instant(now - (30 - hour) * 3_600_000)),
      counters: counters(83_000 + hour + (hour < 20 ? 0 : 500_000)),
    }),
  );
  await ourBox.report(jumping);
  await theirBox.report(jumping);
  await central.work.worker.runUntil(now + 60_000);
  const deviceOf = async (customer: string, agent: string) => {
    const { body } = await person.call('GET', `/api/v1/customers/${customer}/boxes/${agent}/devices`);
    return (body as CentralDeviceView[])[0]?.id ?? '';
  };
  const device = await deviceOf(ours, ourBox.agent);
  const { body: questions } = await person.call('GET', `/api/v1/customers/${ours}/devices/${device}/questions`);
  const question = (questions as DeviceQuestion[])[0]?.key ?? '';
  const asked = { question, day: isoInstant(instant(now)).slice(0, 10) };
  const own = { customer: ours, agent: ourBox.agent, device: await deviceOf(ours, ourBox.agent), ...asked };
  const foreign = { customer: ours, agent: theirBox.agent, device: await deviceOf(theirs, theirBox.agent), ...asked };
  const nobody = { customer: '123456789', agent: ourBox.agent, device: own.device, ...asked };
  const nonsense = { customer: '0x10', agent: '../1', device: '1e3', ...asked };
  const fill = (url: string, ids: Readonly<Record<string, string>>) =>
    url.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(ids[name] ?? ''));

  const walked = { own: 0, foreign: 0, nobody: 0, nonsense: 0 };
  for (const { method, url } of central.routes) {
    if (!(ANSWERS[`${method} ${url}`] || `${method} ${url}` === 'DELETE /api/v1/customers/:customer/boxes/:agent'))
      continue;
    const body = BODIES[`${method} ${url}`];
    const expectNotFound = async (kind: 'foreign' | 'nobody' | 'nonsense', ids: Readonly<Record<string, string>>) => {
      const answer = await person.call(method, fill(url, ids), body);
      assert.equal(answer.status, 404, `${kind}: ${method} ${url}`);
      assert.equal((answer.body as { code: string }).code, 'notFound');
      walked[kind] += 1;
    };
    if (/:agent|:device/.test(url)) await expectNotFound('foreign', foreign);
    await expectNotFound('nobody', nobody);
    await expectNotFound('nonsense', nonsense);
    const parse = ANSWERS[`${method} ${url}`];
    if (parse) {
      const answer = await person.call(method, fill(url, own), body);
      assert.ok(answer.status === 200 || answer.status === 201, `own: ${method} ${url}: ${answer.status}`);
      assert.deepEqual(parse(answer.body), { ok: true, value: answer.body });
      walked.own += 1;
    }
  }
  assert.equal(walked.own, Object.keys(ANSWERS).length);
  assert.ok(walked.foreign >= 11 && walked.nobody === walked.nonsense, JSON.stringify(walked));
  const boxes = (await person.call('GET', `/api/v1/customers/${theirs}/boxes`)).body as { revokedAt: string | null }[];
  assert.deepEqual(
    boxes.map(({ revokedAt }) => revokedAt),
    [null],
    'the foreign box was not revoked on the way',
  );
});

test('a box that asks like a person is a stranger, and a person cannot report', async () => {
  const customer = await newCustomer('Roles');
  const box = await newBox(customer);
  const asPerson = await box.send({ method: 'POST', path: '/api/v1/customers', json: '{"name":"x"}' });
  assert.equal(asPerson.status, 401);
  const { status } = await person.call('POST', '/api/v1/reports', { contract: 1, box: box.agent, items: [] });
  assert.equal(status, 400);
});

test('what is asked wrongly is answered by its reason', async () => {
  const customer = await newCustomer('Wrong');
  const box = await newBox(customer);
  await box.report([readingItem(1)]);
  const { body: found } = await person.call('GET', `/api/v1/customers/${customer}/boxes/${box.agent}/devices`);
  const device = `/api/v1/customers/${customer}/devices/${(found as CentralDeviceView[])[0]?.id}`;
  const cases: readonly [string, string, unknown, number, string][] = [
    ['GET', '/api/v1/nowhere', undefined, 404, 'notFound'],
    ['PUT', '/api/v1/customers', { name: 'x' }, 405, 'methodNotAllowed'],
    ['POST', '/api/v1/customers', { name: '' }, 400, 'bodyInvalid'],
    ['POST', '/api/v1/customers', { name: '   ' }, 422, 'fieldInvalid'],
    ['POST', '/api/v1/customers', { name: 17 }, 400, 'bodyInvalid'],
    ['POST', '/api/v1/customers', { name: null }, 400, 'bodyInvalid'],
    ['POST', '/api/v1/customers', { name: 'x'.repeat(256) }, 400, 'bodyInvalid'],
    ['POST', '/api/v1/customers', { name: 'x'.repeat(70_000) }, 413, 'bodyTooLarge'],
    ['POST', '/api/v1/customers', [], 400, 'bodyInvalid'],
    ['GET', `${device}/series?from=yesterday`, undefined, 422, 'fieldInvalid'],
    ['GET', `${device}/series?to=2026-13-45`, undefined, 422, 'fieldInvalid'],
    ['GET', `${device}/readings?limit=0`, undefined, 422, 'fieldInvalid'],
    ['GET', `${device}/readings?limit=ten`, undefined, 422, 'fieldInvalid'],
    ['GET', `${device}/readings?before=nonsense`, undefined, 422, 'fieldInvalid'],
  ];
  for (const [method, path, body, status, code] of cases) {
    const answer = await person.call(method, path, body);
    assert.deepEqual([answer.status, (answer.body as { code: string }).code], [status, code], `${method} ${path}`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  }
});

test('names like __proto__ are names', async () => {
  for (const name of ['__proto__', 'constructor', '<img src=x onerror=alert(1)>']) {
    const { status, body } = await person.call('POST', '/api/v1/customers', { name });
    assert.deepEqual([status, (body as { name: string }).name], [201, name]);
  }
  const { status } = await person.call('POST', '/api/v1/customers', JSON.parse('{"__proto__":{"name":"x"}}'));
  assert.equal(status, 400);
});

test('a fault is worded in the reader’s language', async () => {
  const titles = await Promise.all(
    ['en', 'fr-CH, fr;q=0.9', 'de'].map(async (language) => {
      const answer = await fetch(`${central.url}/api/v1/nowhere`, { headers: { 'accept-language': language } });
      return ((await answer.json()) as { title: string }).title;
    }),
  );
  assert.equal(new Set(titles).size, 3);
});

test('health says that it lives and nothing more', async () => {
  const answer = await fetch(`${central.url}/health`);
  assert.deepEqual(await answer.json(), { status: 'ok' });
});

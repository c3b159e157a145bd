/** Who may call what: the table of routes, held against what the server really does, in both directions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fault, type SettingsInput } from '@rsb/contract';
import { failure, silentLog, success, systemClock, systemRandom } from '@rsb/runtime';
import { buildServer } from '../src/api/index.ts';
import { createPeople, createSessions } from '../src/people/index.ts';
import { createChangeLog, createSettings, defaultSettings } from '../src/settings/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';
import type { Vault } from '../src/store/vault.ts';
import { asInput, PASSWORD, problem, startTestBox } from './box-at-work.ts';
import { BODIES, ROUTES, SIGNED_IN, split } from './box-routes.ts';

async function routesOfServer() {
  const db = openDatabase(':memory:');
  migrate(db);
  const clock = systemClock();
  const random = systemRandom();
  const changeLog = createChangeLog(db, clock);
  const vault: Vault = { find: () => null, save: () => {}, setAt: () => null, derive: () => Buffer.alloc(32) };
  const defaults = defaultSettings({ zone: 'UTC', language: 'en' });
  const { app, routes } = await buildServer({
    service: {
      view: () => assert.fail('not called'),
      deviceList: () => ({ revision: 0, devices: [] }),
      deviceListText: { json: () => '{}', packed: async () => new Uint8Array() },
      findDevice: () => null,
      latestReadings: () => null,
      machines: { history: () => null, log: () => null, origins: () => null, forget: () => failure(fault('notFound')) },
      loadPages: { estimate: () => failure(fault('notFound')), load: () => assert.fail('not called') },
      addresses: { pingOnly: () => ({ addresses: [], count: 0 }), test: async () => failure(fault('notFound')) },
      patchDevices: () => ({ revision: 0, devices: [] }),
      readNow: async () => failure(fault('notFound')),
      startScan: () => success(null),
      stopScan: async () => {},
      enrol: async () => success(null),
      proposals: {
        list: () => assert.fail('not called'),
        ask: () => assert.fail('not called'),
        answer: () => failure(fault('notFound')),
      },
      expected: () => ({ expected: null, found: 0, missing: [] }),
      networks: () => [],
      mark: () => 'a1-1',
      changedSince: () => [],
      subscribe: () => () => {},
      disclosure: {
        summary: () => assert.fail('not called'),
        sent: () => assert.fail('not called'),
        allSent: () => assert.fail('not called'),
        payload: () => null,
        waiting: () => assert.fail('not called'),
        objects: () => assert.fail('not called'),
        change: () => assert.fail('not called'),
      },
      health: {
        view: () => assert.fail('not called'),
        selfTest: () => assert.fail('not called'),
        lineCheck: () => assert.fail('not called'),
        log: () => assert.fail('not called'),
      },
    },
    settings: createSettings({ db, vault, changeLog, defaults }),
    changeLog,
    people: createPeople({ db, facts: createFacts(db), clock, random, zone: () => 'UTC' }),
    backup: {
      make: () => assert.fail('not called'),
      check: () => assert.fail('not called'),
      restore: () => assert.fail('not called'),
    },
    certificates: {
      current: () => assert.fail('not called'),
      view: () => assert.fail('not called'),
      renew: async () => {},
      useCustomers: () => failure(fault('certificateInvalid')),
      useOwn: () => {},
      onChange: () => {},
    },
    sessions: createSessions(db, clock),
    clock,
    log: silentLog(),
    webRoot: '/nowhere',
    cookieSecret: 'x'.repeat(32),
    ownNames: [],
    version: '0.0.0-test',
  });
  await app.ready();
  const document = app.swagger() as { readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  await app.close();
  db.close();
  return { routes, document };
}

test('the table above and the server’s own table are the same', async () => {
  const { routes } = await routesOfServer();
  const told = routes.map(({ method, url, access }) => `${access} ${method} ${url.replace('/api/v1', '')}`);
  const expected = Object.entries(ROUTES).flatMap(([access, list]) => list.map((route) => `${access} ${route}`));
  assert.deepEqual(told.sort(), expected.sort());
  assert.ok(told.length > 30, `${told.length} routes`);
});

test('the API’s own document describes every route, and no other', async () => {
  const { routes, document } = await routesOfServer();
  const described = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const expected = routes.map(({ method, url }) => `${method} ${url.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`);
  assert.deepEqual(described.sort(), [...expected, 'GET /metrics'].sort());
  assert.ok(expected.length > 30);
});

describe('before the first start is done', () => {
  test('every route but the open ones asks for the set-up code', async (t) => {
    const box = await startTestBox(t);
    let asked = 0;
    for (const route of [...ROUTES.reading, ...SIGNED_IN]) {
      const [method, path] = split(route);
      const answer = await box.reader.call(method, path, BODIES[route]);
      assert.equal(answer.status, 403, route);
      assert.equal(problem(answer).code, 'setupCodeNeeded', route);
      asked += 1;
    }
    assert.equal(asked, ROUTES.reading.length + SIGNED_IN.length);
  });

  test('the state says that much and no more', async (t) => {
    const box = await startTestBox(t);
    const state = await box.reader.ask<Record<string, unknown>>('GET', '/state');
    assert.equal(state['setup'], 'codeNeeded');
    assert.equal(state['signedIn'], false);
    assert.equal(state['agent'], null);
    assert.equal(state['nextScan'], null);
  });
});

describe('afterwards', () => {
  test('who has not signed in may read, and change nothing', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const stranger = box.stranger();
    let asked = 0;
    for (const route of SIGNED_IN) {
      const [method, path] = split(route);
      const answer = await stranger.call(method, path, BODIES[route]);
      assert.equal(problem(answer).code, 'signInNeeded', route);
      assert.equal(answer.status, 401, route);
      asked += 1;
    }
    assert.equal(asked, SIGNED_IN.length);
    assert.equal((await stranger.call('GET', '/devices')).status, 200);
    assert.equal(problem(await stranger.call('GET', '/devices/nobody/readings/latest')).code, 'notFound');
    assert.equal((await stranger.call('GET', '/state')).status, 200);
  });

  test('reading can be closed', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    await box.settings((settings) => ({ ...settings, openReading: false }));
    const stranger = box.stranger();
    for (const route of ROUTES.reading) {
      const [method, path] = split(route);
      assert.equal(problem(await stranger.call(method, path)).code, 'signInNeeded', route);
    }
    const state = await stranger.ask<Record<string, unknown>>('GET', '/state');
    assert.deepEqual([state['openReading'], state['nextScan'], state['ranges']], [false, null, 0]);
    assert.equal((await box.reader.call('GET', '/devices')).status, 200);
  });

  test('a session without its token changes nothing', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    let asked = 0;
    for (const token of [null, 'x', 'a'.repeat(52)]) {
      box.reader.useToken(token);
      for (const route of SIGNED_IN) {
        const [method, path] = split(route);
        if (method === 'GET') continue;
        const answer = await box.reader.call(method, path, BODIES[route]);
        assert.equal(problem(answer).code, 'csrfRefused', route);
        asked += 1;
      }
    }
    assert.equal(asked, 3 * SIGNED_IN.filter((route) => !route.startsWith('GET ')).length);
    assert.equal((await box.reader.call('GET', '/settings')).status, 200, 'and is still signed in');
  });

  test('another page’s request changes nothing, even where no session is needed', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    for (const origin of ['http://evil.example', 'null', 'https://127.0.0.1:1']) {
      for (const [method, path, body] of [
        ['POST', '/session', { password: PASSWORD }],
        ['POST', '/ranges/check', { range: '10.0.0.1' }],
      ] as const) {
        assert.equal(problem(await box.reader.call(method, path, body, { origin })).code, 'csrfRefused');
      }
    }
    const own = await box.reader.call('POST', '/ranges/check', { range: '10.0.0.1' }, { origin: box.url });
    assert.equal(own.status, 200);
  });

  test('with a session and its token every route is open', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const settings = asInput(await box.reader.ask<SettingsInput>('GET', '/settings'));
    const expected: Readonly<Record<string, string>> = {
      'POST /scan': '409 noRanges',
      'DELETE /scan': '200',
      'POST /enrolment': '422 urlInvalid',
      'PATCH /devices': '200',
      'POST /devices/:id/read': '404 notFound',
      'DELETE /devices/:id': '404 notFound',
      'GET /settings': '200',
      'PUT /settings': '428 revisionMissing',
      'POST /ranges/check': '422 rangeInvalid',
      'POST /ranges/estimate': '422 rangeInvalid',
      'GET /networks': '200',
      'GET /ping-only': '200',
      'POST /test': '422 addressOutside',
      'GET /changes': '200',
      'PUT /password': '401 passwordWrong',
      'PUT /disclosure': '200',
      'GET /proposals': '200',
      'POST /proposals/ask': '200',
      'POST /proposals/:id/answer': '404 notFound',
      'GET /certificate': '200',
      'POST /backup': '200',
      'POST /restore/check': '422 backupInvalid',
      'POST /restore': '428 revisionMissing',
      'PUT /certificate': '422 certificateInvalid',
      'DELETE /certificate': '200',
      'GET /people': '200',
      'POST /people': '422 passwordTooShort',
      'PATCH /people/:name': '422 personUnknown',
      'GET /sessions': '200',
      'DELETE /sessions/:id': '404 notFound',
      'POST /health/test': '200',
      'GET /health/log': '200',
      'POST /line-check': '200',
      'DELETE /session': '200',
    };
    const told: Record<string, string> = {};
    // Signing out comes last.
    for (const route of Object.keys(expected)) {
      const [method, path] = split(route);
      const answer = await box.reader.call(method, path, route === 'PUT /settings' ? settings : BODIES[route]);
      told[route] = answer.status < 300 ? String(answer.status) : `${answer.status} ${problem(answer).code}`;
    }
    assert.deepEqual(told, expected);
    assert.deepEqual(Object.keys(expected).sort(), [...SIGNED_IN].sort());
    assert.equal(problem(await box.reader.call('GET', '/settings')).code, 'signInNeeded', 'signed out');
  });
});

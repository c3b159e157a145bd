/** The local API over real HTTP: first start, sign-in, settings, and requests that are not as they should be. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import type { ChangeList, NetworkList, RangeCheck, SessionView, SettingsInput, SettingsView } from '@rsb/contract';
import { hours, instant, manualClock } from '@rsb/runtime';
import { asInput, PASSWORD, problem, rangeSetting, startTestBox, type TestBox } from './box-at-work.ts';

describe('people', () => {
  test('the first start, from the code to a session, over the API', async (t) => {
    const box = await startTestBox(t);
    assert.match(box.setupCode ?? '', /^\w{4}-\w{4}-\w{4}$/);
    assert.deepEqual(await box.reader.ask('GET', '/session'), {
      signedIn: false,
      csrfToken: null,
      person: null,
      secureUrl: null,
    });
    const wrong = await box.reader.call('POST', '/setup', { code: 'AAAA-BBBB-CCCC', password: PASSWORD });
    assert.equal(problem(wrong).code, 'setupCodeWrong');
    assert.deepEqual(
      problem(wrong).errors?.map(({ field }) => field),
      ['/code'],
    );
    const short = await box.reader.call('POST', '/setup', { code: box.setupCode, password: 'short' });
    assert.deepEqual([problem(short).code, problem(short).params], ['passwordTooShort', { least: 10 }]);
    const done = await box.reader.call<SessionView>('POST', '/setup', {
      code: box.setupCode,
      password: PASSWORD,
      language: 'fr',
    });
    assert.equal(done.status, 200);
    assert.equal(done.body.signedIn, true);
    const cookie = done.headers.getSetCookie().find((each) => each.startsWith('rsb_box='));
    assert.match(cookie ?? '', /HttpOnly/);
    assert.match(cookie ?? '', /SameSite=Strict/);
    box.reader.useToken(done.body.csrfToken);
    assert.equal((await box.reader.ask<SettingsView>('GET', '/settings')).language, 'fr');
    assert.equal(
      problem(await box.stranger().call('POST', '/setup', { code: box.setupCode, password: PASSWORD })).code,
      'setupDone',
    );
    await box.restart();
    assert.equal(box.setupCode, null);
    assert.equal((await box.reader.call('GET', '/settings')).status, 200, 'a restart signs nobody out');
  });

  test('ten wrong passwords: five tries, then a pause that is said in seconds', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const stranger = box.stranger();
    const codes: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      const answer = await stranger.call('POST', '/session', { password: `wrong ${count}` });
      codes.push(`${answer.status} ${problem(answer).code}`);
      if (answer.status === 429) {
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
        assert.ok(Number(problem(answer).params['seconds']) > 0);
      }
    }
    assert.deepEqual(codes.slice(0, 5), Array(5).fill('401 passwordWrong'));
    assert.deepEqual(codes.slice(5), Array(5).fill('429 tooManyRequests'));
  });

  test('a session ends after twelve idle hours, and with a change of password elsewhere', async (t) => {
    const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));
    const box = await startTestBox(t, { clock });
    await box.setUp();
    const other = box.stranger();
    const signed = await other.ask<SessionView>('POST', '/session', { password: PASSWORD });
    other.useToken(signed.csrfToken);
    clock.jump(instant(clock.now() + hours(11)));
    assert.equal((await box.reader.call('GET', '/settings')).status, 200);
    clock.jump(instant(clock.now() + hours(2)));
    assert.equal((await box.reader.call('GET', '/settings')).status, 200, 'used two hours ago');
    assert.equal((await other.call('GET', '/settings')).status, 401, 'idle for thirteen');
    const again = await other.ask<SessionView>('POST', '/session', { password: PASSWORD });
    other.useToken(again.csrfToken);
    await box.reader.ask('PUT', '/password', { current: PASSWORD, next: 'another password' });
    assert.equal((await box.reader.call('GET', '/settings')).status, 200);
    assert.equal((await other.call('GET', '/settings')).status, 401);
  });

  test('a session id that was planted before sign-in is worth nothing', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const reader = box.stranger();
    const first = await reader.call('POST', '/session', { password: PASSWORD });
    const second = await reader.call('POST', '/session', { password: PASSWORD });
    assert.notEqual(first.headers.getSetCookie()[0], second.headers.getSetCookie()[0]);
    const forged = await fetch(`${box.url}/api/v1/settings`, { headers: { cookie: 'rsb_box=abc.def' } });
    assert.equal(forged.status, 401);
  });
});

describe('settings', () => {
  const load = (box: TestBox) => box.reader.call<SettingsView>('GET', '/settings');
  const save = (box: TestBox, settings: unknown, revision: string | undefined) =>
    box.reader.call('PUT', '/settings', settings, revision === undefined ? {} : { 'if-match': revision });

  test('a stale save of a second tab is refused and changes nothing', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const { body, headers } = await load(box);
    const etag = headers.get('etag') ?? '';
    assert.equal(etag, `"${body.revision}"`);
    const input = asInput(body as unknown as SettingsInput);
    const first = await save(box, { ...input, supplyMark: 12 }, etag);
    assert.equal(first.status, 200);
    assert.equal(first.headers.get('etag'), `"${body.revision + 1}"`);
    const second = await save(box, { ...input, supplyMark: 30 }, etag);
    assert.deepEqual([second.status, problem(second).code], [412, 'settingsStale']);
    for (const header of ['*', '"x"', 'W/', '"-1"']) {
      assert.equal(problem(await save(box, input, header)).code, 'settingsStale', header);
    }
    assert.equal(problem(await save(box, input, undefined)).code, 'revisionMissing');
    assert.equal((await load(box)).body.supplyMark, 12);
  });

  test('faults come at their fields, in the reader’s language', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const { body, headers } = await load(box);
    const input = asInput(body as unknown as SettingsInput);
    const ranges = [rangeSetting('10.0.0.0/40'), rangeSetting('10.1.0.0/24'), rangeSetting('10.1.0.9')];
    const titles: string[] = [];
    for (const language of ['en-GB', 'fr-CH, en;q=0.5', 'de']) {
      const answer = await box.reader.call(
        'PUT',
        '/settings',
        { ...input, ranges },
        {
          'if-match': headers.get('etag') ?? '',
          'accept-language': language,
        },
      );
      assert.equal(answer.status, 422);
      const { type, errors, title } = problem(answer);
      assert.equal(type, 'urn:rsb:rangeInvalid');
      assert.deepEqual(
        errors?.map(({ code, field }) => [code, field]),
        [
          ['rangeInvalid', '/ranges/0/range'],
          ['rangeOverlap', '/ranges/2/range'],
        ],
      );
      titles.push(title);
    }
    assert.equal(new Set(titles).size, 3);
    assert.ok(titles.every((title) => title.includes('10.0.0.0/40')));
  });

  test('a range is checked as it is typed', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const check = await box.reader.ask<RangeCheck>('POST', '/ranges/check', { range: '192.168.1.7/24' });
    assert.deepEqual(check, {
      addresses: 254,
      first: '192.168.1.1',
      last: '192.168.1.254',
      normalized: '192.168.1.0/24',
    });
    for (const [range, code] of [
      ['10.0.0.0/40', 'rangeInvalid'],
      ['10.0.0.0/8', 'rangeTooLarge'],
      ['8.8.8.8', 'rangePublic'],
      ['', 'rangeEmpty'],
    ] as const) {
      const answer = await box.reader.call('POST', '/ranges/check', { range });
      assert.deepEqual([answer.status, problem(answer).code], [422, code], range);
      assert.equal(problem(answer).errors?.[0]?.field, '/range');
    }
  });

  test('the change log tells of settings and devices, and of no secret', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    await box.settings((settings) => ({
      ...settings,
      supplyMark: 17,
      credentials: [...settings.credentials, { id: 'x', version: 'v1', community: 'canary' }],
    }));
    const { changes } = await box.reader.ask<ChangeList>('GET', '/changes');
    const mark = changes.find(({ path }) => path === '/supplyMark');
    assert.deepEqual([mark?.who, mark?.old, mark?.new], ['admin (127.0.0.1)', '10', '17']);
    assert.ok(changes.some(({ path, who }) => path === '/password' && who === 'setup'));
    assert.ok(!JSON.stringify(changes).includes('canary'));
    assert.ok(!JSON.stringify((await load(box)).body).includes('canary'));
  });

  test('own networks are proposed; loopback, containers and tunnels are not', async (t) => {
    const ipv4 = (address: string, prefix: number, internal = false) => ({
      address,
      netmask: '255.255.255.0',
      family: 'IPv4' as const,
      mac: '00:00:00:00:00:00',
      internal,
      cidr: `${address}/${prefix}`,
    });
    const box = await startTestBox(t, {
      interfaces: () => ({
        lo: [ipv4('127.0.0.1', 8, true)],
        eth0: [ipv4('192.168.1.20', 24)],
        'eth0.7': [ipv4('10.7.0.5', 8)],
        wlan0: [ipv4('192.168.1.77', 24), ipv4('169.254.3.3', 16)],
        docker0: [ipv4('172.17.0.1', 16)],
        'br-1f2e': [ipv4('172.18.0.1', 16)],
        veth12ab: [ipv4('172.19.0.1', 16)],
        virbr0: [ipv4('192.168.122.1', 24)],
        tun0: [ipv4('10.8.0.2', 24)],
      }),
    });
    await box.setUp();
    const { networks } = await box.reader.ask<NetworkList>('GET', '/networks');
    assert.deepEqual(networks, [
      { interface: 'eth0', address: '192.168.1.20', range: '192.168.1.0/24', addresses: 254 },
      { interface: 'eth0.7', address: '10.7.0.5', range: '10.7.0.0/16', addresses: 65534 },
    ]);
  });
});

describe('requests that are not as they should be', () => {
  test('types are not made to fit, and what is wrong is said with its path', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const { body, headers } = await box.reader.call<SettingsInput>('GET', '/settings');
    const input = asInput(body);
    const wrong: readonly (readonly [string, unknown, string])[] = [
      ['a text for a number', { ...input, supplyMark: '12' }, '/supplyMark'],
      ['null for a number', { ...input, snmpPort: null }, '/snmpPort'],
      ['a number for a truth', { ...input, openReading: 1 }, '/openReading'],
      ['a list for a text', { ...input, zone: ['Europe/Paris'] }, '/zone'],
      ['25 o’clock', { ...input, times: { ...input.times, scan: '25:00' } }, '/times/scan'],
      ['an interval of a minute', { ...input, times: { ...input.times, counters: 1 } }, '/times/counters'],
      [
        'a rate below zero',
        { ...input, ranges: [rangeSetting('10.0.0.1', { packetsPerSecond: -1 })] },
        '/ranges/0/packetsPerSecond',
      ],
      ['a language that is not spoken', { ...input, language: 'it' }, '/language'],
    ];
    for (const [name, sent, path] of wrong) {
      const answer = await box.reader.call('PUT', '/settings', sent, { 'if-match': headers.get('etag') ?? '' });
      assert.deepEqual([answer.status, problem(answer).code], [400, 'bodyInvalid'], name);
      assert.ok(
        problem(answer).errors?.some(({ field }) => field === path),
        `${name}: ${JSON.stringify(answer.body)}`,
      );
    }
    assert.equal(wrong.length, 8);
  });

  test('broken and hostile bodies', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const bodies: readonly (readonly [string, string, string, number, string])[] = [
      ['no JSON', '{"range": ', 'application/json', 400, 'bodyInvalid'],
      ['nothing', '', 'application/json', 400, 'bodyInvalid'],
      ['a bare text', '"10.0.0.1"', 'application/json', 400, 'bodyInvalid'],
      ['__proto__', '{"range":"10.0.0.1","__proto__":{"admin":true}}', 'application/json', 400, 'bodyInvalid'],
      [
        'constructor.prototype',
        '{"range":"10.0.0.1","constructor":{"prototype":{"x":1}}}',
        'application/json',
        400,
        'bodyInvalid',
      ],
      ['a form', 'range=10.0.0.1', 'application/x-www-form-urlencoded', 415, 'unsupportedMedia'],
      ['XML', '<range/>', 'application/xml', 415, 'unsupportedMedia'],
      ['too much', JSON.stringify({ range: 'x'.repeat(600_000) }), 'application/json', 413, 'bodyTooLarge'],
    ];
    for (const [name, sent, type, status, code] of bodies) {
      const answer = await box.reader.call('POST', '/ranges/check', sent, { 'content-type': type });
      assert.deepEqual([answer.status, problem(answer).code], [status, code], name);
    }
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);
    const proposal = await box.reader.call('PATCH', '/devices', { ids: Array(20_000).fill('x'), set: {} });
    assert.equal(problem(proposal).code, 'bodyInvalid');
  });

  test('wrong places and methods', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const cases: readonly (readonly [string, string, number, string])[] = [
      ['GET', '/nothing', 404, 'notFound'],
      ['GET', '/../../etc/passwd', 404, 'notFound'],
      ['GET', '/devices/%00/readings/latest', 404, 'notFound'],
      ['GET', `/devices/${'x'.repeat(900)}/readings/latest`, 404, 'notFound'],
      ['GET', '/devices/%ff/readings/latest', 404, 'notFound'],
      ['GET', '/scan', 405, 'methodNotAllowed'],
      ['PUT', '/devices', 405, 'methodNotAllowed'],
      ['DELETE', '/devices/x/read', 405, 'methodNotAllowed'],
    ];
    for (const [method, path, status, code] of cases) {
      const answer = await box.reader.call(method, path);
      assert.deepEqual([answer.status, problem(answer).code], [status, code], `${method} ${path}`);
    }
    assert.match((await box.reader.call('GET', '/scan')).headers.get('allow') ?? '', /POST, DELETE/);
  });

  test('foreign host names are refused, also for the page; addresses and known names are not', async (t) => {
    const box = await startTestBox(t, { ownNames: ['rsbox'] });
    await box.setUp();
    await box.settings((settings) => ({ ...settings, hostNames: ['Box.Test'] }));
    const port = new URL(box.url).port;
    const statusFor = (host: string, path: string) =>
      new Promise<string>((resolve, reject) => {
        const sent = request(`${box.url}${path}`, { headers: { host } }, (answer) => {
          let text = '';
          answer.on('data', (chunk) => {
            text += chunk;
          });
          answer.on('end', () => resolve(`${answer.statusCode} ${(JSON.parse(text) as { code?: string }).code ?? ''}`));
        });
        sent.on('error', reject);
        sent.end();
      });
    for (const host of [
      '127.0.0.1',
      `127.0.0.1:${port}`,
      'localhost',
      `[::1]:${port}`,
      'box.test:80',
      'BOX.test.',
      'rsbox',
      'rsbox.local',
      '192.168.1.20',
    ]) {
      assert.equal(await statusFor(host, '/api/v1/state'), '200 ', host);
    }
    for (const host of [
      'evil.example',
      'evil.example:80',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'box.test.evil.example',
      'a b',
      '[::1].x',
      '127.1',
    ]) {
      assert.equal(await statusFor(host, '/api/v1/state'), '421 hostRefused', `${host} api`);
      assert.equal(await statusFor(host, '/'), '421 hostRefused', `${host} /`);
    }
  });

  test('who opened an address in a browser reads a sentence in their language, and nothing that runs', async (t) => {
    const box = await startTestBox(t);
    const open = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${box.url}${path}`, {
        headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'fr-FR', ...headers },
      });
    const answer = await open('/api/v1/settings');
    assert.equal(answer.status, 403);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(await answer.text(), /^[A-ZÉ«][^{<]+\.\n$/);
    assert.equal(problem(await box.reader.call('GET', '/settings')).code, 'setupCodeNeeded');
  });

  test('an answer for a page is not kept, says nothing of the server, and forbids what it does not need', async (t) => {
    const box = await startTestBox(t);
    const { headers } = await box.reader.call('GET', '/state');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('server'), null);
    assert.equal(headers.get('x-powered-by'), null);
    assert.equal(headers.get('strict-transport-security'), null);
    assert.equal(headers.get('access-control-allow-origin'), null);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.ok(!/unsafe|https?:|\*|upgrade-insecure-requests/.test(policy), policy);
  });
});

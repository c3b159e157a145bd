/** How the API behaves for programs: pages of lists, repeats of a change, versions, limits, tokens that end. */
import assert from 'node:assert/strict';
import type { CustomerView, SettingsHere, TokenView } from '@rsb/contract';
import { hours, instant, manualClock } from '@rsb/runtime';
import { readInstant } from '../src/api/device-path.ts';
import { newPerson, newToken } from './callers.ts';
import { overEngines } from './engines.ts';
import { newTestCentral, PASSWORD, personWith, signedIn } from './running-central.ts';

const codeOf = (body: unknown) => (body as { code: string }).code;
const nextOf = (headers: Headers) => /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];

overEngines((test) => {
  test('a list in pages holds each entry once, also when entries come meanwhile; a made-up cursor is refused', async (engine) => {
    const { person, newCustomer } = await engine.central();
    const names = Array.from({ length: 25 }, (_, at) => `Page ${String.fromCharCode(97 + (at % 7))} é`);
    for (const name of names) await newCustomer(name);
    const seen: CustomerView[] = [];
    let path: string | undefined = '/api/v1/customers?limit=7';
    let pages = 0;
    while (path !== undefined) {
      const { status, body, headers } = await person.call('GET', path);
      assert.equal(status, 200);
      seen.push(...(body as CustomerView[]));
      path = nextOf(headers);
      pages += 1;
      if (pages === 2) await newCustomer('AAA before all');
    }
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    assert.equal(seen.filter(({ name }) => name.startsWith('Page ')).length, names.length);
    assert.ok(pages >= 4);
    for (const cursor of ['x', 'WyJ4IiwxXQ.AAAAAAAAAAAAAAAA', '.', 'e30.']) {
      const { status, body } = await person.call('GET', `/api/v1/customers?cursor=${cursor}`);
      assert.deepEqual([status, codeOf(body)], [422, 'cursorInvalid'], cursor);
    }
    const other = nextOf((await person.call('GET', '/api/v1/customers?limit=1')).headers)?.split('cursor=')[1];
    const customer = seen[0]?.id ?? '';
    const foreign = await person.call('GET', `/api/v1/customers/${customer}/devices?cursor=${other}`);
    assert.equal(foreign.status, 422, 'a cursor is for its own list');
  });

  test('what cannot be is refused with its place and a sentence in the reader’s language', async (engine) => {
    const { person, newCustomer } = await engine.central();
    const customer = await newCustomer('Refusals');
    const none = 'darf nicht leer sein';
    const cases: readonly (readonly [method: string, path: string, body: unknown, status: number, said: string])[] = [
      ['GET', 'customers?limit=0', undefined, 400, '/limit: ^[1-9]'],
      ['GET', 'fleet?limit=0', undefined, 400, '/limit: ^[1-9]'],
      ['GET', 'fleet/boxes?limit=-1', undefined, 400, '/limit: ^[1-9]'],
      ['GET', `fleet?q=${'x'.repeat(10_000)}`, undefined, 400, '/q: max. 200'],
      ['POST', 'customers', { name: 'x'.repeat(10_000) }, 400, '/name: max. 255'],
      ['POST', 'customers', { name: ' ' }, 422, none],
      ['POST', 'customers', { name: 'A', agency: '77' }, 422, 'darunter ist nichts bekannt'],
      ['POST', `customers/${customer}/sites`, { name: '\u202e', address: null }, 422, none],
      ['PUT', `customers/${customer}/settings`, { silentHours: 0 }, 400, '/silentHours: ≥ 2'],
      ['PUT', `customers/${customer}/settings`, { zone: 'Mars/Olympus' }, 422, 'Mars/Olympus'],
    ];
    for (const [method, path, sent, status, said] of cases) {
      const headers = { 'accept-language': 'de', 'if-match': '"0"' };
      const { status: got, body } = await person.call(method, `/api/v1/${path}`, sent, headers);
      const { title } = body as { title: string };
      assert.deepEqual([got, title.includes(said)], [status, true], `${path.slice(0, 60)}: ${title}`);
    }
    const turned = { name: 'a\u202Etxt.exe\u0000 שלום 🖨️' };
    const { body } = await person.call('POST', '/api/v1/customers', turned);
    assert.equal((body as CustomerView).name, 'atxt.exe\uFFFD שלום 🖨️', 'answered as it is kept');
    for (const time of ['0000-01-01', '9999-12-31', '2026-02-30', '2026-13-01', 'gestern'])
      assert.equal(readInstant('from', time, instant(0)).ok, time === '0000-01-01' || time === '9999-12-31', time);
  });

  test('a change sent again under its Idempotency-Key is answered as before and made once', async (engine) => {
    const shared = await engine.central();
    const { central, person } = shared;
    const { token } = await newToken(shared, null);
    const withKey = (key: string) =>
      personWith(central.url, { authorization: `Bearer ${token}`, 'idempotency-key': key });
    const program = withKey('order-1');
    const first = await program.call('POST', '/api/v1/customers', { name: 'Once SARL' });
    const again = await program.call('POST', '/api/v1/customers', { name: 'Once SARL' });
    assert.deepEqual([again.status, again.body], [201, first.body]);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    const other = await program.call('POST', '/api/v1/customers', { name: 'Twice SARL' });
    assert.deepEqual([other.status, codeOf(other.body)], [422, 'idempotencyMismatch']);
    // What was refused was not done: the same key may be used for the mended request.
    const mended = withKey('order-2');
    assert.equal((await mended.call('POST', '/api/v1/customers', { name: ' ' })).status, 422);
    assert.equal((await mended.call('POST', '/api/v1/customers', { name: 'Mended SARL' })).status, 201);
    const { id } = first.body as CustomerView;
    const coder = withKey('code-1');
    const code = await coder.call('POST', `/api/v1/customers/${id}/codes`, { days: 7 });
    const repeat = await coder.call('POST', `/api/v1/customers/${id}/codes`, { days: 7 });
    assert.deepEqual(repeat.body, code.body);
    const all = (await person.call('GET', '/api/v1/customers')).body as CustomerView[];
    assert.equal(all.filter(({ name }) => name === 'Once SARL').length, 1);
    const together = await Promise.all(
      Array.from({ length: 4 }, () => withKey('race').call('POST', '/api/v1/customers', { name: 'Race SARL' })),
    );
    assert.ok(
      together.every(({ status }) => status === 201 || status === 409),
      JSON.stringify(together),
    );
    const after = (await person.call('GET', '/api/v1/customers')).body as CustomerView[];
    assert.equal(after.filter(({ name }) => name === 'Race SARL').length, 1);
  });

  test('a change is based on what was read: 428 without If-Match, 412 on an old one, 304 for what is known', async (engine) => {
    const { central, person, newCustomer } = await engine.central();
    const id = await newCustomer('Versions');
    const path = `/api/v1/customers/${id}`;
    const { headers } = await person.call('GET', path);
    assert.equal(headers.get('etag'), '"1"');
    assert.equal((await person.call('PATCH', path, { name: 'V' })).status, 428);
    const editor = await signedIn(central.url, '/api/v1/session', { user: 'admin', password: PASSWORD });
    const change = (tag: string, name: string) => editor.call('PATCH', path, { name }, { 'if-match': tag });
    const changed = await change('"1"', 'Versions AG');
    assert.deepEqual([changed.status, changed.headers.get('etag')], [200, '"2"']);
    const stale = await change('"1"', 'Late AG');
    assert.deepEqual([stale.status, codeOf(stale.body)], [412, 'changedElsewhere']);
    assert.equal((await change('"two"', 'x')).status, 412);
    const known = await person.call('GET', path, undefined, { 'if-none-match': '"2"' });
    assert.deepEqual([known.status, known.body], [304, '']);
    const list = await person.call('GET', '/api/v1/agencies');
    const tag = list.headers.get('etag') ?? '';
    assert.match(tag, /^W\/"/);
    assert.equal((await person.call('GET', '/api/v1/agencies', undefined, { 'if-none-match': tag })).status, 304);
  });

  test('settings come from the nearest level that says something, and say which one that is', async (engine) => {
    const { person, newCustomer, newBox } = await engine.central();
    const agency = ((await person.call('POST', '/api/v1/agencies', { name: 'Lyon' })).body as { id: string }).id;
    const customer = await newCustomer('Settings');
    await person.call('PATCH', `/api/v1/customers/${customer}`, { agency }, { 'if-match': '"1"' });
    const { agent } = await newBox(customer);
    const box = `/api/v1/customers/${customer}/boxes/${agent}/settings`;
    const save = (path: string, own: unknown, revision: number) =>
      person.call('PUT', path, own, { 'if-match': `"${revision}"` });
    const here = async () => ((await person.call('GET', box)).body as SettingsHere).effective;
    assert.deepEqual((await here()).supplyMark, { value: 10, from: 'default', name: null });
    const dealer = (await person.call('GET', '/api/v1/settings')).body as SettingsHere;
    assert.equal((await save('/api/v1/settings', { supplyMark: 20, leadDays: 2 }, dealer.revision)).status, 200);
    assert.deepEqual((await here()).supplyMark, { value: 20, from: 'dealer', name: 'Dealer SA' });
    await save(`/api/v1/agencies/${agency}/settings`, { supplyMark: 15 }, 0);
    assert.deepEqual((await here()).supplyMark, { value: 15, from: 'agency', name: 'Lyon' });
    await save(`/api/v1/customers/${customer}/settings`, { supplyMark: 12 }, 0);
    assert.equal((await here()).supplyMark.from, 'customer');
    await save(`/api/v1/customers/${customer}/sites/1/settings`, { supplyMark: 11, zone: 'Europe/Paris' }, 0);
    assert.deepEqual((await here()).supplyMark, { value: 11, from: 'site', name: null });
    assert.deepEqual((await here()).zone, { value: 'Europe/Paris', from: 'site', name: null });
    await save(box, { supplyMark: 9 }, 0);
    assert.deepEqual((await here()).supplyMark, { value: 9, from: 'box', name: agent });
    assert.deepEqual((await here()).leadDays, { value: 2, from: 'dealer', name: 'Dealer SA' });
    assert.equal(codeOf((await save(box, { supplyMark: 8 }, 0)).body), 'settingsStale');
    assert.equal(codeOf((await save(box, { zone: 'Mars/Olympus' }, 1)).body), 'zoneUnknown');
    assert.equal((await save(box, { supplyMark: 99 }, 1)).status, 400);
    assert.equal((await save(box, { unknown: 1 }, 1)).status, 400);
    await save('/api/v1/settings', {}, dealer.revision + 1);
  });

  test('a token is known by its hash alone, ends on its day and by revoking, and gives no more than it says', async (engine) => {
    const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
    const shared = await newTestCentral(engine, { ...(await engine.place()), clock });
    const { central, person, newCustomer } = shared;
    const customer = await newCustomer('Tokens');
    const program = await newToken(shared, customer, ['read:customers']);
    assert.equal((await program.call('GET', `/api/v1/customers/${customer}`)).status, 200);
    const scopes = await program.call('POST', `/api/v1/customers/${customer}/sites`, { name: 'x', address: null });
    assert.deepEqual([scopes.status, codeOf(scopes.body)], [403, 'scopeMissing']);
    const listed = (await person.call('GET', '/api/v1/tokens')).body as TokenView[];
    assert.ok(!JSON.stringify(listed).includes(program.token));
    assert.equal(listed[0]?.lastUsed, '2026-11-24T00:00:00Z');
    clock.jump(instant(clock.now() + hours(24 * 31)));
    const over = await program.call('GET', `/api/v1/customers/${customer}`);
    assert.deepEqual([over.status, codeOf(over.body)], [401, 'tokenInvalid']);
    const admin = await signedIn(central.url, '/api/v1/session', { user: 'admin', password: PASSWORD });
    const fresh = await newToken({ ...shared, person: admin }, null);
    assert.equal((await fresh.call('GET', '/api/v1/accounts')).status, 200);
    assert.equal((await admin.call('DELETE', `/api/v1/tokens/${fresh.id}`)).status, 204);
    assert.equal((await fresh.call('GET', '/api/v1/accounts')).status, 401);
    for (const authorization of ['Bearer rsb_x', 'Bearer ', 'Basic YWRtaW46eA==', `Bearer ${fresh.token}x`]) {
      const { status } = await personWith(central.url, { authorization }).call('GET', '/api/v1/customers');
      assert.equal(status, 401, authorization);
    }
  });

  test('invitations work once; a reset ends the sessions; the last administrator stays', async (engine) => {
    const shared = await engine.central();
    const { central, person, newCustomer } = shared;
    const customer = await newCustomer('Invited');
    const reader = await newPerson(shared, 'Invited reader', 'reader', customer);
    const accounts = (await person.call('GET', '/api/v1/accounts')).body as {
      id: string;
      name: string;
      role: string;
    }[];
    const account = accounts.find(({ name }) => name === 'Invited reader');
    assert.equal(account?.role, 'reader');
    const reset = await person.call('POST', `/api/v1/accounts/${account?.id}/reset`, { days: 1 });
    const { code } = reset.body as { code: string };
    const stranger = personWith(central.url, {});
    const short = await stranger.call('POST', '/api/v1/invitations/accept', { code, password: 'short' });
    assert.equal(codeOf(short.body), 'passwordTooShort');
    assert.equal((await reader.call('GET', `/api/v1/customers/${customer}`)).status, 200, 'until then nothing changes');
    const password = 'another long password';
    assert.equal((await stranger.call('POST', '/api/v1/invitations/accept', { code, password })).status, 200);
    assert.equal((await reader.call('GET', `/api/v1/customers/${customer}`)).status, 401);
    const again = await stranger.call('POST', '/api/v1/invitations/accept', { code, password });
    assert.deepEqual([again.status, codeOf(again.body)], [403, 'invitationUnknown']);
    const fresh = await signedIn(central.url, '/api/v1/session', { user: 'invited READER', password });
    const disabled = await person.call('PATCH', `/api/v1/accounts/${account?.id}`, { disabled: true });
    assert.equal(disabled.status, 200);
    assert.equal((await fresh.call('GET', `/api/v1/customers/${customer}`)).status, 401);
    const admin = accounts.find(({ name }) => name === 'admin')?.id;
    for (const change of [{ role: 'technician' }, { disabled: true }, { role: 'reader', customer }]) {
      const refused = await person.call('PATCH', `/api/v1/accounts/${admin}`, change);
      assert.deepEqual([refused.status, codeOf(refused.body)], [409, 'lastAdmin'], JSON.stringify(change));
    }
    const twin = { name: ' ADMIN ', role: 'admin', customer: null, days: 1 };
    assert.equal(codeOf((await person.call('POST', '/api/v1/invitations', twin)).body), 'accountNameTaken');
    const homeless = { name: 'x', role: 'reader', customer: null, days: 1 };
    assert.equal(codeOf((await person.call('POST', '/api/v1/invitations', homeless)).body), 'customerNeeded');
  });

  test('a token that asks too much waits; others do not', async (engine) => {
    const limits = { people: 1000, tokens: 20, strangers: 1000 };
    const shared = await newTestCentral(engine, { ...(await engine.place()), limits });
    const [hasty, calm] = [await newToken(shared, null), await newToken(shared, null)];
    const statuses: number[] = [];
    for (let call = 0; call < 25; call += 1) statuses.push((await hasty.call('GET', '/api/v1/agencies')).status);
    assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [20, 429]);
    const last = await hasty.call('GET', '/api/v1/agencies');
    assert.ok(Number(last.headers.get('retry-after')) > 0);
    assert.equal((await calm.call('GET', '/api/v1/agencies')).status, 200);
  });
});

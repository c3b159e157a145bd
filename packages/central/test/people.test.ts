/** First account, signing in, sessions: what a stranger, a person and another site's page meet. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hours, instant, manualClock, millis, minutes, openDataFolder, systemRandom } from '@rsb/runtime';
import { hashPassword, passwordFits } from '../src/people/password.ts';
import {
  cookieOf,
  newFolder,
  newTestCentral,
  okay,
  PASSWORD,
  personWith,
  runCentral,
  signedIn,
} from './running-central.ts';

const json = { 'content-type': 'application/json' };
const post = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

test('the set-up code makes the first account, once', async (t) => {
  const central = await runCentral(t);
  const setup = { code: central.setupCode, dealer: 'Dealer SA', user: 'Anna', password: PASSWORD };
  const before = (await (await fetch(`${central.url}/api/v1/session`)).json()) as Record<string, unknown>;
  assert.deepEqual([before['setup'], before['user'], before['csrfToken']], ['codeNeeded', null, null]);
  const cases: readonly [Record<string, unknown>, number, string][] = [
    [{ ...setup, code: 'WRNG-WRNG-WRNG-WRNG' }, 403, 'setupCodeWrong'],
    [{ ...setup, password: 'short' }, 422, 'passwordTooShort'],
    [{ ...setup, dealer: '  ' }, 422, 'fieldInvalid'],
    [{ ...setup, user: 7 }, 400, 'bodyInvalid'],
  ];
  for (const [body, status, code] of cases) {
    const answer = await post(`${central.url}/api/v1/setup`, body);
    assert.deepEqual([answer.status, await codeOf(answer)], [status, code]);
  }
  assert.equal((await post(`${central.url}/api/v1/setup`, setup)).status, 200);
  const again = await post(`${central.url}/api/v1/setup`, { ...setup, user: 'Eve' });
  assert.deepEqual([again.status, await codeOf(again)], [409, 'setupDone']);
});

test('until there is an account each start has a new code, afterwards none', async (t) => {
  const folder = okay(openDataFolder(newFolder(t)));
  const first = await runCentral({ after: () => {} }, { folder });
  await first.close();
  const second = await runCentral({ after: () => {} }, { folder });
  assert.notEqual(second.setupCode, first.setupCode);
  const setup = { dealer: 'Dealer SA', user: 'Anna', password: PASSWORD };
  const old = await post(`${second.url}/api/v1/setup`, { ...setup, code: first.setupCode });
  assert.equal(await codeOf(old), 'setupCodeWrong');
  assert.equal((await post(`${second.url}/api/v1/setup`, { ...setup, code: second.setupCode })).status, 200);
  await second.close();
  const third = await runCentral(t, { folder });
  assert.equal(third.setupCode, null);
});

test('a session lasts over a restart, ends by signing out, and its cookie is for this site alone', async (t) => {
  const folder = okay(openDataFolder(newFolder(t)));
  const first = await newTestCentral({ after: () => {} }, { folder });
  const answer = await post(`${first.central.url}/api/v1/session`, { user: ' ADMIN ', password: PASSWORD });
  assert.equal(answer.status, 200);
  const [set = ''] = answer.headers.getSetCookie();
  assert.match(set, /^rsb_central=/);
  assert.match(set, /; HttpOnly/);
  assert.match(set, /; SameSite=Strict/);
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const headers = { cookie: cookieOf(answer), 'x-csrf-token': csrfToken };
  await first.central.close();

  const second = await runCentral(t, { folder });
  const person = personWith(second.url, headers);
  assert.equal((await person.call('GET', '/api/v1/customers')).status, 200);
  assert.equal((await person.call('DELETE', '/api/v1/session')).status, 204);
  assert.equal((await person.call('GET', '/api/v1/customers')).status, 401);
});

test('a session that nobody uses ends after twelve hours; one in use does not', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const { person } = await newTestCentral(t, { clock });
  for (let step = 0; step < 4; step += 1) {
    clock.jump(instant(clock.now() + hours(7)));
    assert.equal((await person.call('GET', '/api/v1/customers')).status, 200);
  }
  clock.jump(instant(clock.now() + hours(12) + minutes(1)));
  assert.equal((await person.call('GET', '/api/v1/customers')).status, 401);
});

test('guessing passwords is slowed down, and a wrong name sounds like a wrong password', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const { central } = await newTestCentral(t, { clock });
  const signIn = (user: string, password: string) => post(`${central.url}/api/v1/session`, { user, password });
  const answers = [await signIn('nobody', PASSWORD), await signIn('admin', 'wrong'), await signIn('admin', '')];
  assert.deepEqual(
    await Promise.all(answers.map(async (answer) => [answer.status, await codeOf(answer)])),
    answers.map(() => [401, 'passwordWrong']),
  );
  await signIn('admin', 'wrong');
  await signIn('admin', 'wrong');
  const slow = await signIn('admin', PASSWORD);
  assert.equal(slow.status, 429);
  assert.equal(slow.headers.get('retry-after'), '60');
  await clock.advance(millis(minutes(1) + 1));
  assert.equal((await signIn('admin', PASSWORD)).status, 200);
});

test('signing in gives a new session, not the one that was there', async (t) => {
  const { central } = await newTestCentral(t);
  const first = await post(`${central.url}/api/v1/session`, { user: 'admin', password: PASSWORD });
  const second = await post(
    `${central.url}/api/v1/session`,
    { user: 'admin', password: PASSWORD },
    { cookie: cookieOf(first) },
  );
  assert.notEqual(cookieOf(second), cookieOf(first));
  const old = await fetch(`${central.url}/api/v1/customers`, { headers: { cookie: cookieOf(first) } });
  assert.equal(old.status, 401);
});

test('a change needs the token of its session, and comes from this site', async (t) => {
  const { central } = await newTestCentral(t);
  const answer = await post(`${central.url}/api/v1/session`, { user: 'admin', password: PASSWORD });
  const cookie = cookieOf(answer);
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const other = (await (await post(`${central.url}/api/v1/session`, { user: 'admin', password: PASSWORD })).json()) as {
    csrfToken: string;
  };
  const tries: readonly [string, Record<string, string>, number][] = [
    ['no token', { cookie }, 403],
    ['a token of another session', { cookie, 'x-csrf-token': other.csrfToken }, 403],
    ['no cookie', { 'x-csrf-token': csrfToken }, 401],
    ['another site’s page', { cookie, 'x-csrf-token': csrfToken, origin: 'http://evil.test' }, 403],
    ['another site, as the browser says', { cookie, 'x-csrf-token': csrfToken, 'sec-fetch-site': 'cross-site' }, 403],
    ['an opaque origin', { cookie, 'x-csrf-token': csrfToken, origin: 'null' }, 403],
    [
      'this site’s page',
      { cookie, 'x-csrf-token': csrfToken, origin: central.url, 'sec-fetch-site': 'same-origin' },
      201,
    ],
  ];
  for (const [name, headers, status] of tries) {
    assert.equal((await post(`${central.url}/api/v1/customers`, { name }, headers)).status, status, name);
  }
  const foreign = await post(
    `${central.url}/api/v1/session`,
    { user: 'admin', password: PASSWORD },
    { origin: 'http://evil.test' },
  );
  assert.equal(foreign.status, 403, 'nor does another site sign anybody in');
});

test('a form of another site cannot be read as JSON', async (t) => {
  const { central } = await newTestCentral(t);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await fetch(`${central.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ user: 'admin', password: PASSWORD }),
    });
    assert.equal(answer.status, 415, type);
  }
});

test('keys are made once, for this machine’s user alone, and no secret stands in the database', async (t) => {
  const path = newFolder(t);
  const folder = okay(openDataFolder(path));
  const test = await newTestCentral({ after: () => {} }, { folder });
  const code = await test.newCode(await test.newCustomer('Secrets'));
  const keys = ['central.key', 'session.key'].map((name) => join(path, name));
  assert.deepEqual(
    keys.map((file) => statSync(file).mode & 0o777),
    [0o600, 0o600],
  );
  const contents = keys.map((file) => readFileSync(file, 'utf8'));
  await test.central.close();
  const again = await runCentral({ after: () => {} }, { folder });
  assert.deepEqual(
    keys.map((file) => readFileSync(file, 'utf8')),
    contents,
  );
  await again.close();
  const stored = readFileSync(join(path, 'central.sqlite'), 'latin1');
  for (const secret of [PASSWORD, code, code.replaceAll('-', ''), test.central.setupCode ?? '-', ...contents]) {
    assert.equal(stored.includes(secret), false);
  }
});

test('passwords are argon2id, salted, and compared whole', async () => {
  const stored = await hashPassword(PASSWORD, systemRandom());
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(await hashPassword(PASSWORD, systemRandom()), stored);
  assert.equal(await passwordFits(PASSWORD, stored), true);
  assert.equal(await passwordFits(`${PASSWORD} `, stored), false);
  assert.equal(await passwordFits('', stored), false);
  assert.equal(await passwordFits(PASSWORD, 'nonsense'), false);
  assert.equal(
    await passwordFits('e\u0301t\u00e9 e\u0301t\u00e9', await hashPassword('été été', systemRandom())),
    true,
  );
});

test('signing in by name works as it was set up', async (t) => {
  const { central } = await newTestCentral(t);
  await signedIn(central.url, '/api/v1/session', { user: 'Admin', password: PASSWORD });
});

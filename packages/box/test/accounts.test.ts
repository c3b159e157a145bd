/** Accounts: what each role may call, held against every route; ends, resets and sessions take effect at once. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PersonList, SentSummary, SessionList, SessionView, SettingsView } from '@rsb/contract';
import { instant, manualClock, minutes } from '@rsb/runtime';
import type { Access } from '../src/api/index.ts';
import { PASSWORD, problem, type Reader, startTestBox, type TestBox } from './box-at-work.ts';
import { BODIES, ROUTES, split } from './box-routes.ts';

const THEIRS = 'a password of theirs';
const DAY = 86_400_000;
const START = Date.UTC(2026, 11, 1, 12);

async function signedIn(box: TestBox, name: string, password = THEIRS): Promise<Reader> {
  const reader = box.stranger();
  const session = await reader.ask<SessionView>('POST', '/session', { name, password });
  assert.equal(session.person?.name, name);
  reader.useToken(session.csrfToken);
  return reader;
}

const ENDS = 'DELETE /session';
const ALLOWED: Readonly<Record<string, readonly Access[]>> = {
  nobody: ['open'],
  viewer: ['open', 'reading', 'person'],
  technician: ['open', 'reading', 'person', 'session'],
  admin: ['open', 'reading', 'person', 'session', 'admin'],
};

test('each role may what it may, and nothing beyond, with reading closed', async (t) => {
  const clock = manualClock(instant(START));
  const box = await startTestBox(t, { clock });
  await box.setUp();
  for (const role of ['viewer', 'technician'] as const) {
    await box.reader.ask('POST', '/people', { name: role, role, password: THEIRS });
  }
  await box.settings((settings) => ({ ...settings, openReading: false }));
  const walked: string[] = [];
  for (const [role, allowed] of Object.entries(ALLOWED)) {
    // Wrong passwords are among the bodies: each role gets its tries.
    await clock.advance(minutes(2));
    const reader = role === 'nobody' ? box.stranger() : await signedIn(box, role, role === 'admin' ? PASSWORD : THEIRS);
    const kinds = Object.entries(ROUTES).toSorted(([a], [b]) => Number(a === 'person') - Number(b === 'person'));
    for (const [access, routes] of kinds) {
      const isAllowed = allowed.includes(access as Access);
      for (const route of routes.toSorted((a, b) => Number(a === ENDS) - Number(b === ENDS))) {
        const [method, path] = split(route);
        // An allowed stream does not end; that it is refused is walked with the others.
        if (isAllowed && route === 'GET /events') continue;
        const answer = await reader.call(method, path, BODIES[route]);
        const refusal = answer.status >= 400 ? problem(answer).code : '';
        const isRefused = ['notAllowed', 'signInNeeded'].includes(refusal) && route !== 'POST /session';
        assert.equal(isRefused, !isAllowed, `${role}: ${route} ${answer.status} ${refusal}`);
        if (!isAllowed) assert.equal(refusal, role === 'nobody' ? 'signInNeeded' : 'notAllowed', `${role}: ${route}`);
        walked.push(`${role} ${route}`);
      }
    }
  }
  const all = Object.values(ROUTES).flat();
  assert.equal(
    walked.length,
    4 * all.length - 3,
    'each role at each route, but for the three streams that are allowed',
  );
});

describe('an account', () => {
  test('of a technician ends with its last day, at the site, while signed in', async (t) => {
    const clock = manualClock(instant(START));
    const box = await startTestBox(t, { clock });
    await box.setUp();
    const add = { name: 'Marie', role: 'technician', password: THEIRS };
    assert.equal(problem(await box.reader.call('POST', '/people', { ...add, until: '2026-11-30' })).code, 'dayPast');
    await box.reader.ask('POST', '/people', { ...add, until: '2026-12-02' });
    const marie = await signedIn(box, 'Marie');
    await clock.advance(DAY as Parameters<typeof clock.advance>[0]).catch(() => {});
    clock.jump(instant(START + DAY));
    const again = await signedIn(box, 'Marie');
    assert.equal((await again.call('GET', '/settings')).status, 200, 'her last day');
    clock.jump(instant(START + 2 * DAY));
    assert.equal((await again.call('GET', '/settings')).status, 401);
    assert.equal((await marie.call('GET', '/settings')).status, 401);
    const late = await box.stranger().call('POST', '/session', { name: 'Marie', password: THEIRS });
    assert.equal(problem(late).code, 'passwordWrong');
  });

  test('that is disabled is out at once, and in again with the same password', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    await box.reader.ask('POST', '/people', { name: 'tech', role: 'technician', password: THEIRS });
    const tech = await signedIn(box, 'tech');
    const list = await box.reader.ask<PersonList>('PATCH', '/people/tech', { disabled: true });
    assert.deepEqual(
      list.people.map(({ name, role, disabled }) => [name, role, disabled]),
      [
        ['admin', 'admin', false],
        ['tech', 'technician', true],
      ],
    );
    assert.equal((await tech.call('GET', '/settings')).status, 401);
    assert.equal((await box.stranger().call('POST', '/session', { name: 'tech', password: THEIRS })).status, 401);
    await box.reader.ask('PATCH', '/people/tech', { disabled: false });
    assert.equal((await (await signedIn(box, 'tech')).call('GET', '/settings')).status, 200);
  });

  test('is not taken twice, and the last administrator stays', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const twice = { name: 'ADMIN', role: 'admin', password: THEIRS };
    assert.equal(problem(await box.reader.call('POST', '/people', twice)).code, 'personTaken');
    for (const patch of [{ disabled: true }, { role: 'viewer' }, { until: '2099-01-01' }]) {
      assert.equal(problem(await box.reader.call('PATCH', '/people/admin', patch)).code, 'lastAdministrator');
    }
    await box.reader.ask('POST', '/people', { name: 'second', role: 'admin', password: THEIRS });
    await box.reader.ask('PATCH', '/people/admin', { role: 'viewer' });
    assert.equal(problem(await box.reader.call('GET', '/people')).code, 'notAllowed', 'from the next request on');
  });

  test('of no name takes as long to be refused as one with a wrong password, and says the same', async (t) => {
    const box = await startTestBox(t);
    await box.setUp();
    const answers = await Promise.all(
      ['admin', 'nobody'].map((name) => box.stranger().call('POST', '/session', { name, password: 'wrong password' })),
    );
    assert.deepEqual(
      answers.map((answer) => [answer.status, problem(answer).code]),
      [
        [401, 'passwordWrong'],
        [401, 'passwordWrong'],
      ],
    );
  });
});

test('a lost password is reset by a code from the console, which ends every session; nothing else resets it', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const fresh = 'another long password';
  const refused = await box.stranger().call('POST', '/setup', { code: 'AAAA-AAAA-AAAA', password: fresh });
  assert.equal(problem(refused).code, 'setupDone');
  await box.restart();
  assert.equal(box.setupCode, null, 'no code is offered unasked');
  await box.restart({ resetCode: true });
  const code = box.setupCode ?? '';
  assert.match(code, /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await box.signIn();
  const wrong = await box.stranger().call('POST', '/setup', { code: 'AAAA-AAAA-AAAA', password: fresh });
  assert.equal(problem(wrong).code, 'setupCodeWrong');
  const stranger = box.stranger();
  const session = await stranger.ask<SessionView>('POST', '/setup', { code, password: fresh });
  assert.deepEqual(session.person, { name: 'admin', role: 'admin' });
  assert.equal((await box.reader.call('GET', '/settings')).status, 401);
  assert.equal((await box.stranger().call('POST', '/session', { password: PASSWORD })).status, 401);
  assert.equal((await box.stranger().call('POST', '/session', { password: fresh })).status, 200);
  assert.equal(
    problem(await box.stranger().call('POST', '/setup', { code, password: fresh })).code,
    'setupDone',
    'once',
  );
});

test('sessions are listed to their owner, to an administrator all, and can be ended', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  await box.reader.ask('POST', '/people', { name: 'tech', role: 'technician', password: THEIRS });
  const tech = await signedIn(box, 'tech');
  const other = await signedIn(box, 'tech');
  const all = await box.reader.ask<SessionList>('GET', '/sessions');
  assert.deepEqual(all.sessions.map(({ name, current }) => [name, current]).sort(), [
    ['admin', true],
    ['tech', false],
    ['tech', false],
  ]);
  const own = (await tech.ask<SessionList>('GET', '/sessions')).sessions;
  assert.deepEqual(
    own.map(({ name, address }) => [name, address]),
    [
      ['tech', '127.0.0.1'],
      ['tech', '127.0.0.1'],
    ],
  );
  const theirs = all.sessions.find(({ name }) => name === 'admin');
  assert.equal((await tech.call('DELETE', `/sessions/${theirs?.id}`)).status, 404, 'not somebody else’s');
  const left = own.find(({ current }) => !current);
  await tech.ask('DELETE', `/sessions/${left?.id}`);
  assert.equal((await other.call('GET', '/settings')).status, 401);
  assert.equal((await tech.call('GET', '/settings')).status, 200);
  await tech.ask('PUT', '/password', { current: THEIRS, next: 'the next password' });
  assert.equal((await tech.call('GET', '/settings')).status, 200, 'the one who changed it stays');
  assert.equal((await box.reader.call('GET', '/settings')).status, 200, 'and so do others');
});

test('who changes what somebody else changed meanwhile is told, and nothing is overwritten', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const { reader } = box;
  const added = await reader.ask<PersonList>('POST', '/people', { name: 'Eva', role: 'viewer', password: THEIRS });
  const eva = added.people.find(({ name }) => name === 'Eva');
  assert.ok(eva);
  const seen = { role: eva.role, disabled: eva.disabled, until: eva.until };
  await reader.ask('PATCH', '/people/Eva', { role: 'technician', seen });
  const late = await reader.call('PATCH', '/people/Eva', { until: '2027-01-31', seen });
  assert.equal(problem(late).code, 'changedElsewhere');
  const { people } = await reader.ask<PersonList>('GET', '/people');
  assert.deepEqual(
    people.filter(({ name }) => name === 'Eva').map(({ role, until }) => [role, until]),
    [['technician', null]],
  );

  const shown = { 'if-match': '"00:11"' };
  const pem = { certificate: 'x', key: 'x' };
  assert.equal(problem(await reader.call('PUT', '/certificate', pem, shown)).code, 'changedElsewhere');
  assert.equal(problem(await reader.call('DELETE', '/certificate', undefined, shown)).code, 'changedElsewhere');

  const { revision } = await reader.ask<SentSummary>('GET', '/sent/summary');
  const based = { 'if-match': `"${revision}"` };
  const fromCentral = { settings: 'never', commands: 'ask' };
  await reader.ask('PUT', '/disclosure', { fromCentral }, based);
  assert.deepEqual((await reader.ask<SettingsView>('GET', '/settings')).fromCentral, fromCentral);
  assert.equal(problem(await reader.call('PUT', '/disclosure', { metrics: true }, based)).code, 'settingsStale');
  assert.equal((await reader.ask<SettingsView>('GET', '/settings')).metrics, false);
});

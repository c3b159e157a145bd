/** Who may change something: set-up code, password, limits. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instant, manualClock, seconds, seededRandom } from '@rsb/runtime';
import { hashPassword, verifyPassword } from '../src/people/password.ts';
import { createPeople } from '../src/people/people.ts';
import { createTryLimit } from '../src/people/try-limit.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';

const PASSWORD = 'correct horse';

function open() {
  const db = openDatabase(':memory:');
  migrate(db);
  const facts = createFacts(db);
  const clock = manualClock(instant(0));
  return { facts, clock, people: createPeople({ db, facts, clock, random: seededRandom(3), zone: () => 'UTC' }) };
}

const codeOf = (outcome: { ok: boolean; error?: { code: string } }) => (outcome.ok ? 'ok' : outcome.error?.code);

describe('first start', () => {
  test('the code from the box sets the password, once', async () => {
    const { people, facts } = open();
    assert.equal(people.passwordSet(), false);
    const code = people.renewSetupCode() ?? '';
    assert.match(code, /^[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}$/);
    assert.ok(!JSON.stringify(facts.find('setupCodeHash')).includes(code));
    assert.equal(codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.1')), 'setupCodeNeeded');
    assert.equal(
      codeOf(await people.setUp({ code: 'AAAA-AAAA-AAAA', password: PASSWORD }, '127.0.0.1')),
      'setupCodeWrong',
    );
    assert.equal(codeOf(await people.setUp({ code: '', password: PASSWORD }, '127.0.0.1')), 'setupCodeWrong');
    assert.equal(codeOf(await people.setUp({ code, password: 'short' }, '127.0.0.1')), 'passwordTooShort');
    const typed = code.toLowerCase().replaceAll('-', ' ');
    assert.equal(codeOf(await people.setUp({ code: typed, password: PASSWORD }, '127.0.0.1')), 'ok');
    assert.equal(people.passwordSet(), true);
    assert.equal(codeOf(await people.setUp({ code, password: 'another password' }, '127.0.0.1')), 'setupDone');
    assert.equal(people.renewSetupCode(), null);
    assert.equal(codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.1')), 'ok');
  });

  test('of two who send the code at once, one sets the password', async () => {
    const { people } = open();
    const code = people.renewSetupCode() ?? '';
    const both = await Promise.all([
      people.setUp({ code, password: 'the first password' }, '127.0.0.1'),
      people.setUp({ code, password: 'the second password' }, '127.0.0.2'),
    ]);
    assert.deepEqual(both.map(codeOf).sort(), ['ok', 'setupDone']);
  });

  test('a restart prints another code and ends the old one', async () => {
    const { people } = open();
    const old = people.renewSetupCode() ?? '';
    const code = people.renewSetupCode() ?? '';
    assert.notEqual(code, old);
    assert.equal(codeOf(await people.setUp({ code: old, password: PASSWORD }, '127.0.0.1')), 'setupCodeWrong');
    assert.equal(codeOf(await people.setUp({ code, password: PASSWORD }, '127.0.0.1')), 'ok');
  });
});

describe('passwords', () => {
  test('verify in any Unicode form, and nothing else does', async () => {
    const hash = await hashPassword('Crème brûlée', seededRandom(5));
    assert.ok(hash.startsWith('argon2id$'));
    assert.ok(await verifyPassword('Crème brûlée', hash));
    assert.ok(!(await verifyPassword('Creme brulee', hash)));
    assert.ok(!(await verifyPassword('', hash)));
  });

  test('a change needs the present one', async () => {
    const { people } = open();
    const code = people.renewSetupCode() ?? '';
    await people.setUp({ code, password: PASSWORD }, '127.0.0.1');
    const next = 'a new password';
    assert.equal(
      codeOf(await people.changePassword('admin', { current: 'wrong', next }, '127.0.0.1')),
      'passwordWrong',
    );
    assert.equal(
      codeOf(await people.changePassword('admin', { current: PASSWORD, next: 'short' }, '127.0.0.1')),
      'passwordTooShort',
    );
    assert.equal(codeOf(await people.changePassword('admin', { current: PASSWORD, next }, '127.0.0.1')), 'ok');
    assert.equal(codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.1')), 'passwordWrong');
    assert.equal(codeOf(await people.signIn({ password: next }, '127.0.0.1')), 'ok');
  });
});

describe('tries', () => {
  test('five wrong ones a minute for an address, then it waits; others go on', async () => {
    const { people, clock } = open();
    const code = people.renewSetupCode() ?? '';
    await people.setUp({ code, password: PASSWORD }, '127.0.0.1');
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => people.signIn({ password: 'wrong password' }, '127.0.0.9')),
    );
    assert.equal(tries.filter((outcome) => codeOf(outcome) === 'passwordWrong').length, 5);
    const limited = tries.filter((outcome) => codeOf(outcome) === 'tooManyRequests');
    assert.equal(limited.length, 5);
    for (const outcome of limited) assert.equal(!outcome.ok && outcome.error.params['seconds'], 60);
    assert.equal(
      codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.9')),
      'tooManyRequests',
      'also the right one',
    );
    assert.equal(codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.8')), 'ok');
    await clock.advance(seconds(61));
    assert.equal(codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.9')), 'ok');
  });

  test('right ones cost nothing', async () => {
    const { people } = open();
    const code = people.renewSetupCode() ?? '';
    await people.setUp({ code, password: PASSWORD }, '127.0.0.1');
    for (let count = 0; count < 8; count += 1) {
      assert.equal(codeOf(await people.signIn({ password: PASSWORD }, '127.0.0.1')), 'ok');
    }
  });

  test('many addresses together have a limit too', () => {
    const limit = createTryLimit(manualClock(instant(0)));
    const taken = Array.from({ length: 100 }, (_, index) => limit.take(`10.0.0.${index}`));
    assert.equal(taken.filter((each) => typeof each === 'number').length, 40);
  });
});

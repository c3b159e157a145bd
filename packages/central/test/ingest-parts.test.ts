/** Content-Digest by the RFC, the gate before the store, the slowing of guesses: the small parts of the door. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { instant, manualClock, minutes, seconds, success } from '@rsb/runtime';
import { digestFits } from '../src/ingest/content-digest.ts';
import { createGate } from '../src/ingest/gate.ts';
import { attempts } from '../src/people/attempts.ts';

const body = Buffer.from('{"hello": "world"}\n');
const digest = (algorithm: string) => createHash(algorithm).update(body).digest('base64');
const wrong = Buffer.alloc(32).toString('base64');

const DIGESTS: readonly [string, string | undefined, boolean][] = [
  ['the vector of RFC 9530, appendix B', 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:', true],
  ['sha-512', `sha-512=:${digest('sha512')}:`, true],
  ['both', `sha-256=:${digest('sha256')}:, sha-512=:${digest('sha512')}:`, true],
  ['an unknown one beside a right one', `md5=:AAAA:, sha-256=:${digest('sha256')}:`, true],
  ['none', undefined, false],
  ['nothing', '', false],
  ['a wrong one', `sha-256=:${wrong}:`, false],
  ['a wrong one beside a right one', `sha-256=:${wrong}:, sha-512=:${digest('sha512')}:`, false],
  ['a right one before a wrong one', `sha-512=:${digest('sha512')}:, sha-256=:${wrong}:`, false],
  ['one without colons', `sha-256=${digest('sha256')}`, false],
  ['sha-512 under the name of sha-256', `sha-256=:${digest('sha512')}:`, false],
  ['an unknown one alone', 'crc32=:AAAA:', false],
];

for (const [name, header, fits] of DIGESTS) {
  test(`Content-Digest: ${name}`, () => assert.equal(digestFits(header, body), fits));
}

test('the gate lets so many work, so many wait, and refuses the rest at once', async () => {
  const gate = createGate({ running: 2, waiting: 3 });
  const ends: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((end) => ends.push(end));
    running -= 1;
    return success('done');
  };
  const passes = Array.from({ length: 7 }, () => gate.pass(work));
  assert.equal(gate.full, true);
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((settled) => setImmediate(settled));
    ends.shift()?.();
  }
  const outcomes = await Promise.all(passes);
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.error.code)),
    ['done', 'done', 'done', 'done', 'done', 'storeBusy', 'storeBusy'],
  );
  assert.equal(most, 2);
  assert.equal(gate.full, false);
});

test('the gate goes on after work that throws', async () => {
  const gate = createGate({ running: 1, waiting: 1 });
  const broken = gate.pass(async () => {
    throw new Error('broken');
  });
  const next = gate.pass(async () => success(1));
  await assert.rejects(broken);
  assert.deepEqual(await next, success(1));
});

test('guesses: a wait after so many, for that caller alone, gone after the window', async () => {
  const clock = manualClock(instant(0));
  const guesses = attempts(clock, 3, minutes(1));
  for (let failed = 0; failed < 3; failed += 1) {
    assert.equal(guesses.wait('10.0.0.1'), 0);
    guesses.failed('10.0.0.1');
    await clock.advance(seconds(10));
  }
  assert.equal(guesses.wait('10.0.0.1'), 30);
  assert.equal(guesses.wait('10.0.0.2'), 0);
  await clock.advance(seconds(30));
  assert.equal(guesses.wait('10.0.0.1'), 0);
  guesses.succeeded('10.0.0.1');
  guesses.failed('10.0.0.1');
  assert.equal(guesses.wait('10.0.0.1'), 0);
});

test('guesses: one IPv6 network is one caller', () => {
  const guesses = attempts(manualClock(instant(0)), 1, minutes(1));
  guesses.failed('2001:db8:1:2:3:4:5:6');
  assert.ok(guesses.wait('2001:db8:1:2:ffff::1') > 0);
  assert.equal(guesses.wait('2001:db8:1:3::1'), 0);
});

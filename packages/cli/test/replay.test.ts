import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from '../src/main.ts';
import { capturedIo } from './captured-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'rsb-replay-'));
after(() => rmSync(folder, { recursive: true }));

const line = (hour: number, all: number, more: object = {}) =>
  JSON.stringify({
    address: '192.168.10.126',
    takenAt: new Date(Date.UTC(2026, 10, 2, hour)).toISOString(),
    identity: { serialNumber: 'E153M930272', macAddress: null, model: 'MP C3003', firmware: null },
    counters: { total: { all, mono: null, color: null } },
    ...more,
  });
const lines = Array.from({ length: 72 }, (_, hour) => line(hour, 1000 + hour * 3));

function file(name: string, content: string | readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : `${content.join('\n')}\n`);
  return path;
}

async function replay(...args: readonly string[]) {
  const io = capturedIo();
  const code = await run(['replay', ...args], io);
  return { code, out: io.out(), err: io.err(), lines: () => io.lines() };
}

test('- reads what is piped in', async () => {
  const command = join(import.meta.dirname, '../bin/rsb.mjs');
  const piped = spawnSync(process.execPath, [command, 'replay', '-', '--json'], { input: lines.join('\r\n') });
  assert.equal(piped.status, 0, piped.stderr.toString());
  const { lines: told } = await replay(file('piped.jsonl', lines), '--json');
  const got = piped.stdout.toString().trim().split('\n');
  assert.deepEqual(
    got.map((each) => JSON.parse(each)),
    told(),
  );
});

test('replay prints a line for each day, and nothing else on stdout', async () => {
  const { code, err, lines: told } = await replay(file('plain.jsonl', lines), '--json');
  assert.equal(code, 0);
  assert.equal(err, '');
  const usage = told().filter((each) => each['line'] === 'usage');
  assert.deepEqual(
    usage.map((each) => [each['device'], each['day'], each['all'], each['mono']]),
    [
      ['E153M930272', '2026-11-02', 69, null],
      ['E153M930272', '2026-11-03', 72, null],
      ['E153M930272', '2026-11-04', 72, null],
    ],
  );
});

test('days are those of --timezone', async () => {
  const { lines: told } = await replay(file('zone.jsonl', lines), '--json', '--timezone', 'Asia/Tokyo');
  assert.deepEqual(
    told().flatMap((each) => (each['line'] === 'usage' ? [[each['day'], each['all']]] : [])),
    [
      ['2026-11-02', 42],
      ['2026-11-03', 72],
      ['2026-11-04', 72],
      ['2026-11-05', 27],
    ],
  );
});

test('it does not matter how the readings are spread over files', async () => {
  const whole = await replay(file('whole.jsonl', lines), '--json');
  const one = file('one.jsonl', lines.filter((_, index) => index % 3 !== 0).toReversed());
  const other = file('other.jsonl', `\uFEFF${lines.filter((_, index) => index % 3 === 0).join('\r\n')}`);
  assert.deepEqual(await replay(one, other, '--json').then(({ out }) => out), whole.out);
  assert.deepEqual(await replay(other, one, one, '--json').then(({ out }) => out), whole.out);
});

test('a bad line is named by its number and left out', async () => {
  const spoilt = [...lines.slice(0, 10), '{', '[]', 'null', '{"address":"10.0.0.1"}', '', ...lines.slice(10)];
  const { code, out, err } = await replay(file('spoilt.jsonl', spoilt), '--json');
  assert.equal(code, 0);
  assert.equal(out, (await replay(file('right.jsonl', lines), '--json')).out);
  const told = err.trim().split('\n');
  assert.deepEqual(
    told.map((each) => /line (\d+):/.exec(each)?.[1]),
    ['11', '12', '13', '14'],
  );
});

test('a file of something else is told in a bounded number of lines', async () => {
  const { code, out, err } = await replay(file('else.txt', 'no\n'.repeat(5000)), '--json');
  assert.equal(code, 0);
  assert.equal(out, '');
  assert.equal(err.trim().split('\n').length, 101);
  assert.match(err, /4900/);
});

test('what cannot be read is exit 2 only where nothing else can', async () => {
  const missing = join(folder, 'missing.jsonl');
  assert.equal((await replay(missing, '--json')).code, 2);
  assert.equal((await replay(folder, '--json')).code, 2);
  const both = await replay(missing, file('there.jsonl', lines), '--json');
  assert.equal(both.code, 0);
  assert.match(both.err, /missing\.jsonl/);
  assert.notEqual(both.out, '');
});

test('wrong use is exit 2 and says why', async () => {
  const path = file('use.jsonl', lines);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /FILE/],
    [[path, '--timezone', 'Mars/Olympus'], /Mars\/Olympus/],
    [[path, '--lead-days', '-1'], /lead-days/],
    [[path, '--settings', join(folder, 'none.json')], /none\.json/],
    [[path, '--settings', file('bad.json', '{"silentHours":"x"}')], /silentHours/],
    [[path, '--what'], /--what/],
  ];
  for (const [args, why] of cases) {
    const { code, out, err } = await replay(...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(out, '');
    assert.match(err, why);
  }
});

test('settings say how long a machine may be silent', async () => {
  const gap = file('gap.jsonl', [...lines.slice(0, 10), ...lines.slice(50)]);
  const settings = file('settings.json', '{"silentHours":24,"unheardOf":1}');
  const kinds = (told: readonly Record<string, unknown>[]) => told.flatMap((each) => each['kind'] ?? []);
  assert.deepEqual(kinds((await replay(gap, '--json')).lines()), ['new']);
  const set = await replay(gap, '--json', '--settings', settings);
  assert.deepEqual(kinds(set.lines()), ['new', 'silent', 'back']);
  assert.match(set.err, /unheardOf/);
});

test('for people it is a table', async () => {
  const { code, out } = await replay(file('people.jsonl', lines));
  assert.equal(code, 0);
  assert.match(out, /^E153M930272\n/);
  assert.match(out, /2026-11-03 {2}72 {3}– /);
});

/** The commands of the README against the seed's site, as a person and as a script use them. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { parseReading, type Reading } from '@rsb/contract';
import { type RunningSite, seedMachines, seedSite, startSite } from '@rsb/simulator';
import { runRsb } from './rsb-process.ts';

let site: RunningSite;
before(async () => {
  site = await startSite({ machines: seedSite(), port: 0 });
});
after(() => site.close());

const RANGES = ['127.0.10.0/24', '127.0.7.0/24', '127.0.17.0/24'];
const completenessOf = (line: Record<string, unknown> | undefined): unknown =>
  (line?.['completeness'] as { state?: string } | undefined)?.state;
const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

for (const [how, env] of [
  ['with the ping that this machine has', {}],
  ['without any ping', { PATH: '/nonexistent' }],
] as const) {
  test(`scan finds exactly the thirteen machines and ignores the rest, ${how}`, async () => {
    const { code, stdout, stderr } = await runRsb(
      ['scan', ...RANGES, '--port', String(site.port), '--rate', '0', '--json'],
      env,
    );
    assert.equal(code, 0, stderr);
    const lines = jsonLines(stdout);
    const last = lines.pop();
    const found = lines.map(
      ({ address, identity }) => `${address} ${(identity as { serialNumber: string }).serialNumber}`,
    );
    const expected = seedMachines.map(({ facts }) => `${facts.address} ${facts.serialNumber}`);
    assert.deepEqual(found.sort(), expected.sort());
    const summary = last?.['summary'] as Record<string, number>;
    assert.equal(summary['addresses'], 762);
    assert.equal(summary['printers'], 13);
    assert.ok((summary['ignored'] ?? 0) >= 5, 'the other gear was seen, and ignored');
    assert.deepEqual(Object.keys(summary).sort(), [
      'addresses',
      'alive',
      'answersPingOnly',
      'bytes',
      'ignored',
      'packets',
      'printers',
      'seconds',
      'snmp',
    ]);
  });
}

test('read tells the seed numbers of an Aficio MP C2050', async () => {
  const { code, stdout } = await runRsb(['read', `127.0.10.9:${site.port}`, '--json']);
  assert.equal(code, 0);
  const [line] = jsonLines(stdout);
  const reading = parseReading(line);
  assert.ok(reading.ok, JSON.stringify(reading));
  const { identity, counters, completeness, kind, driver } = reading.value as Required<Reading>;
  assert.equal(identity.serialNumber, 'V2284701060');
  assert.equal(identity.manufacturer, 'Ricoh');
  assert.equal(identity.model, 'Aficio MP C2050');
  assert.equal(identity.hostName, 'RNPE35736');
  assert.equal(identity.macAddress, '00:00:74:e3:67:36');
  assert.equal(kind, 'mfp');
  assert.deepEqual(driver, { name: 'ricoh', version: driver?.version, generic: false });
  assert.equal(counters.life, 50408);
  assert.deepEqual(counters.total, { all: 50408, mono: 22802, color: 27606 });
  assert.equal(counters.print.mono, 11720);
  assert.equal(counters.print.color, 24488);
  assert.equal(completeness.state, 'complete');
});

const usage: readonly [string, readonly string[], number, RegExp][] = [
  ['no command', [], 2, /Usage: rsb/],
  ['a command that does not exist', ['print'], 2, /no command/],
  ['an option that does not exist', ['scan', '127.0.10.0/24', '--fast'], 2, /--fast/],
  ['no range', ['scan'], 2, /range/i],
  ['a range that is none', ['scan', '10.0.0.0/40'], 2, /10\.0\.0\.0\/40.*32/],
  ['a huge range', ['scan', '10.0.0.0/8'], 2, /16,?777,?21\d/],
  ['ranges that overlap', ['scan', '127.0.10.0/24', '127.0.10.9'], 2, /127\.0\.10\.9/],
  ['a port that is none', ['read', '127.0.10.9:70000'], 2, /70000/],
  ['an address that is none', ['read', '300.1.2.3'], 2, /300\.1\.2\.3/],
];

for (const [what, args, code, words] of usage) {
  test(`${what} is wrong use, with a sentence that says so`, async () => {
    const result = await runRsb(args);
    assert.equal(result.code, code, result.stderr);
    assert.match(result.stdout + result.stderr, words);
    assert.doesNotMatch(result.stderr, /\n\s+at /, 'no stack trace');
  });
}

test('a server is not a printer: exit 3, and a line that says so and names nothing of it', async () => {
  const server = seedSite().find(({ address }) => !seedMachines.some(({ facts }) => facts.address === address));
  assert.ok(server);
  const { code, stdout } = await runRsb(['read', `${server.address}:${site.port}`, '--json']);
  assert.equal(code, 3);
  const [line] = jsonLines(stdout);
  assert.equal(completenessOf(line), 'notPrinter');
  assert.equal(line?.['identity'], undefined);
});

test('nobody there: exit 4, with a line', async () => {
  const { code, stdout } = await runRsb([
    'read',
    `127.0.10.200:${site.port}`,
    '--json',
    '--timeout',
    '200',
    '--retries',
    '0',
  ]);
  assert.equal(code, 4);
  assert.equal(completenessOf(jsonLines(stdout)[0]), 'unreachable');
});

test('a wrong community is no answer, and says what it may be', async () => {
  const { code, stderr } = await runRsb([
    'read',
    `127.0.10.9:${site.port}`,
    '--community',
    'secret-word',
    '--timeout',
    '200',
    '--retries',
    '0',
  ]);
  assert.equal(code, 4);
  assert.match(stderr, /community/);
  assert.doesNotMatch(stderr, /secret-word/);
});

test('a taken port is wrong use and names the port', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  for (const args of [
    ['demo', '--box-port', String(address.port), '--central-port', '0'],
    ['demo', '--box-port', '0', '--central-port', String(address.port)],
  ]) {
    const { code, stderr } = await runRsb(args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, new RegExp(`${address.port}`));
  }
});

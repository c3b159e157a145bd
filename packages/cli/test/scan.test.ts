/** `rsb scan` as a person and as a script see it. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { IDENTIFYING } from '@rsb/drivers';
import { likelyMeans, whichOn } from '@rsb/icmp';
import { Secret } from '@rsb/runtime';
import { seedSite, startSite } from '@rsb/simulator';
import { type Oid, oid } from '@rsb/snmp';
import { encodeFirstRequest } from '@rsb/snmp/message';
import { scan } from '../src/scan.ts';
import { capturedIo, within } from './captured-io.ts';

const site = await startSite({ machines: seedSite(), port: 0 });
after(() => site.close());
const port = String(site.port);
/** Without a ping: the same on a machine without fping. */
const QUICK = ['--port', port, '--rate', '0', '--timeout', '1', '--retries', '0', '--no-ping'];
const folder = mkdtempSync(join(tmpdir(), 'rsb-scan-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('scan', () => {
  it('prints a line for each printer for people, and the sum on stderr', async () => {
    const io = capturedIo();
    assert.equal(await scan(['127.0.17.16/28', '127.0.7.112/28', ...QUICK], io), 0);
    const lines = io.out().trimEnd().split('\n').sort();
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^127\.0\.17\.21:\d+ +Ricoh Aficio MP C2050 +V2293901188 +RNPEB7829 +Multifunction$/);
    assert.match(lines[1] ?? '', /^127\.0\.7\.120:\d+ +Kyocera FS-1370DN +Q663902729 +KMB66E54 +Printer$/);
    assert.match(io.err(), /28 addresses, .* 2 printers, .* packets, .* kB/);
  });

  it('prints JSON alone with --json: address, port, kind, identity, driver, and the summary last', async () => {
    const io = capturedIo();
    assert.equal(await scan(['127.0.17.21', ...QUICK, '--json'], io), 0);
    const [line, summary, ...rest] = io.lines();
    assert.deepEqual(rest, []);
    assert.equal(line?.['address'], '127.0.17.21');
    assert.equal(line?.['port'], site.port);
    assert.equal(line?.['kind'], 'mfp');
    assert.equal(within(line, 'identity')['serialNumber'], 'V2293901188');
    assert.deepEqual(line?.['driver'], { name: 'ricoh', version: 1, generic: false });
    const counts = within(summary, 'summary');
    assert.equal(counts['printers'], 1);
    const traffic = site.traffic('127.0.17.21');
    const packets = Number(counts['packets']);
    assert.ok(packets >= 4 && packets <= traffic.received + traffic.sent, `${packets}`);
  });

  it('finds nobody: exit 0, a summary and no other line', async () => {
    const io = capturedIo();
    assert.equal(await scan(['127.0.99.1', ...QUICK, '--json'], io), 0);
    const [line, ...rest] = io.lines();
    assert.deepEqual(rest, []);
    const { seconds: _seconds, bytes: _bytes, ...counts } = within(line, 'summary');
    assert.deepEqual(counts, {
      addresses: 1,
      alive: 0,
      snmp: 0,
      printers: 0,
      ignored: 0,
      answersPingOnly: 0,
      // One try as v2c, one as v1.
      packets: 2,
    });
  });

  it('shows its progress on a terminal, on one line that is gone in the end', async () => {
    const io = capturedIo({ interactive: true });
    assert.equal(await scan(['127.0.17.21', ...QUICK], io), 0);
    assert.match(io.err(), /\r1 of 1 addresses, 1 answer, 1 printers *\r *\r/);
  });

  it('stopped: says so, exit 1', async () => {
    const abort = new AbortController();
    abort.abort(new Error('SIGINT'));
    const io = capturedIo({ signal: abort.signal });
    assert.equal(await scan(['127.0.17.0/24', ...QUICK, '--json'], io), 1);
    assert.equal(within(io.lines().at(-1), 'summary')['complete'], false);
    assert.match(io.err(), /Stopped before the end/);
  });

  it('records what it asked where the environment wants it, each object once', async () => {
    const log = join(folder, 'asked');
    const io = capturedIo({ env: { ...process.env, RSB_ASKED_LOG: log } });
    await scan(['127.0.17.21', '127.0.7.120', ...QUICK, '--json'], io);
    const asked = readFileSync(log, 'utf8').trimEnd().split('\n');
    assert.ok(asked.length > 10);
    assert.equal(new Set(asked).size, asked.length);
    for (const object of asked) assert.match(object, /^1\.3\.6\.1(\.\d+)+$/);
  });
});

describe('scan --estimate', () => {
  const estimate = async (...args: string[]) => {
    const log = join(folder, 'never');
    const io = capturedIo({ env: { ...process.env, RSB_ASKED_LOG: log } });
    assert.equal(await scan([...args, '--estimate', '--json'], io), 0);
    assert.ok(!existsSync(log), 'nothing was asked');
    return io.lines()[0]?.['estimate'];
  };

  /** An echo and, as nobody answers it, the first request in the place of a second; without echoes a request and a small one. */
  const eachBytes = async () => {
    const { method, dataBytes } = await likelyMeans({ which: whichOn(process.env['PATH']) });
    const credential = { version: 'v2c', community: new Secret('public') } as const;
    const request = (...objects: readonly Oid[]) => encodeFirstRequest(credential, objects).length;
    return 56 + request(...IDENTIFYING) + (method === 'none' ? request(oid('1.3.6.1.2.1.1.2.0')) : dataBytes);
  };
  const kilobytes = async (addresses: number) => Math.round((addresses * (await eachBytes())) / 100) / 10;

  it('two packets to each address, at the rate', async () => {
    assert.deepEqual(await estimate('10.0.0.0/24'), {
      addresses: 254,
      packets: 508,
      kilobytes: await kilobytes(254),
      minutes: 0.3,
    });
    assert.deepEqual(await estimate('10.0.0.0/16'), {
      addresses: 65_534,
      packets: 131_068,
      kilobytes: await kilobytes(65_534),
      minutes: 87.4,
    });
  });

  it('without a limit: no minutes', async () => {
    assert.deepEqual(await estimate('10.0.0.0/24', '10.0.1.0/24', '--rate', '0'), {
      addresses: 508,
      packets: 1016,
      kilobytes: await kilobytes(508),
      minutes: null,
    });
  });

  it('for people: a sentence', async () => {
    const io = capturedIo({ locale: 'fr' });
    await scan(['10.0.0.0/24', '--estimate'], io);
    assert.match(io.out(), /254 adresses : 508 paquets, [\d,]+ kB, 0,3 min/);
  });
});

describe('wrong use of scan', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /a range is missing/],
    [['10.0.0.0/40'], /10\.0\.0\.0\/40.*prefix 40 is above 32/],
    [['10.0.0.300'], /300 is above 255/],
    [['10.0.0.0/24', '10.0.0.7'], /10\.0\.0\.7.*10\.0\.0\.0\/24/],
    [['127.0.0.1', '--rate', '-1'], /--rate/],
    [['127.0.0.1', '--rate', 'fast'], /--rate fast/],
    [['127.0.0.1', '--port', '0'], /--port 0/],
    [['127.0.0.1', '--timeout', '0'], /--timeout 0/],
    [['127.0.0.1', '--timeout', '61s'], /--timeout 61s/],
    [['127.0.0.1', '--retries', '11'], /--retries 11/],
    [['127.0.0.1', '--community', ''], /--community/],
    [['127.0.0.1', '--nonsense'], /--nonsense/],
  ];
  for (const [args, words] of cases) {
    it(`${args.join(' ') || 'nothing'}: exit 2 and a sentence`, async () => {
      const io = capturedIo();
      assert.equal(await scan(args, io), 2);
      assert.match(io.err(), words);
      assert.equal(io.out(), '');
    });
  }

  it('--help is no mistake', async () => {
    const io = capturedIo({ locale: 'de' });
    assert.equal(await scan(['--help'], io), 0);
    assert.match(io.out(), /^Aufruf: rsb scan BEREICH/);
  });
});

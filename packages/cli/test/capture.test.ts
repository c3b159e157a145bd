/** `rsb capture`: the file says of the machine what it counts, and nothing of whose it is. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Reading } from '@rsb/contract';
import {
  CANARY,
  capturesSite,
  parseSnmprec,
  type SimulatedMachine,
  seedMachines,
  seedSite,
  startSite,
} from '@rsb/simulator';
import { capture } from '../src/capture.ts';
import { read } from '../src/read.ts';
import { capturedIo, within } from './captured-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'rsb-capture-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const site = await startSite({ machines: seedSite(), port: 0 });
after(() => site.close());

const RICOH = '127.0.10.9';
const place = (address: string) => `${address}:${site.port}`;
const BRIEF = ['--timeout', '200ms', '--retries', '0'];
let files = 0;
const freshFile = () => {
  files += 1;
  return join(folder, `${files}.snmprec`);
};

async function captureTo(file: string, address: string, ...args: string[]) {
  const io = capturedIo();
  const code = await capture([place(address), '-o', file, '--rate', '0', ...args], io);
  return { code, io, text: existsSync(file) ? readFileSync(file, 'latin1') : '' };
}

/** Octets of a file with those in hex decoded, so that nothing hides in another notation. */
function plainTextOf(file: string): string {
  const { objects, problems } = parseSnmprec(readFileSync(file));
  assert.deepEqual(problems, []);
  assert.ok(objects.length > 0);
  const texts = objects.map(([oid, value]) =>
    value.type === 'octets' || value.type === 'opaque'
      ? `${oid} ${Buffer.from(value.value).toString('latin1')} ${Buffer.from(value.value).toString('hex')}`
      : `${oid} ${String('value' in value ? value.value : '')}`,
  );
  return texts.join('\n');
}

async function readAt(target: string): Promise<Reading> {
  const io = capturedIo();
  assert.equal(await read([target, '--json', '--rate', '0'], io), 0, io.err());
  return io.lines()[0] as unknown as Reading;
}

/** What a redacted file has to say as the machine did. */
function openPart({ kind, identity, counters, supplies, status, driver, alerts }: Reading) {
  const rows = supplies?.map(({ serialNumber: _serial, ...row }) => row);
  const { manufacturer, model, firmware } = identity ?? {};
  return {
    kind,
    manufacturer,
    model,
    firmware,
    counters,
    rows,
    status,
    driver,
    codes: alerts?.map(({ code }) => code),
  };
}

async function onSite<T>(machines: readonly SimulatedMachine[], work: (port: number) => Promise<T>): Promise<T> {
  const other = await startSite({ machines, port: 0 });
  try {
    return await work(other.port);
  } finally {
    await other.close();
  }
}

describe('capture of each machine of the seed', () => {
  for (const [index, { facts }] of seedMachines.entries()) {
    it(`${facts.address}: reads as the machine does, and tells nothing of whose it is`, async () => {
      const before = await readAt(place(facts.address));
      const own = join(folder, `machine-${index}`);
      mkdirSync(own);
      const { code, io } = await captureTo(join(own, 'it.snmprec'), facts.address);
      assert.equal(code, 0, io.err());

      const text = plainTextOf(join(own, 'it.snmprec')).toLowerCase();
      const { serialNumber, hostName, location, macAddress, assetNumber } = before.identity ?? {};
      const mac = macAddress?.replaceAll(':', '') ?? '';
      const secrets = [serialNumber, hostName, location, assetNumber, mac, mac.slice(6), facts.address, CANARY];
      const told = secrets.filter((secret) => secret && secret.length > 3).map((secret) => `${secret}`.toLowerCase());
      assert.ok(told.length >= 5, told.join());
      for (const secret of told) assert.ok(!text.includes(secret), secret);
      assert.ok(text.includes(mac.slice(0, 6)), 'the maker of the interface stays');

      const [machine] = capturesSite(own, { network: '127.91' }).machines;
      assert.ok(machine);
      const replayed = await onSite([machine], (port) => readAt(`${machine.address}:${port}`));
      assert.deepEqual(openPart(replayed), openPart(before));
      const shape = (value: string | null | undefined) => value?.replace(/\d/g, '9').replace(/[a-z]/gi, 'a');
      assert.equal(shape(replayed.identity?.serialNumber), shape(serialNumber));
      assert.equal(replayed.identity?.hostName?.length, hostName?.length);
    });
  }
});

describe('capture', () => {
  it('is another each time: the key is not kept', async () => {
    const [one, two] = [await captureTo(freshFile(), RICOH), await captureTo(freshFile(), RICOH)];
    assert.notEqual(one.text, two.text);
    assert.equal(one.text.split('\n').length, two.text.split('\n').length);
  });

  it('asks for nothing of people, documents and jobs, with the counter tables too', async () => {
    const log = join(folder, 'asked');
    const file = freshFile();
    const io = capturedIo({ env: { ...process.env, RSB_ASKED_LOG: log } });
    assert.equal(await capture([place(RICOH), '-o', file, '--rate', '0', '--counter-tables'], io), 0);
    const asked = readFileSync(log, 'utf8').trimEnd().split('\n');
    assert.ok(asked.length > 100);
    for (const object of asked) assert.doesNotMatch(object, /^1\.3\.6\.1\.2\.1\.(1\.4|43\.16|25\.[456]|4\.22)(\.|$)/);
    assert.ok(!plainTextOf(file).includes(CANARY));
  });

  it('says what it wrote: words on stderr, JSON alone on stdout', async () => {
    const file = freshFile();
    const { io } = await captureTo(file, RICOH, '--json');
    const [line, ...rest] = io.lines();
    assert.deepEqual(rest, []);
    const told = line?.['capture'] as Record<string, unknown>;
    assert.equal(told['file'], file);
    assert.equal(told['driver'], 'ricoh');
    assert.equal(told['machine'], 'Ricoh Aficio MP C2050');
    assert.equal(told['readsTheSame'], true);
    assert.deepEqual(told['unfinished'], []);
    assert.match(io.err(), /have a look before you send it/);
  });

  it('shows its progress on a terminal', async () => {
    const io = capturedIo({ interactive: true });
    assert.equal(await capture([place(RICOH), '-o', freshFile(), '--rate', '0'], io), 0);
    assert.match(io.err(), /\r\d+ of \d+ objects asked, \d+ values/);
  });

  it('does not write over a file unless told to', async () => {
    const file = freshFile();
    writeFileSync(file, 'mine');
    const before = site.traffic(RICOH).received;
    const refused = await captureTo(file, RICOH);
    assert.equal(refused.code, 2);
    assert.match(refused.io.err(), /--force/);
    assert.equal(refused.text, 'mine');
    assert.equal(site.traffic(RICOH).received, before, 'nothing was asked');
    const forced = await captureTo(file, RICOH, '--force');
    assert.equal(forced.code, 0);
    assert.notEqual(forced.text, 'mine');
  });

  it('what is no printer: exit 3, a line, no file', async () => {
    const server = seedSite().find(({ address }) => !seedMachines.some(({ facts }) => facts.address === address));
    assert.ok(server);
    const { code, io, text } = await captureTo(freshFile(), server.address, '--json');
    assert.equal(code, 3);
    assert.equal(text, '');
    assert.equal(within(io.lines()[0], 'completeness')['state'], 'notPrinter');
  });

  it('silent: exit 4, a line, no file', async () => {
    const { code, io, text } = await captureTo(freshFile(), RICOH, '--json', '--community', 'hush-hush', ...BRIEF);
    assert.equal(code, 4);
    assert.equal(text, '');
    assert.equal(within(io.lines()[0], 'completeness')['state'], 'unreachable');
    assert.doesNotMatch(io.err() + io.out(), /hush/);
  });

  it('a folder that is not there: exit 2 and a sentence', async () => {
    const { code, io } = await captureTo(join(folder, 'nowhere', 'it.snmprec'), RICOH);
    assert.equal(code, 2);
    assert.match(io.err(), /nowhere/);
  });

  it('stopped: exit 1, no file', async () => {
    const abort = new AbortController();
    const io = capturedIo({ signal: abort.signal, interactive: true, stderr: () => abort.abort(new Error('SIGINT')) });
    const file = freshFile();
    assert.equal(await capture([place(RICOH), '-o', file, '--rate', '0'], io), 1);
    assert.ok(!existsSync(file));
  });

  for (const [args, words] of [
    [[], /an address is missing/],
    [['127.0.0.1'], /-o FILE is missing/],
    [['127.0.0.1', '127.0.0.2', '-o', 'x'], /one address at a time/],
    [['127.0.0.1', '-o', 'x', '--nonsense'], /--nonsense/],
  ] as const) {
    it(`wrong use, ${args.join(' ') || 'nothing'}: exit 2 and a sentence`, async () => {
      const io = capturedIo();
      assert.equal(await capture(args, io), 2);
      assert.match(io.err(), words);
    });
  }
});

const captures = join(import.meta.dirname, '../../../../shared/captures/printers');
const isThere = existsSync(captures);
if (!isThere) assert.notEqual(process.env['RSB_REQUIRE_ALL'], '1', `${captures} is missing`);

describe('captures of real machines, captured again', {
  skip: isThere ? false : 'no captures beside the project',
}, () => {
  it('read the same, without a serial number or hardware address of theirs', async () => {
    const { machines } = capturesSite(captures, { network: '127.92' });
    assert.ok(machines.length >= 61);
    const again = join(folder, 'again');
    mkdirSync(again);
    const before = await onSite(machines, async (port) => {
      const readings: Reading[] = [];
      for (const { address, name } of machines) {
        const io = capturedIo();
        const file = join(again, `${name}.snmprec`);
        assert.equal(await capture([`${address}:${port}`, '-o', file, '--rate', '0', '--json'], io), 0, io.err());
        assert.match(io.out(), /"unfinished":\[\],"readsTheSame":true/, name);
        readings.push(await readAt(`${address}:${port}`));
      }
      return readings;
    });
    assert.equal(readdirSync(again).length, machines.length);
    const redacted = capturesSite(again, { network: '127.93' }).machines;
    await onSite(redacted, async (port) => {
      for (const [index, { address, name }] of redacted.entries()) {
        const [was, is] = [before[index], await readAt(`${address}:${port}`)];
        assert.ok(was);
        const withoutWords = (reading: Reading) => {
          const { rows, ...rest } = openPart(reading);
          return { ...rest, rows: rows?.map(({ description: _description, ...row }) => row) };
        };
        assert.deepEqual(withoutWords(is), withoutWords(was), name);
        const text = plainTextOf(join(again, `${name}.snmprec`)).toLowerCase();
        const mac = was.identity?.macAddress?.replaceAll(':', '');
        for (const secret of [was.identity?.serialNumber?.toLowerCase(), mac]) {
          if (secret && secret.length > 3) assert.ok(!text.includes(secret), `${name}: ${secret}`);
        }
      }
    });
  });
});

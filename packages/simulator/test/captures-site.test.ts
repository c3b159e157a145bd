import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Oid, oid } from '@rsb/snmp';
import { allObjects, type CapturesSite, capturesSite, type RunningSite, startSite } from '../src/index.ts';
import { type Asker, shown, startAsker } from './asker.ts';
import { capturesFolder, skipWithoutCaptures } from './installed.ts';

describe('a folder of captures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'captures-'));
  after(() => rmSync(folder, { recursive: true }));

  it('gives each file an address of its own, by name, and tells what is broken', () => {
    writeFileSync(join(folder, 'b.snmprec'), '1.3.6.1.2.1.1.1.0|4|second\nbroken\n');
    writeFileSync(join(folder, 'a.snmprec'), '1.3.6.1.2.1.1.1.0|4|first\n');
    writeFileSync(join(folder, 'README.md'), 'no capture');
    const { machines, problems } = capturesSite(folder);
    assert.deepEqual(
      machines.map(({ address, name }) => `${address} ${name}`),
      ['127.60.0.1 a', '127.60.0.2 b'],
    );
    assert.deepEqual(problems, [{ file: 'b.snmprec', line: 2, reason: 'fields', text: 'broken' }]);
  });

  it('goes on in the next network after 250 files', () => {
    for (let file = 0; file < 251; file += 1)
      writeFileSync(join(folder, `c${String(file).padStart(3, '0')}.snmprec`), '');
    const addresses = capturesSite(folder, { network: '127.62' }).machines.map(({ address }) => address);
    assert.equal(addresses.length, 253);
    assert.equal(addresses[249], '127.62.0.250');
    assert.equal(addresses[250], '127.62.1.1');
    assert.equal(new Set(addresses).size, 253);
  });
});

describe('the captures beside the project, over UDP', { skip: skipWithoutCaptures() }, () => {
  let captures: CapturesSite;
  let site: RunningSite;
  let asker: Asker;

  before(async () => {
    captures = capturesSite(join(capturesFolder, 'printers'), { network: '127.63' });
    site = await startSite({ machines: captures.machines, port: 0 });
    asker = await startAsker(site.port);
  });
  after(async () => {
    asker?.close();
    await site?.close();
  });

  it('every printer is there', () => {
    const files = readdirSync(join(capturesFolder, 'printers'));
    assert.equal(captures.machines.length, files.length);
    assert.deepEqual(captures.problems, []);
  });

  it('a walk by GETBULK over the wire gives every object of every capture, in order', async () => {
    let walked = 0;
    for (const { address, name, mib } of captures.machines) {
      const expected = [...allObjects(mib, oid('0.0'))];
      const found: string[] = [];
      let last: Oid = oid('0.0');
      for (let request = 0; request <= expected.length; request += 1) {
        const { varbinds } = await asker.ask(address, { pdu: 'getBulk', maxRepetitions: 60, oids: [last] });
        const told = varbinds.filter(({ value }) => typeof value === 'object' && value.type !== 'endOfMibView');
        found.push(...told.map((each) => `${each.oid} ${shown(each.value)}`));
        const end = told.at(-1)?.oid;
        if (told.length < varbinds.length || end === undefined || end === null) break;
        last = end;
      }
      assert.deepEqual(
        found,
        expected.map((each) => `${each.oid} ${shown(each.value)}`),
        name,
      );
      walked += found.length;
    }
    assert.ok(walked > 20_000, `${walked} objects`);
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { oid } from '@rsb/snmp';
import fc from 'fast-check';
import { allObjects, mibOf } from '../src/mib.ts';
import { parseSnmprec } from '../src/snmprec.ts';
import { capturesFolder, skipWithoutCaptures } from './installed.ts';

const parse = (source: string) => parseSnmprec(Buffer.from(source, 'latin1'));
const bytes = (...octets: number[]) => Uint8Array.from(octets);

describe('a line of a capture becomes an object', () => {
  const cases = [
    { line: '1.3.6.1.2.1.1.7.0|2|76', value: { type: 'integer', value: 76 } },
    { line: '1.3.6.1.2.1.43.11.1.1.9.1.2|2|-3', value: { type: 'integer', value: -3 } },
    { line: '1.3.6.1.2.1.1.5.0|4|KM', value: { type: 'octets', value: bytes(0x4b, 0x4d) } },
    { line: '1.3.6.1.2.1.1.6.0|4|', value: { type: 'octets', value: bytes() } },
    { line: '1.3.6.1.2.1.1.6.0|4|a|b', value: { type: 'octets', value: bytes(0x61, 0x7c, 0x62) } },
    { line: '1.3.6.1.2.1.1.6.0|4|\u00c9', value: { type: 'octets', value: bytes(0xc9) } },
    {
      line: '1.3.6.1.2.1.2.2.1.6.1|4x|0017C8b902de',
      value: { type: 'octets', value: bytes(0, 0x17, 0xc8, 0xb9, 2, 0xde) },
    },
    { line: '1.3.6.1.2.1.1.9.0|5|', value: { type: 'null' } },
    { line: '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.1347.41', value: { type: 'oid', value: oid('1.3.6.1.4.1.1347.41') } },
    { line: '1.3.6.1.2.1.25.3.2.1.4.2|6|0.0', value: { type: 'oid', value: oid('0.0') } },
    { line: '1.3.6.1.2.1.4.20.1.1.10.0.0.9|64|10.0.0.9', value: { type: 'ipAddress', value: bytes(10, 0, 0, 9) } },
    { line: '1.3.6.1.2.1.43.10.2.1.4.1.1|65|4294967295', value: { type: 'counter32', value: 4_294_967_295 } },
    { line: '1.3.6.1.2.1.2.2.1.10.1|65|-1', value: { type: 'counter32', value: 4_294_967_295 } },
    { line: '1.3.6.1.2.1.2.2.1.5.1|66|100000000', value: { type: 'gauge32', value: 100_000_000 } },
    { line: '1.3.6.1.2.1.1.3.0|67|90117500', value: { type: 'timeTicks', value: 90_117_500 } },
    {
      line: '1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551615',
      value: { type: 'counter64', value: 18_446_744_073_709_551_615n },
    },
    { line: '.1.3.6.1.2.1.1.7.0|2|76\r', value: { type: 'integer', value: 76 } },
  ];
  for (const { line, value } of cases) {
    it(line, () => {
      const { objects, problems } = parse(line);
      assert.deepEqual(problems, []);
      assert.equal(objects.length, 1);
      assert.deepEqual(objects[0]?.[1], value);
    });
  }
});

describe('a broken line is named and the rest is kept', () => {
  const cases = [
    { line: 'no object at all', reason: 'fields' },
    { line: '1.3.6.1.2.1.1.5.0|4', reason: 'fields' },
    { line: '1.3.six|4|x', reason: 'oid' },
    { line: '|4|x', reason: 'oid' },
    { line: '1.3.6.1.2.1.1.5.0|9|x', reason: 'type' },
    { line: '1.3.6.1.2.1.1.5.0|4x|abc', reason: 'value' },
    { line: '1.3.6.1.2.1.1.7.0|2|seven', reason: 'value' },
    { line: '1.3.6.1.2.1.1.7.0|2|2147483648', reason: 'value' },
    { line: '1.3.6.1.2.1.1.3.0|67|4294967296', reason: 'value' },
    { line: '1.3.6.1.2.1.4.20.1.1.1.1.1.1|64|10.0.0.256', reason: 'value' },
    { line: '1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551616', reason: 'value' },
    { line: '1.3.6.1.2.1.1.1.0|4|again', reason: 'duplicate' },
  ];
  for (const { line, reason } of cases) {
    it(`${reason}: ${line}`, () => {
      const { objects, problems } = parse(`1.3.6.1.2.1.1.1.0|4|first\n${line}\n\n1.3.6.1.2.1.1.8.0|67|1\n`);
      assert.deepEqual(problems, [{ line: 2, reason, text: line }]);
      assert.deepEqual(
        objects.map(([name]) => name),
        ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.8.0'],
      );
    });
  }

  it('whatever a file holds, nothing is thrown and every line is an object, a problem or empty', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (file) => {
        const { objects, problems } = parseSnmprec(file);
        const lines = Buffer.from(file).toString('latin1').split('\n').length;
        assert.ok(objects.length + problems.length <= lines);
      }),
    );
  });
});

describe('every capture beside the project', { skip: skipWithoutCaptures() }, () => {
  for (const folder of ['printers', 'nonprinters']) {
    it(`${folder}: parses without a problem and walks in order`, () => {
      const files = readdirSync(join(capturesFolder, folder)).filter((name) => name.endsWith('.snmprec'));
      let walked = 0;
      for (const file of files) {
        const source = readFileSync(join(capturesFolder, folder, file));
        const { objects, problems } = parseSnmprec(source);
        assert.deepEqual(problems, [], file);
        assert.ok(objects.length > 0, file);
        const found = [...allObjects(mibOf(objects), oid('0.0'))];
        assert.equal(found.length, objects.length, file);
        walked += found.length;
      }
      assert.equal(files.length, readdirSync(join(capturesFolder, folder)).length, 'every file of the folder was used');
      assert.ok(files.length >= 60, `${files.length} files`);
      assert.ok(walked > 10_000, `${walked} objects`);
    });
  }
});

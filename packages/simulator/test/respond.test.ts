import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Oid } from '@rsb/snmp';
import { ERROR_STATUS, type Request } from '@rsb/snmp/message';
import fc from 'fast-check';
import { mibOf } from '../src/mib.ts';
import { respond } from '../src/respond.ts';
import { counter64, integer, row, scalar, text } from '../src/values.ts';
import { decoded, names, shown } from './asker.ts';

const mib = mibOf([
  scalar('1.3.6.1.2.1.1.1', text('printer')),
  scalar('1.3.6.1.2.1.1.7', integer(72)),
  ...row('1.3.6.1.2.1.43.11.1.1', '1.1', { 6: text('black'), 9: integer(40) }),
  ...row('1.3.6.1.2.1.43.11.1.1', '1.2', { 6: text('cyan'), 9: integer(20) }),
  ...row('1.3.6.1.2.1.43.11.1.1', '1.10', { 6: text('waste'), 9: integer(-3) }),
  ...row('1.3.6.1.2.1.31.1.1.1', 1, { 6: counter64(5n) }),
]);

function answer(request: Partial<Request> & { oids: readonly Oid[] }, largestResponse = 1472) {
  const bytes = respond(
    { version: 'v2c', community: 'public', pdu: 'get', requestId: 7, nonRepeaters: 0, maxRepetitions: 0, ...request },
    mib,
    { largestResponse },
  );
  assert.ok(bytes.length <= largestResponse, `${bytes.length} bytes`);
  const response = decoded(bytes);
  assert.equal(response.requestId, 7);
  return {
    status: response.errorStatus,
    index: response.errorIndex,
    varbinds: response.varbinds.map((varbind) => `${varbind.oid} ${shown(varbind.value)}`),
  };
}

describe('GET', () => {
  it('answers in the asked order', () => {
    assert.deepEqual(answer({ oids: names('1.3.6.1.2.1.1.7.0', '1.3.6.1.2.1.1.1.0') }), {
      status: 0,
      index: 0,
      varbinds: ['1.3.6.1.2.1.1.7.0 72', '1.3.6.1.2.1.1.1.0 printer'],
    });
  });
  it('v2c tells a missing row from a missing object', () => {
    const { varbinds } = answer({ oids: names('1.3.6.1.2.1.43.11.1.1.9.1.7', '1.3.6.1.2.1.99.1.0') });
    assert.deepEqual(varbinds, ['1.3.6.1.2.1.43.11.1.1.9.1.7 noSuchInstance', '1.3.6.1.2.1.99.1.0 noSuchObject']);
  });
  it('v1 names the first missing object and gives no value', () => {
    const missing = names('1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.99.1.0', '1.3.6.1.2.1.98.1.0');
    assert.deepEqual(answer({ version: 'v1', oids: missing }), {
      status: ERROR_STATUS.noSuchName,
      index: 2,
      varbinds: missing.map((name) => `${name} null`),
    });
  });
  it('v1 has no Counter64', () => {
    const oids = names('1.3.6.1.2.1.31.1.1.1.6.1');
    assert.equal(answer({ version: 'v1', oids }).status, ERROR_STATUS.noSuchName);
    assert.deepEqual(answer({ oids }).varbinds, ['1.3.6.1.2.1.31.1.1.1.6.1 5']);
  });
  it('too big for the agent: v2c sends no varbind, v1 the names', () => {
    // Three varbinds with their values take 84 bytes, without them 71.
    const oids = names('1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.7.0', '1.3.6.1.2.1.43.11.1.1.6.1.1');
    assert.deepEqual(answer({ oids }, 80), { status: ERROR_STATUS.tooBig, index: 0, varbinds: [] });
    const v1 = answer({ version: 'v1', oids }, 80);
    assert.equal(v1.status, ERROR_STATUS.tooBig);
    assert.equal(v1.varbinds.length, 3);
  });
});

describe('GETNEXT', () => {
  it('orders by number, not by text: .2 before .10', () => {
    assert.deepEqual(answer({ pdu: 'getNext', oids: names('1.3.6.1.2.1.43.11.1.1.9.1.2') }).varbinds, [
      '1.3.6.1.2.1.43.11.1.1.9.1.10 -3',
    ]);
  });
  it('from a name that is not there, and from a prefix', () => {
    assert.deepEqual(
      answer({ pdu: 'getNext', oids: names('1.3.6.1.2.1.43.11.1.1.9', '1.3.6.1.2.1.43.11.1.1.7.1.5') }).varbinds,
      ['1.3.6.1.2.1.43.11.1.1.9.1.1 40', '1.3.6.1.2.1.43.11.1.1.9.1.1 40'],
    );
  });
  it('at the end: endOfMibView in v2c, noSuchName in v1', () => {
    const oids = names('1.3.6.1.2.1.43.11.1.1.9.1.10');
    assert.deepEqual(answer({ pdu: 'getNext', oids }).varbinds, ['1.3.6.1.2.1.43.11.1.1.9.1.10 endOfMibView']);
    assert.equal(answer({ version: 'v1', pdu: 'getNext', oids }).status, ERROR_STATUS.noSuchName);
  });
  it('v1 steps over a Counter64', () => {
    const oids = names('1.3.6.1.2.1.1.7.0');
    assert.deepEqual(answer({ pdu: 'getNext', oids }).varbinds, ['1.3.6.1.2.1.31.1.1.1.6.1 5']);
    assert.deepEqual(answer({ version: 'v1', pdu: 'getNext', oids }).varbinds, ['1.3.6.1.2.1.43.11.1.1.6.1.1 black']);
  });
});

describe('GETBULK', () => {
  it('non-repeaters once, then row after row of the others', () => {
    const { varbinds } = answer({
      pdu: 'getBulk',
      nonRepeaters: 1,
      maxRepetitions: 2,
      oids: names('1.3.6.1.2.1.1.1', '1.3.6.1.2.1.43.11.1.1.6', '1.3.6.1.2.1.43.11.1.1.9'),
    });
    assert.deepEqual(varbinds, [
      '1.3.6.1.2.1.1.1.0 printer',
      '1.3.6.1.2.1.43.11.1.1.6.1.1 black',
      '1.3.6.1.2.1.43.11.1.1.9.1.1 40',
      '1.3.6.1.2.1.43.11.1.1.6.1.2 cyan',
      '1.3.6.1.2.1.43.11.1.1.9.1.2 20',
    ]);
  });
  it('stops repeating at the end of the MIB', () => {
    const { varbinds } = answer({
      pdu: 'getBulk',
      maxRepetitions: 50,
      oids: names('1.3.6.1.2.1.43.11.1.1.9.1.1'),
    });
    assert.deepEqual(varbinds, [
      '1.3.6.1.2.1.43.11.1.1.9.1.2 20',
      '1.3.6.1.2.1.43.11.1.1.9.1.10 -3',
      '1.3.6.1.2.1.43.11.1.1.9.1.10 endOfMibView',
    ]);
  });
  it('repeats less where the answer would be too big, and as much as fits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 400 }), fc.integer({ min: 1, max: 1000 }), (largest, maxRepetitions) => {
        const request = { pdu: 'getBulk', maxRepetitions, oids: names('1.3.6.1.2.1') } as const;
        const all = answer(request, 65_000).varbinds;
        const fitting = answer(request, largest);
        assert.equal(fitting.status, 0);
        assert.ok(fitting.varbinds.length >= 1);
        assert.deepEqual(fitting.varbinds, all.slice(0, fitting.varbinds.length));
      }),
    );
  });
});

/** A machine that misbehaves costs only its own reading, is never doubled, and is whole again once it is mended. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DiagnosisView, ReadNowResult } from '@rsb/contract';
import { millis } from '@rsb/runtime';
import { type Fault, seedSite } from '@rsb/simulator';
import { type Oid, oid } from '@rsb/snmp';
import { startSiteBox } from './box-at-work.ts';

const [KYOCERA, OTHER] = seedSite({ gear: false });
assert.ok(KYOCERA && OTHER);

const COUNTERS = oid('1.3.6.1.4.1.1347.42');
const SUPPLIES = oid('1.3.6.1.2.1.43.11');

/** What a scan makes of a machine that has the fault from the beginning. */
const FAULTS: readonly (readonly [string, Fault, 'complete' | 'partial' | 'unknown' | 'any'])[] = [
  ['silent', { kind: 'silent' }, 'unknown'],
  ['silent where its counters are asked', { kind: 'silentBelow', objects: [COUNTERS] }, 'any'],
  ['loses every second answer', { kind: 'loses', lost: 1, outOf: 2 }, 'complete'],
  ['late', { kind: 'slow', delay: millis(20) }, 'complete'],
  ['answers half', { kind: 'halfAnswers' }, 'any'],
  ['genErr for its supplies', { kind: 'genErr', objects: [SUPPLIES] }, 'any'],
  ['genErr for everything', { kind: 'genErr' }, 'unknown'],
  ['datagrams that end in the middle', { kind: 'truncated' }, 'unknown'],
  ['another request’s answer', { kind: 'wrongId' }, 'unknown'],
  ['other names than asked', { kind: 'wrongNames' }, 'unknown'],
  ['every answer twice', { kind: 'twice' }, 'complete'],
  ['from another port', { kind: 'otherPort' }, 'unknown'],
  ['from another address', { kind: 'otherAddress' }, 'unknown'],
  ['fewer varbinds to each GETBULK', { kind: 'shrinks' }, 'complete'],
  ['the last object first', { kind: 'reversed' }, 'any'],
  ['NULL for what is not there', { kind: 'absentAs', value: 'null' }, 'complete'],
  ['an empty text for what is not there', { kind: 'absentAs', value: 'text' }, 'complete'],
  ['walks that stand still', { kind: 'sameOid' }, 'any'],
  ['walks without end', { kind: 'endless' }, 'any'],
  ['walks in a circle', { kind: 'circle' }, 'any'],
  ['garbage', { kind: 'garbage' }, 'unknown'],
];

describe('a machine that from the beginning is', () => {
  for (const [name, fault, expected] of FAULTS) {
    test(name, async (t) => {
      const { box, site } = await startSiteBox(t, [KYOCERA, OTHER], { silence: true });
      site.misbehave(KYOCERA.address, [fault]);
      await box.scan();
      const other = await box.device(OTHER.address);
      assert.equal(other.completeness?.state, 'complete', 'the other one is whole');
      const found = (await box.devices()).find(({ address }) => address === KYOCERA.address);
      const state = found?.completeness?.state ?? 'unknown';
      if (expected !== 'any') assert.equal(state, expected);

      site.misbehave(KYOCERA.address, []);
      await box.scan();
      const mended = await box.device(KYOCERA.address);
      assert.equal(mended.completeness?.state, 'complete');
      assert.equal(mended.counters?.value.life, 28_536);
      assert.equal((await box.devices()).length, 2, 'nobody is doubled');
    });
  }
});

describe('a known machine that becomes', () => {
  // Broken datagrams are asked about at length, and garbage stands for both; of a known one nothing is asked that is not there.
  const others: ReadonlySet<Fault['kind']> = new Set(['truncated', 'otherAddress', 'reversed', 'absentAs']);
  for (const [name, fault] of FAULTS.filter(([, { kind }]) => !others.has(kind))) {
    test(name, async (t) => {
      const { box, site } = await startSiteBox(t, [KYOCERA], { silence: true });
      await box.scan();
      const before = await box.device(KYOCERA.address);
      site.misbehave(KYOCERA.address, [fault]);
      const path = `/devices/${encodeURIComponent(before.id)}/read`;
      const read = await box.reader.ask<ReadNowResult>('POST', path);
      assert.equal(read.device.id, before.id);
      assert.equal(read.device.counters?.value.life, 28_536, 'its last count stays');
      assert.equal(read.device.serialNumber, before.serialNumber);
      site.misbehave(KYOCERA.address, []);
      assert.equal((await box.reader.ask<ReadNowResult>('POST', path)).completeness.state, 'complete');
      assert.equal((await box.devices()).length, 1);
    });
  }
});

test('a host that has a value for everything is in no list, and the test of its address says why', async (t) => {
  const filled = (name: Oid) => KYOCERA.mib.get(name) ?? ({ type: 'integer', value: 4711 } as const);
  const decoy = () => ({ type: 'octets', value: Buffer.from('Office printer 500') }) as const;
  const { box } = await startSiteBox(t, [
    { ...KYOCERA, address: '127.70.33.1', mib: { get: decoy, next: (name) => ({ oid: name, value: decoy() }) } },
    { ...KYOCERA, address: '127.70.33.2', mib: { get: filled, next: KYOCERA.mib.next } },
    OTHER,
  ]);
  await box.scan();
  assert.deepEqual(
    (await box.devices()).map(({ address }) => address),
    [OTHER.address],
  );
  const left = JSON.stringify(box.items());
  assert.ok(!left.includes('127.70.33') && !left.includes('Office printer'), 'nothing of it leaves');
  const { cause } = await box.reader.ask<DiagnosisView>('POST', '/test', { address: '127.70.33.1' });
  assert.equal(cause, 'answersAnything');
});

test('all faults of the simulator are tried', () => {
  const kinds = new Set(FAULTS.map(([, { kind }]) => kind));
  // Volunteered objects are the engine's matter, and tested there.
  assert.equal(kinds.size, 19);
});

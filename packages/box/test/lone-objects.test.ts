/** A machine that has objects of its maker's and not the sign that nearly all have with them: it loses nothing for long. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Reading } from '@rsb/contract';
import { PARTS } from '@rsb/contract';
import { systemClock } from '@rsb/runtime';
import { type MibObject, mibOf, type SimulatedMachine } from '@rsb/simulator';
import { oid, type SnmpValue } from '@rsb/snmp';
import { readDevice } from '../src/read/index.ts';
import { startSiteBox } from './box-at-work.ts';
import { community, siteUnderTest } from './simulated-site.ts';

const PML = '1.3.6.1.4.1.11.2.3.9.4.2.1';
const text = (words: string): SnmpValue => ({ type: 'octets', value: Buffer.from(words) });
const integer = (value: number): SnmpValue => ({ type: 'integer', value });

/** An HP of which nothing is told that the drivers take for the sign of its page counts. */
function laserJet(address: string, serial: string, counts: Readonly<Record<string, number>>): SimulatedMachine {
  const objects: readonly MibObject[] = [
    [oid('1.3.6.1.2.1.1.1.0'), text('HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24220094')],
    [oid('1.3.6.1.2.1.1.2.0'), { type: 'oid', value: oid('1.3.6.1.4.1.11.2.3.9.1') }],
    [oid('1.3.6.1.2.1.25.3.2.1.2.1'), { type: 'oid', value: oid('1.3.6.1.2.1.25.3.1.5') }],
    [oid('1.3.6.1.2.1.25.3.2.1.3.1'), text('HP LaserJet MFP M999')],
    [oid('1.3.6.1.2.1.43.5.1.1.17.1'), text(serial)],
    [oid('1.3.6.1.2.1.43.10.2.1.4.1.1'), { type: 'counter32', value: 4711 }],
    ...Object.entries(counts).map(([number, count]): MibObject => [oid(`${PML}.${number}.0`), integer(count)]),
  ];
  return { address, name: serial, mib: mibOf(objects) };
}

const COLOR_PAGES = '4.1.2.7';
const DUPLEX_SHEETS = '4.1.2.22';
const PRINTED_FAXES = '3.7.1.32';

it('is looked at for them by its first read, and tells them from then on in every read', async (t) => {
  const plain = laserJet('127.70.31.1', 'SNPLAIN', {});
  const strange = laserJet('127.70.31.2', 'SNSTRANGE', { [PRINTED_FAXES]: 12, [COLOR_PAGES]: 34 });
  const { box, site } = await startSiteBox(t, [plain, strange]);
  const received = (address: string) => site.traffic(address).received;
  const last = (serial: string) =>
    box
      .items()
      .filter(({ kind }) => kind === 'reading')
      .map(({ body }) => body['reading'] as Reading)
      .findLast(({ identity }) => identity?.serialNumber === serial)?.counters;
  const scans: { readonly fax: unknown; readonly color: unknown; readonly asked: readonly number[] }[] = [];
  for (let scan = 0; scan < 3; scan += 1) {
    const before = [plain, strange].map(({ address }) => received(address));
    await box.scan();
    const counters = last('SNSTRANGE');
    const asked = [plain, strange].map(({ address }, at) => received(address) - (before[at] ?? 0));
    scans.push({ fax: counters?.fax.all ?? null, color: counters?.total.color ?? null, asked });
    assert.equal(last('SNPLAIN')?.fax.all ?? null, null);
  }
  assert.deepEqual(
    scans.map(({ fax, color }) => [fax, color]),
    [
      [12, 34],
      [12, 34],
      [12, 34],
    ],
  );
  const [first = 0, second = 0, third = 0] = scans.map(({ asked }) => asked[0]);
  assert.deepEqual([second, third], [first, first], 'to look costs no request of its own');
  // Another machine takes its place: it is asked for its own.
  await site.plugIn(laserJet(strange.address, 'SNOTHER', { [DUPLEX_SHEETS]: 56 }));
  for (const duplex of [112, 112]) {
    await box.scan();
    assert.deepEqual([last('SNOTHER')?.duplex ?? null, last('SNOTHER')?.fax.all ?? null], [duplex, null]);
  }
});

it('is asked at once where nobody will remember it', async () => {
  const { address, ...machine } = laserJet('127.70.31.3', 'SNSINGLE', { [PRINTED_FAXES]: 12 });
  const { snmp, port } = await siteUnderTest([{ address, ...machine }]);
  const target = { address, port, credentials: [community('public')], parts: PARTS };
  const { readings } = await readDevice({ snmp, clock: systemClock() }, target);
  assert.equal(readings[0].counters?.fax.all, 12);
});

/** The whole box on a driven clock over real UDP: what two days of its work put into the store and onto the network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SentReading } from '@rsb/contract';
import { hours, instant, manualClock, minutes, systemRandom } from '@rsb/runtime';
import { allObjects, changingMib, mibOf, seedSite } from '@rsb/simulator';
import { createEngine, isWithin, oid } from '@rsb/snmp';
import { startSiteBox } from './box-at-work.ts';
import { watchEngine } from './patient-clock.ts';

const [KYOCERA, OTHER] = seedSite({ gear: false });
assert.ok(KYOCERA && OTHER);

test('two scans, and a read of each machine every hour; a changed time holds at once', async (t) => {
  const network = watchEngine();
  // 00:05 in Paris.
  const clock = manualClock(instant(Date.UTC(2026, 10, 23, 23, 5)), network.settle);
  const { box, site } = await startSiteBox(t, [KYOCERA, OTHER], {
    clock,
    engine: ({ gate, allow }) => network.watched(createEngine({ clock, random: systemRandom(), gate, allow })),
  });
  await box.settings((settings) => ({ ...settings, zone: 'Europe/Paris' }));
  await box.scan();
  assert.equal((await box.devices()).length, 2);
  const first = box.items().length;
  await clock.advance(hours(48));
  await network.settle();

  const items = box.items().slice(first);
  const scans = items.filter(({ kind }) => kind === 'scan').map(({ body }) => String(body['startedAt']));
  const begun = scans.map((at) => at.slice(0, 16));
  assert.deepEqual(begun, ['2026-11-24T08:00', '2026-11-25T08:00'], 'nine o’clock in Paris');
  const readings = items.flatMap(({ kind, body }) => (kind === 'reading' ? [body as unknown as SentReading] : []));
  assert.equal(readings.length, 2 * (48 + 2), 'two machines: 48 polls and 2 scans');
  const taken = readings.map(({ reading }) => reading.takenAt);
  const polled = taken.filter((at) => !scans.includes(at));
  assert.equal(new Set(polled.map((at) => at.slice(14, 19))).size, 1, 'polls have one minute of the hour');
  assert.ok(readings.every(({ reading }) => reading.asked.length === 5 && reading.completeness.state === 'complete'));
  assert.equal(items.filter(({ kind }) => kind === 'plan').length, 0, 'nothing new about how they are read');
  assert.equal(items.filter(({ kind }) => kind === 'deviceEvent').length, 0);

  const before = site.traffic(KYOCERA.address).received;
  await clock.advance(hours(1));
  const perPoll = site.traffic(KYOCERA.address).received - before;
  assert.equal(perPoll, 1, 'one request for an hourly poll');

  await box.signIn();
  await box.settings((settings) => ({ ...settings, times: { ...settings.times, counters: 10, state: 30 } }));
  const count = box.items().length;
  await clock.advance(minutes(60));
  const hour = box
    .items()
    .slice(count)
    .flatMap(({ kind, body }) => (kind === 'reading' ? [body as unknown as SentReading] : []));
  const asked = hour.filter(({ device }) => device === hour[0]?.device).map(({ reading }) => reading.asked.join(' '));
  assert.equal(asked.filter((parts) => parts.includes('counters')).length, 6);
  assert.equal(asked.filter((parts) => parts.includes('supplies')).length, 2);
  assert.equal(asked.length, 6, 'where both are due they are one read');
});

test('a machine that is first met while it starts up is whole after the next hourly poll, and one machine', async (t) => {
  const network = watchEngine();
  const clock = manualClock(instant(Date.UTC(2026, 10, 24, 10, 5)), network.settle);
  // As far as it has come: its card answers, and nothing of the Printer-MIB or its maker's is there.
  const card = mibOf(
    [...allObjects(KYOCERA.mib, oid('1.3'))].flatMap(({ oid: name, value }) =>
      isWithin(oid('1.3.6.1.2.1.1'), name) ? [[name, value] as const] : [],
    ),
  );
  let mib = card;
  const { box } = await startSiteBox(t, [{ ...KYOCERA, mib: changingMib(() => mib) }], {
    clock,
    engine: ({ gate, allow }) => network.watched(createEngine({ clock, random: systemRandom(), gate, allow })),
  });
  await box.scan();
  const [met] = await box.devices();
  assert.deepEqual([met?.serialNumber, met?.counters?.value.life ?? null], [null, null]);
  await clock.advance(hours(1));
  mib = KYOCERA.mib;
  await clock.advance(hours(1));
  await network.settle();
  const [whole, ...others] = await box.devices();
  assert.deepEqual([whole?.id, whole?.completeness?.state, others.length], [met?.id, 'complete', 0]);
  assert.deepEqual([whole?.serialNumber, whole?.counters?.value.life], ['Q663894857', 28_536]);
  assert.ok((whole?.supplies?.value.length ?? 0) > 0);
});

/** The whole box on a driven clock over real UDP: what two days of its work put into the store and onto the network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SentReading } from '@rsb/contract';
import { hours, instant, manualClock, minutes, systemRandom } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createEngine, type SnmpEngine } from '@rsb/snmp';
import { startSiteBox } from './box-at-work.ts';

const [KYOCERA, OTHER] = seedSite({ gear: false });
assert.ok(KYOCERA && OTHER);

/** An engine that knows how many of its calls are under way, so that the clock waits for the network. */
function countingEngine(engine: SnmpEngine, calls: { open: number }): SnmpEngine {
  const counted = async <T>(call: Promise<T>): Promise<T> => {
    calls.open += 1;
    try {
      return await call;
    } finally {
      calls.open -= 1;
    }
  };
  return {
    get: (...ask) => counted(engine.get(...ask)),
    walk: (...ask) => counted(engine.walk(...ask)),
    close: () => engine.close(),
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('two scans, and a read of each machine every hour; a changed time holds at once', async (t) => {
  const calls = { open: 0 };
  // Until nothing has been under way for some turns; bounded, so that a lost datagram cannot hang the test.
  const settle = async () => {
    for (let quiet = 0, turns = 0; quiet < 4 && turns < 20_000; turns += 1) {
      await turn();
      quiet = calls.open === 0 ? quiet + 1 : 0;
    }
  };
  // 00:05 in Paris.
  const clock = manualClock(instant(Date.UTC(2026, 10, 23, 23, 5)), settle);
  const { box, site } = await startSiteBox(t, [KYOCERA, OTHER], {
    clock,
    engine: ({ gate, allow }) => countingEngine(createEngine({ clock, random: systemRandom(), gate, allow }), calls),
  });
  await box.settings((settings) => ({ ...settings, zone: 'Europe/Paris' }));
  await box.scan();
  assert.equal((await box.devices()).length, 2);
  const first = box.items().length;
  await clock.advance(hours(48));
  await settle();

  const items = box.items().slice(first);
  const scans = items.filter(({ kind }) => kind === 'scan').map(({ body }) => String(body['startedAt']));
  assert.deepEqual(scans, ['2026-11-24T08:00:00Z', '2026-11-25T08:00:00Z'], 'nine o’clock in Paris');
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
  assert.ok(perPoll <= 3, `${perPoll} requests for an hourly poll: one GET, and the table of alerts`);

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

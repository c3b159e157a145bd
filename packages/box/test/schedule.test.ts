/** The schedule on a driven clock: scans once a local day, polls each at its minute, through everything clocks do. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  hours,
  type Instant,
  instant,
  type ManualClock,
  manualClock,
  minutes,
  seededRandom,
  silentLog,
} from '@rsb/runtime';
import fc from 'fast-check';
import {
  createSchedule,
  createScheduleMemory,
  drawPollMinute,
  nextRuns,
  type Plan,
  type PollParts,
  type Schedule,
  scanDelayOf,
} from '../src/schedule/index.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';

const PARIS: Plan = { times: { scan: '09:00', counters: 60, state: 60 }, zone: 'Europe/Paris', pollMinute: 30 };

const at = (text: string): Instant => instant(Temporal.ZonedDateTime.from(text).epochMilliseconds);
const local = (zone: string, moment: Instant): string =>
  Temporal.Instant.fromEpochMilliseconds(moment)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

interface Work {
  readonly scans: string[];
  readonly polls: { readonly at: string; readonly parts: PollParts }[];
  readonly boxStates: string[];
}

interface Site {
  readonly clock: ManualClock;
  readonly work: Work;
  plan: Plan & { active: boolean };
  schedule: Schedule;
  /** As after a power cut: only the store remains. */
  reboot(to?: Instant): void;
}

const settle = async () => {};

function openStore(): Database {
  const db = openDatabase(':memory:');
  migrate(db);
  return db;
}

function startSite(start: Instant, plan: Plan = PARIS, active = true): Site {
  const db = openStore();
  const clock = manualClock(start, settle);
  const work: Work = { scans: [], polls: [], boxStates: [] };
  const begin = (): Schedule => {
    const memory = createScheduleMemory(db, createFacts(db));
    const schedule = createSchedule({
      clock,
      log: silentLog(),
      memory,
      work: {
        plan: () => site.plan,
        scan: () => void work.scans.push(local(site.plan.zone, clock.now())),
        poll: (parts) => void work.polls.push({ at: local(site.plan.zone, clock.now()), parts }),
        boxState: () => void work.boxStates.push(local(site.plan.zone, clock.now())),
      },
    });
    return schedule;
  };
  const site: Site = {
    clock,
    work,
    plan: { ...plan, active },
    schedule: begin(),
    reboot(to) {
      site.schedule.stop();
      if (to !== undefined) clock.jump(to);
      site.schedule = begin();
      site.schedule.start();
    },
  };
  site.schedule.start();
  return site;
}

describe('the daily round', () => {
  test('48 hours make two scans at 9:00 local time, 48 counter and 48 state reads, each at its minute', async () => {
    const { clock, work } = startSite(at('2026-11-24T00:00[Europe/Paris]'));
    await clock.advance(hours(48));
    assert.deepEqual(work.scans, ['2026-11-24T09:00', '2026-11-25T09:00']);
    assert.equal(work.polls.length, 48);
    assert.ok(work.polls.every(({ at, parts }) => at.endsWith(':30') && parts === 'both'));
    assert.equal(work.boxStates.length, 49, 'at the start, and once an hour');
  });

  test('counters and state with intervals of their own share a read where they meet', async () => {
    const { clock, work } = startSite(at('2026-11-24T00:00[Europe/Paris]'), {
      ...PARIS,
      times: { scan: '09:00', counters: 60, state: 20 },
    });
    await clock.advance(hours(24));
    assert.equal(work.polls.filter(({ parts }) => parts === 'both').length, 24);
    assert.equal(work.polls.filter(({ parts }) => parts === 'state').length, 48);
    assert.equal(work.polls.length, 72);
  });

  test('no range, no traffic; the first range starts with the next interval, and nothing is made up for', async () => {
    const site = startSite(at('2026-11-24T06:00[Europe/Paris]'), PARIS, false);
    assert.equal(site.schedule.next(), null);
    await site.clock.advance(hours(6));
    assert.deepEqual(site.work.scans, []);
    assert.equal(site.work.polls.length, 0);
    site.plan = { ...site.plan, active: true };
    site.schedule.settingsChanged(false);
    await site.clock.advance(hours(24));
    assert.deepEqual(site.work.scans, ['2026-11-25T09:00'], 'not at noon, when the range was confirmed');
    assert.equal(site.work.polls[0]?.at, '2026-11-24T12:30');
    assert.equal(site.work.polls.length, 24);
  });
});

describe('a change of settings decides what happens next', () => {
  const cases: readonly { name: string; changedAt: string; scan: string; scans: readonly string[] }[] = [
    { name: 'earlier today', changedAt: '08:30', scan: '08:45', scans: ['2026-11-24T08:45', '2026-11-25T08:45'] },
    { name: 'later today', changedAt: '08:30', scan: '14:00', scans: ['2026-11-24T14:00', '2026-11-25T14:00'] },
    {
      name: 'later, when today is done',
      changedAt: '10:00',
      scan: '14:00',
      scans: ['2026-11-24T09:00', '2026-11-25T14:00'],
    },
    { name: 'to a time that has passed', changedAt: '08:30', scan: '07:00', scans: ['2026-11-25T07:00'] },
  ];
  for (const { name, changedAt, scan, scans } of cases) {
    test(name, async () => {
      const site = startSite(at('2026-11-24T06:00[Europe/Paris]'));
      const [hour = 0, minute = 0] = changedAt.split(':').map(Number);
      await site.clock.advance(minutes((hour - 6) * 60 + minute));
      site.plan = { ...site.plan, times: { ...site.plan.times, scan } };
      site.schedule.settingsChanged(true);
      const first = scans.find((each) => each > `2026-11-24T${changedAt}`);
      assert.equal(local('Europe/Paris', site.schedule.next()?.scan ?? instant(0)), first);
      await site.clock.advance(minutes(48 * 60 - (hour - 6) * 60 - minute));
      assert.deepEqual(site.work.scans, scans);
    });
  }

  test('a shorter interval begins at once', async () => {
    const site = startSite(at('2026-11-24T10:00[Europe/Paris]'));
    await site.clock.advance(minutes(31));
    site.plan = { ...site.plan, times: { ...site.plan.times, counters: 10, state: 10 } };
    site.schedule.settingsChanged(true);
    await site.clock.advance(minutes(29));
    assert.deepEqual(
      site.work.polls.map((poll) => poll.at),
      ['2026-11-24T10:30', '2026-11-24T10:40', '2026-11-24T10:50', '2026-11-24T11:00'],
    );
  });

  test('another zone moves the scan', async () => {
    const site = startSite(at('2026-11-24T06:00[Europe/Paris]'));
    site.plan = { ...site.plan, zone: 'America/New_York' };
    site.schedule.settingsChanged(true);
    await site.clock.advance(hours(24));
    assert.deepEqual(site.work.scans, ['2026-11-24T09:00']);
  });
});

describe('summer time', () => {
  const days: readonly { name: string; from: string; scan: string; zone: string; scans: readonly string[] }[] = [
    {
      name: 'the hour that is left out in March',
      from: '2026-03-28T12:00[Europe/Paris]',
      scan: '02:30',
      zone: 'Europe/Paris',
      scans: ['2026-03-29T03:30', '2026-03-30T02:30'],
    },
    {
      name: 'the hour that comes twice in October',
      from: '2026-10-24T12:00[Europe/Paris]',
      scan: '02:30',
      zone: 'Europe/Paris',
      scans: ['2026-10-25T02:30', '2026-10-26T02:30'],
    },
    {
      name: 'nine o’clock stays nine o’clock',
      from: '2026-03-28T12:00[Europe/Paris]',
      scan: '09:00',
      zone: 'Europe/Paris',
      scans: ['2026-03-29T09:00', '2026-03-30T09:00'],
    },
    {
      name: 'a day without midnight',
      from: '2026-09-05T12:00[America/Santiago]',
      scan: '00:00',
      zone: 'America/Santiago',
      scans: ['2026-09-06T01:00', '2026-09-07T00:00'],
    },
  ];
  for (const { name, from, scan, zone, scans } of days) {
    test(name, async () => {
      const site = startSite(at(from), { ...PARIS, zone, times: { ...PARIS.times, scan } });
      await site.clock.advance(hours(47));
      assert.deepEqual(site.work.scans, scans);
      assert.equal(site.work.polls.length, 47);
    });
  }
});

describe('clocks that jump', () => {
  test('set back by an hour after the scan: not again', async () => {
    const site = startSite(at('2026-11-24T08:00[Europe/Paris]'));
    await site.clock.advance(minutes(65));
    site.clock.jump(at('2026-11-24T08:05[Europe/Paris]'));
    await site.clock.advance(hours(20));
    assert.deepEqual(site.work.scans, ['2026-11-24T09:00']);
  });

  test('set back by a day: the day is not scanned twice', async () => {
    const site = startSite(at('2026-11-24T08:00[Europe/Paris]'));
    await site.clock.advance(hours(26));
    site.clock.jump(at('2026-11-24T10:00[Europe/Paris]'));
    await site.clock.advance(hours(48));
    assert.deepEqual(site.work.scans, ['2026-11-24T09:00', '2026-11-25T09:00', '2026-11-26T09:00']);
  });

  test('set back by a week: scans go on after two days at the latest', async () => {
    const site = startSite(at('2026-11-01T08:00[Europe/Paris]'));
    await site.clock.advance(hours(24 * 6));
    assert.equal(site.work.scans.length, 6);
    site.clock.jump(at('2026-11-01T08:00[Europe/Paris]'));
    await site.clock.advance(hours(24 * 4));
    assert.ok(site.work.scans.length >= 8, `${site.work.scans.length - 6} scans in four days`);
  });

  test('set forward over nine: at once, and not again at nine', async () => {
    const site = startSite(at('2026-11-24T08:00[Europe/Paris]'));
    await site.clock.advance(minutes(30));
    site.clock.jump(at('2026-11-24T11:15[Europe/Paris]'));
    await site.clock.advance(minutes(1));
    assert.deepEqual(site.work.scans, ['2026-11-24T11:16'], 'at the next look');
    await site.clock.advance(hours(24));
    assert.deepEqual(site.work.scans, ['2026-11-24T11:16', '2026-11-25T09:00']);
  });

  for (const zone of ['Europe/Paris', 'America/New_York', 'Pacific/Auckland']) {
    test(`a boot in 1970 (${zone}): no scan for it, none twice once the time is known`, async () => {
      const site = startSite(at(`2026-11-24T08:00[${zone}]`), { ...PARIS, zone });
      await site.clock.advance(hours(4));
      assert.deepEqual(site.work.scans, ['2026-11-24T09:00']);
      site.reboot(instant(12_000));
      await site.clock.advance(minutes(5));
      site.clock.jump(at(`2026-11-24T12:10[${zone}]`));
      await site.clock.advance(hours(22));
      assert.deepEqual(site.work.scans, ['2026-11-24T09:00', '2026-11-25T09:00']);
    });
  }

  test('a box that never learns the time scans once a day of its own', async () => {
    const site = startSite(instant(0));
    await site.clock.advance(hours(72));
    assert.equal(site.work.scans.length, 3);
    assert.equal(site.work.polls.length, 72);
  });

  test('off at nine, on at noon: made up for once', async () => {
    const site = startSite(at('2026-11-23T08:00[Europe/Paris]'));
    await site.clock.advance(hours(10));
    site.reboot(at('2026-11-24T12:00[Europe/Paris]'));
    site.reboot();
    await site.clock.advance(hours(10));
    assert.deepEqual(site.work.scans, ['2026-11-23T09:00', '2026-11-24T12:00']);
  });

  test('restarts between two polls add none', async () => {
    const site = startSite(at('2026-11-24T10:00[Europe/Paris]'));
    await site.clock.advance(minutes(35));
    for (let restart = 0; restart < 5; restart += 1) {
      site.reboot();
      await site.clock.advance(minutes(2));
    }
    assert.deepEqual(
      site.work.polls.map((poll) => poll.at),
      ['2026-11-24T10:30'],
    );
  });

  test('however the clock jumps: no local day is scanned twice within two days, and polls keep their distance', async () => {
    const jump = fc.record({ after: fc.integer({ min: 1, max: 600 }), by: fc.integer({ min: -1440, max: 1440 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(jump, { maxLength: 5 }),
        fc.constantFrom('Europe/Paris', 'Asia/Kolkata', 'UTC'),
        async (jumps, zone) => {
          const site = startSite(at(`2026-10-24T06:00[${zone}]`), { ...PARIS, zone });
          for (const { after, by } of jumps) {
            await site.clock.advance(minutes(after));
            site.clock.jump(instant(site.clock.now() + by * minutes(1)));
          }
          const days = site.work.scans.map((each) => each.slice(0, 10));
          assert.equal(new Set(days).size, days.length, `scanned twice: ${days.join(' ')}`);
          const passed = jumps.reduce((sum, { after }) => sum + after, 0);
          assert.ok(site.work.polls.length <= passed / 30 + 1, 'never closer than half an interval');
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('nextRuns', () => {
  test('is always ahead, and no further than an interval or a long day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_102_444_800_000 }),
        fc.integer({ min: 5, max: 1440 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom('Europe/Paris', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        (now, interval, pollMinute, zone) => {
          const plan: Plan = { times: { scan: '02:15', counters: interval, state: 60 }, zone, pollMinute };
          const next = nextRuns(plan, instant(now));
          assert.ok(next.scan > now && next.scan - now <= hours(25.5));
          assert.ok(next.counters > now && next.counters - now <= minutes(interval));
          assert.ok(next.state > now && next.state - now <= hours(1));
        },
      ),
    );
  });

  test('a box draws its own minute, away from the scan', () => {
    const drawn = new Set(
      Array.from({ length: 200 }, (_, seed) => drawPollMinute('09:00', (limit) => seededRandom(seed).below(limit))),
    );
    assert.ok([...drawn].every((minute) => minute >= 10 && minute <= 50));
    assert.ok(drawn.size > 150, 'also the second is its own');
    const delays = new Set([...drawn].map((minute) => scanDelayOf(minute)));
    assert.ok([...delays].every((delay) => delay >= 0 && delay < 60_000));
    assert.ok(delays.size > 50, 'the boxes of a dealer do not all begin with the same second');
  });

  test('the scan comes within its minute, and the page is told its true moment', () => {
    const now = at('2026-11-24T07:00[Europe/Paris]');
    const plan = { ...PARIS, pollMinute: 30.7, scanDelay: scanDelayOf(30.7) };
    assert.equal(nextRuns(plan, now).scan, at('2026-11-24T09:00:42[Europe/Paris]'));
    assert.equal(nextRuns(plan, now).counters, at('2026-11-24T07:30:42[Europe/Paris]'));
  });
});

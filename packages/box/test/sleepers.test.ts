/** Machines that sleep: left alone at night, not called lost, and their counters taken when they are awake again. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SentReading } from '@rsb/contract';
import { hours, instant, manualClock, minutes, systemRandom } from '@rsb/runtime';
import { type SimulatedMachine, seedSite } from '@rsb/simulator';
import { createEngine, type GetAnswer, type SnmpEngine, type Target, type WalkAnswer } from '@rsb/snmp';
import { isLeftAlone } from '../src/service/presence.ts';
import { startSiteBox } from './box-at-work.ts';
import { watchEngine } from './patient-clock.ts';

const MACHINE = machineAt(0);
const NEIGHBOUR = machineAt(1);
function machineAt(place: number): SimulatedMachine {
  const machine = seedSite({ gear: false })[place];
  assert.ok(machine);
  return machine;
}

const NOON = Date.UTC(2026, 10, 2, 12);

/** Asleep, the machine answers nothing; the time-outs themselves are the engine's, and tested there. */
async function boxWithClock(t: TestContext, machines: readonly SimulatedMachine[] = [MACHINE]) {
  const network = watchEngine();
  const clock = manualClock(instant(NOON), network.settle);
  const state = { asleep: false, asked: 0, notBriefly: 0 };
  const isAsleep = ({ address }: Target) => {
    if (address === MACHINE.address) state.asked += 1;
    return state.asleep && address === MACHINE.address;
  };
  const cost = { requests: 1, packets: 1, bytes: 100 };
  const get: GetAnswer = { varbinds: [], failure: { kind: 'timeout' }, cost, roundTrip: null };
  const walk: WalkAnswer = { varbinds: [], end: { kind: 'timeout' }, unfinished: [], cost };
  const sleepy = (engine: SnmpEngine): SnmpEngine => ({
    get: async (target, ...rest) => (isAsleep(target) ? get : engine.get(target, ...rest)),
    walk: async (target, ...rest) => (isAsleep(target) ? walk : engine.walk(target, ...rest)),
    async poll(target, objects, columns, options) {
      if (!isAsleep(target)) return engine.poll(target, objects, columns, options);
      if (options?.brief !== true) state.notBriefly += 1;
      return { get, walk, together: true, inRuns: true, cost };
    },
    close: () => engine.close(),
  });
  const { box } = await startSiteBox(t, machines, {
    clock,
    engine: ({ gate, allow, asked: observer }) =>
      network.watched(sleepy(createEngine({ clock, random: systemRandom(), gate, allow, observer }))),
  });
  await box.scan();
  const pass = async (duration: ReturnType<typeof hours>) => {
    await clock.advance(duration);
    await network.settle();
  };
  const sleep = (asleep: boolean) => {
    state.asleep = asleep;
  };
  return { box, clock, pass, received: () => state.asked, sleep, state };
}

test('a machine that is off at night is asked once an hour at first, then not at all, and is never said to be lost again', async (t) => {
  const { box, pass, received, sleep, state } = await boxWithClock(t);
  const nights: number[] = [];
  for (let night = 0; night < 5; night += 1) {
    await pass(hours(8));
    // 20:00 to 08:00.
    sleep(true);
    await pass(hours(1));
    const before = received();
    await pass(hours(11));
    nights.push(received() - before);
    if (night === 4) assert.equal((await box.device(MACHINE.address)).presence.state, 'asleep');
    sleep(false);
    await pass(hours(4));
    assert.equal((await box.device(MACHINE.address)).presence.state, 'answering');
  }
  assert.deepEqual(nights.slice(0, 2), [11, 11], 'one question each hour');
  assert.ok(state.notBriefly <= 5, 'patience only with the first of a night');
  for (const packets of nights.slice(3)) assert.ok(packets <= 3, `${nights} questions a night`);
  const events = box.items().filter(({ kind }) => kind === 'deviceEvent');
  const lost = events.filter(({ body }) => body['event'] === 'silent').length;
  assert.ok(lost <= 3, `${lost} times said to be silent`);
});

test('one that comes back earlier, or stays awake, is noticed', () => {
  const day = 24 * 3_600_000;
  const night = (days: number, from: number, to: number | null) => ({
    began: instant(NOON - days * day + from * 3_600_000),
    ended: to === null ? null : instant(NOON - days * day + to * 3_600_000),
  });
  const past = [1, 2, 3, 4].map((days) => night(days, 8, 20));
  const at = (hour: number) => instant(NOON + hour * 3_600_000);
  const tonight = night(0, 8, null);
  assert.equal(isLeftAlone([...past, tonight], at(12)), true, 'deep in the night');
  assert.equal(isLeftAlone([...past, tonight], at(19)), false, 'in the last hour it is asked');
  assert.equal(isLeftAlone([...past, tonight], at(21)), false, 'after its hour');
  assert.equal(isLeftAlone(past, at(12)), false, 'awake tonight');
  assert.equal(isLeftAlone([...past.slice(0, 2), tonight], at(12)), false, 'two nights are no habit');
});

test('counters that are due once a day are asked every hour until they are told', async (t) => {
  const { box, pass, received, sleep } = await boxWithClock(t, [MACHINE, NEIGHBOUR]);
  await box.settings((settings) => ({ ...settings, times: { ...settings.times, counters: 1440, state: 1440 } }));
  const tellings = () =>
    box.items().flatMap(({ kind, body }) => {
      if (kind !== 'reading') return [];
      const { reading } = body as unknown as SentReading;
      return reading.address === MACHINE.address && reading.counters ? [Date.parse(reading.takenAt)] : [];
    });
  sleep(true);
  // Past the slot of the day, and past the scan.
  await pass(hours(28));
  const told = tellings().length;
  const before = received();
  await pass(hours(3));
  assert.equal(received() - before, 3, 'one question an hour');
  sleep(false);
  await pass(hours(1));
  assert.equal(tellings().length, told + 1, 'told within the hour');
  await pass(hours(2));
  assert.equal(tellings().length, told + 1, 'and not asked again that day');
  await pass(minutes(1));
});

/** The fleet with a past: the same for the same seed, counters that never lie by accident, stories that can be seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pastFleet } from '../src/history/past-fleet.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const PLAN = { customers: 2, months: 1, now: NOW, seed: 7 };

test('the same seed gives the same fleet, reading for reading; another seed another one', () => {
  const texts = [PLAN, PLAN, { ...PLAN, seed: 8 }].map((plan) =>
    JSON.stringify(
      pastFleet(plan).map(({ boxes }) => boxes.map((box) => box.machines.map((each) => [...box.readings(each)]))),
    ),
  );
  assert.equal(texts[0], texts[1]);
  assert.notEqual(texts[0], texts[2]);
});

test('counters rise from reading to reading where no story says otherwise, and levels fall until a cartridge is changed', () => {
  let [machines, readings] = [0, 0];
  for (const { boxes } of pastFleet({ ...PLAN, customers: 12 })) {
    for (const box of boxes) {
      assert.match(box.agent, /^\d{9}$/);
      for (const machine of box.machines) {
        const told = [...box.readings(machine)];
        machines += 1;
        readings += told.length;
        if (machine.story?.kind === 'board' || machine.story?.kind === 'jump') continue;
        for (const [at, { sent }] of told.entries()) {
          const before = told[at - 1]?.sent.reading.counters?.life ?? 0;
          assert.ok(Number(sent.reading.counters?.life) >= Number(before));
          const { all, mono, color } = sent.reading.counters?.total ?? { all: null, mono: null, color: null };
          if (mono !== null) assert.equal(Number(mono) + Number(color), all);
        }
      }
    }
  }
  assert.ok(machines > 30 && readings > machines * 50, `${machines} ${readings}`);
});

test('a fleet of forty customers has every story', () => {
  const stories = new Set<string>();
  const serials = new Set<string>();
  let [machines, silent] = [0, 0];
  for (const { boxes } of pastFleet({ ...PLAN, customers: 40 })) {
    for (const { machines: own, story } of boxes) {
      if (story.silentHours > 0) silent += 1;
      for (const machine of own) {
        machines += 1;
        serials.add(machine.serialNumber);
        if (machine.story) stories.add(machine.story.kind);
      }
    }
  }
  assert.equal(serials.size, machines);
  assert.ok(silent > 0);
  assert.deepEqual(
    [...stories].sort(),
    ['board', 'error', 'exchanged', 'firmware', 'jump', 'moved', 'replaces', 'silent'].sort(),
  );
});

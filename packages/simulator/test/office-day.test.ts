import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '@rsb/runtime';
import { diceOf } from '../src/live/dice.ts';
import { type Habits, habitsOf } from '../src/live/habits.ts';
import { officeDay } from '../src/live/office-day.ts';
import { type MachineState, sum, type TroubleKind, totalOf } from '../src/machines/state.ts';
import { isStopped, updateTroubles } from '../src/machines/trouble.ts';
import { type SeedMachine, seedMachines } from '../src/seed-machines.ts';

function machineNamed(name: string): SeedMachine {
  const machine = seedMachines.find(({ facts }) => facts.name === name);
  assert.ok(machine);
  return machine;
}

/** A very busy office: people are always there, and a job comes every other minute. */
const BUSY = { share: 1 / 600, staffed: true };
const busy = (habits: Habits): Habits => ({ ...habits, jobsPerDay: 300 });

function live(name: string, watch: (state: MachineState, minute: number) => void, minutes: number): MachineState {
  const { facts, start } = machineNamed(name);
  const state = start();
  updateTroubles(state, 0);
  const day = officeDay(state, busy(habitsOf(facts, state)), diceOf(seededRandom(3)));
  for (let minute = 1; minute <= minutes; minute += 1) {
    day.pass(BUSY, minute * 6000);
    watch(state, minute);
  }
  return state;
}

describe('a busy machine', () => {
  it('meets every trouble, and each of them is mended', () => {
    const begun = new Map<TroubleKind, number>();
    const alerts = new Set<number>();
    const standing = new Map<number, number>();
    live(
      'RNPEB7829',
      (state, minute) => {
        for (const { alert, kind, since } of state.troubles) {
          if (!alerts.has(alert)) begun.set(kind, (begun.get(kind) ?? 0) + 1);
          alerts.add(alert);
          assert.ok(since <= minute * 6000);
          standing.set(alert, minute);
        }
      },
      40_000,
    );
    const kinds: Record<TroubleKind, true> = {
      paperLow: true,
      paperEmpty: true,
      tonerLow: true,
      tonerEmpty: true,
      wasteNearlyFull: true,
      wasteFull: true,
      jam: true,
      coverOpen: true,
    };
    for (const kind of Object.keys(kinds) as TroubleKind[]) {
      assert.ok((begun.get(kind) ?? 0) >= 1, `${kind} in ${JSON.stringify([...begun])}`);
    }
    const last = [...standing.values()].filter((minute) => minute === 40_000).length;
    assert.ok(last < 5, `${last} of ${standing.size} troubles are still there at the end`);
  });

  it('prints nothing while it is stopped, and takes up the job where it was left', () => {
    let before = 0;
    let stopped = false;
    let stops = 0;
    live(
      'RNPEB7829',
      (state) => {
        const pages = sum(totalOf(state));
        if (stopped && isStopped(state)) {
          stops += 1;
          assert.equal(pages, before);
        }
        before = pages;
        stopped = isStopped(state);
      },
      10_000,
    );
    assert.ok(stops > 50, `${stops} minutes stopped`);
  });

  it('uses a sheet for two pages of a two-sided job', () => {
    let refilled = 0;
    let sheets = 0;
    const inTrays = ({ trays }: MachineState) => trays.reduce((total, tray) => total + tray.sheets, 0);
    const { start } = machineNamed('KMB5F1A2');
    const first = start();
    let left = inTrays(first);
    const state = live(
      'KMB5F1A2',
      (now) => {
        const there = inTrays(now);
        if (there > left) refilled += 1;
        else sheets += left - there;
        left = there;
      },
      5000,
    );
    const pages = sum(totalOf(state)) - sum(totalOf(first));
    const twoSided = state.duplex - first.duplex;
    assert.ok(refilled > 3 && twoSided > 100);
    // In the minute of a refill the sheets that were used are not seen.
    const used = pages - twoSided / 2;
    assert.ok(sheets <= used && sheets >= used - refilled * 34, `${sheets} sheets for ${pages} pages`);
  });
});

/** A history read piece by piece, as readings come, says what it says when it is read as a whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeCheckpoint, encodeCheckpoint, validCheckpoint } from '../../src/processing/checkpoint.ts';
import {
  type Checkpoint,
  DEFAULT_SETTINGS,
  historyOf,
  isQuiet,
  type Line,
  type Observation,
  observer,
  processFrom,
  quietCheckpoint,
} from '../../src/processing/index.ts';
import { localDays } from '../../src/processing/local-days.ts';
import { HOUR, MONDAY, reading, toner } from './office-history.ts';

const DEVICE = 'E153M930272';
const DAY = 24 * HOUR;
const days = localDays('Europe/Paris');

/** What may happen to a machine in the course of months. */
const FAULTS = [
  'zero',
  'tenfold',
  'reset',
  'board',
  'firmware',
  'driver',
  'move',
  'exchange',
  'offline',
  'stuck',
] as const;

interface Life {
  readonly length: number;
  readonly every: number;
  readonly rate: number;
  readonly from: number;
  readonly faults: readonly { readonly day: number; readonly fault: (typeof FAULTS)[number] }[];
  readonly late: readonly number[];
  readonly stops: readonly number[];
}

const life: fc.Arbitrary<Life> = fc.record({
  length: fc.integer({ min: 70, max: 260 }),
  every: fc.constantFrom(4, 12, 24),
  rate: fc.integer({ min: 1, max: 25 }),
  from: fc.constantFrom(83_203, 999_000, 2 ** 32 - 30_000),
  faults: fc.array(fc.record({ day: fc.integer({ min: 1, max: 250 }), fault: fc.constantFrom(...FAULTS) }), {
    maxLength: 4,
  }),
  late: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 3 }),
  stops: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 }),
});

function observationsOf({ length, every, rate, from, faults }: Life): Observation[] {
  const observe = observer();
  const seen: Observation[] = [];
  let [mono, color, level] = [Math.floor(from * 0.6), from - Math.floor(from * 0.6), 100];
  let [shift, frozen, address, firmware, driver, exchanged] = [0, null as number | null, '10.0.0.1', '1.0', 1, false];
  const first = MONDAY - (length - 30) * DAY;
  for (let hour = 0; hour < length * 24; hour += every) {
    const day = Math.floor(hour / 24);
    const today = hour % 24 < every ? faults.filter((fault) => fault.day === day) : [];
    let spoil: 'zero' | 'tenfold' | null = null;
    let offline = false;
    for (const { fault } of today) {
      if (fault === 'zero' || fault === 'tenfold') spoil = fault;
      if (fault === 'reset') [mono, color] = [3, 1];
      if (fault === 'board') shift += 300_000;
      if (fault === 'firmware') firmware += '1';
      if (fault === 'driver') driver += 1;
      if (fault === 'move') address += '1';
      if (fault === 'exchange') exchanged = !exchanged;
      if (fault === 'stuck') frozen = frozen === null ? mono + color : null;
      offline = fault === 'offline';
    }
    const printed = day % 7 < 5 ? (hour * 7919) % (rate * every) : 0;
    mono += printed - (printed >> 2);
    color += printed >> 2;
    level = level <= 4 ? 100 : level - printed / 2000;
    if (offline) hour += 72;
    const all = (frozen ?? mono + color) + shift;
    const told = (value: number) => (spoil === 'zero' ? 0 : spoil === 'tenfold' ? value * 10 : value % 2 ** 32);
    const value = observe(
      reading({
        takenAt: first + hour * HOUR,
        address,
        firmware,
        driver: ['ricoh', driver],
        all: told(all),
        mono: told(exchanged ? color : mono),
        color: told(exchanged ? mono : color),
        supplies: [toner(Math.round(level))],
        id: { box: '411223312', epoch: '00000000000000a1', seq: seen.length + 1 },
      }),
      seen.length,
    );
    assert.ok(value.ok && value.value);
    seen.push(value.value);
  }
  return seen;
}

const worked = (from: Checkpoint | null, observations: readonly Observation[], now: number) =>
  processFrom(from, historyOf(DEVICE, [...(from?.context ?? []), ...observations]), {
    settings: DEFAULT_SETTINGS,
    days,
    now,
  });

/** As central does it: checkpoints and lines are kept, and each run replaces what follows its checkpoint. */
function piecemeal(batches: readonly (readonly Observation[])[]) {
  const stored: Observation[] = [];
  let checkpoints: Checkpoint[] = [];
  let lines: Line[] = [];
  let resumed = 0;
  for (const batch of batches) {
    stored.push(...batch);
    const since = Math.min(...batch.map(({ takenAt }) => takenAt));
    const now = Math.max(...stored.map(({ takenAt }) => takenAt));
    const kept = validCheckpoint(checkpoints, since);
    if (kept) resumed += 1;
    const from = kept && decodeCheckpoint(encodeCheckpoint(kept));
    const { lines: told, cuts } = worked(
      from,
      stored.filter(({ takenAt }) => !from || takenAt >= from.at),
      now,
    );
    checkpoints = [...checkpoints.filter(({ at }) => at <= (from?.at ?? -1)), ...cuts];
    lines = [...lines.filter((line) => isSettled(line, from)), ...told];
  }
  return { lines: inOrder(lines), resumed, checkpoints };
}

const isSettled = (line: Line, from: Checkpoint | null): boolean => {
  if (!from) return false;
  return line.line === 'usage' ? line.day < days.dateOf(from.openDay) : Date.parse(line.at) < from.at;
};
const inOrder = (lines: readonly Line[]) => lines.map((line) => JSON.stringify(line)).sort();

test('piece by piece, with late readings, it says the same as the whole', () => {
  let resumed = 0;
  fc.assert(
    fc.property(life, (facts) => {
      const all = observationsOf(facts);
      const late = new Set(facts.late.map((share) => Math.floor((share / 1001) * all.length)));
      const onTime = all.filter((_, index) => !late.has(index));
      const stops = facts.stops.map((share) => Math.floor((share / 1001) * onTime.length)).sort((a, b) => a - b);
      const batches = [0, ...stops].map((stop, index) => onTime.slice(stop, stops[index] ?? onTime.length));
      batches.push(...[...late].map((index) => all.slice(index, index + 1)));
      const last = batches.filter((batch) => batch.length > 0);
      const told = piecemeal(last);
      resumed += told.resumed;
      const now = Math.max(...all.map(({ takenAt }) => takenAt));
      assert.deepEqual(told.lines, inOrder(worked(null, all, now).lines));
    }),
    { numRuns: 60 },
  );
  assert.ok(resumed > 50, `${resumed} runs began at a checkpoint`);
});

/** Reading by reading, each beside the last days alone where they were quiet; the whole from the last cut once a day. */
function hourByHour(all: readonly Observation[]) {
  let [checkpoints, lines] = [[] as Checkpoint[], [] as Line[]];
  let quiet: Checkpoint | undefined;
  let shortcuts = 0;
  const take = (from: Checkpoint | null, told: readonly Line[]) => {
    lines = [...lines.filter((line) => isSettled(line, from)), ...told];
  };
  for (const [index, { takenAt }] of all.entries()) {
    const stored = all.slice(0, index + 1);
    if (quiet && takenAt > quiet.until && takenAt <= quiet.until + DAY) {
      const { at } = quiet;
      const short = worked(
        decodeCheckpoint(encodeCheckpoint(quiet)),
        stored.filter((seen) => seen.takenAt >= at),
        takenAt,
      );
      if (isQuiet(short.open)) {
        take(quiet, short.lines);
        shortcuts += 1;
        continue;
      }
    }
    const from = validCheckpoint(checkpoints, takenAt);
    const whole = worked(
      from,
      stored.filter((seen) => !from || seen.takenAt >= from.at),
      takenAt,
    );
    checkpoints = [...checkpoints.filter(({ at }) => at <= (from?.at ?? -1)), ...whole.cuts];
    quiet = quietCheckpoint(whole.open, checkpoints.at(-1) ?? null, days);
    take(from, whole.lines);
  }
  return { lines: inOrder(lines), shortcuts };
}

test('reading by reading, beside its last days alone where they are quiet, it says the same as the whole', () => {
  let [shortcuts, readings] = [0, 0];
  fc.assert(
    fc.property(
      life.map((facts) => ({ ...facts, every: 4, length: 70 + (facts.length % 40) })),
      (facts) => {
        const all = observationsOf(facts);
        const told = hourByHour(all);
        shortcuts += told.shortcuts;
        readings += all.length;
        assert.deepEqual(told.lines, inOrder(worked(null, all, all.at(-1)?.takenAt ?? 0).lines));
      },
    ),
    { numRuns: 4 },
  );
  assert.ok(shortcuts > readings / 4, `${shortcuts} of ${readings}`);
});

test('an hourly reading of a machine of three years reads nine weeks at most, and a handful of cuts are enough', () => {
  const all = observationsOf({ length: 1100, every: 4, rate: 9, from: 83_203, faults: [], late: [], stops: [] });
  const { cuts } = worked(null, all, all.at(-1)?.takenAt ?? 0);
  const last = cuts.at(-1);
  assert.ok(last && cuts.length > 35, `${cuts.length}`);
  const read = all.filter(({ takenAt }) => takenAt >= last.at).length + last.context.length;
  assert.ok(read <= (63 + 11) * 6, `${read} readings`);
});

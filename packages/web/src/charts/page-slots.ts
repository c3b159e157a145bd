/** Pages per hour, day or month out of counter readings. What no reading tells is not drawn and never zero. */
import type { DeviceSeries } from '@rsb/contract';
import type { Count } from '../format/count.ts';
import type { Slot } from './ranges.ts';

type Point = DeviceSeries['counters'][number];

/** What the pages are counted by: mono and colour apart, or the first of the sums that the machine tells. */
export type PageCount = 'split' | 'total' | 'mono' | 'life';

export interface PageSlot extends Slot {
  /** null: no readings tell of this time. */
  readonly mono: number | null;
  readonly color: number | null;
  /** The counter as it stood at the last reading inside. */
  readonly counter: Count | null;
}

export interface PagesOverTime {
  readonly by: PageCount | null;
  readonly slots: readonly PageSlot[];
  /** Pages counted over times too long to say on which day they were printed. */
  readonly unplaced: number;
  /** How often a counter stood lower than before: those steps count nothing. */
  readonly wentBack: number;
}

const told = (points: readonly Point[], name: 'life' | 'total' | 'mono' | 'color') =>
  points.some((point) => point[name] !== null);

function countedBy(points: readonly Point[]): PageCount | null {
  if (told(points, 'mono') && told(points, 'color')) return 'split';
  if (told(points, 'total')) return 'total';
  if (told(points, 'mono')) return 'mono';
  return told(points, 'life') ? 'life' : null;
}

interface Step {
  readonly at: number;
  readonly mono: Count;
  readonly color: Count | null;
  readonly counter: Count | null;
}

function stepsOf(points: readonly Point[], by: PageCount): readonly Step[] {
  return points.flatMap((point): Step[] => {
    const at = Date.parse(point.takenAt);
    const counter = point.total ?? point.life ?? point.mono;
    if (by === 'split') {
      const { mono, color } = point;
      return mono === null || color === null ? [] : [{ at, mono, color, counter }];
    }
    const value = point[by];
    return value === null ? [] : [{ at, mono: value, color: null, counter: by === 'life' ? value : counter }];
  });
}

/** Exact beyond 2^53; the difference itself is small. */
const difference = (after: Count, before: Count): number => Number(BigInt(after) - BigInt(before));

/** Two readings further apart than this many slots leave open when between them the pages were printed. */
const LONGEST = 1.5;

/** The slot in which most of the time between two readings lies, and all that it touches. */
function touched(slots: readonly Slot[], from: number, to: number) {
  let most = -1;
  let length = -1;
  const all: number[] = [];
  slots.forEach((slot, at) => {
    const inside = Math.min(to, slot.to) - Math.max(from, slot.from);
    if (inside < 0 || (inside === 0 && from !== to)) return;
    all.push(at);
    if (inside > length) {
      length = inside;
      most = at;
    }
  });
  return { most, all };
}

export function pagesOverTime(series: DeviceSeries, slots: readonly Slot[]): PagesOverTime {
  const by = countedBy(series.counters);
  const empty = slots.map((slot) => ({
    ...slot,
    mono: null as number | null,
    color: null as number | null,
    counter: null as Count | null,
  }));
  if (by === null) return { by, slots: empty, unplaced: 0, wentBack: 0 };
  const steps = stepsOf(series.counters, by);
  const filled = empty;
  const begin = slots[0]?.from ?? 0;
  const average = slots.length === 0 ? 0 : ((slots.at(-1)?.to ?? 0) - begin) / slots.length;
  let unplaced = 0;
  let wentBack = 0;
  for (const [index, step] of steps.entries()) {
    const holding = filled.find((slot) => step.at >= slot.from && step.at < slot.to);
    if (holding) holding.counter = step.counter;
    const before = steps[index - 1];
    if (!before || step.at <= begin) continue;
    const mono = difference(step.mono, before.mono);
    const color = step.color === null || before.color === null ? null : difference(step.color, before.color);
    if (mono < 0 || (color ?? 0) < 0) {
      wentBack += 1;
      continue;
    }
    if (step.at - before.at > LONGEST * average) {
      unplaced += mono + (color ?? 0);
      continue;
    }
    const { most, all } = touched(slots, before.at, step.at);
    for (const at of all) {
      const slot = filled[at];
      if (!slot) continue;
      slot.mono = (slot.mono ?? 0) + (at === most ? mono : 0);
      if (color !== null) slot.color = (slot.color ?? 0) + (at === most ? color : 0);
    }
  }
  return { by, slots: filled, unplaced, wentBack };
}

export interface PageSums {
  readonly mono: number;
  readonly color: number;
}

export const sumPages = (slots: readonly PageSlot[]): PageSums =>
  slots.reduce((sum, slot) => ({ mono: sum.mono + (slot.mono ?? 0), color: sum.color + (slot.color ?? 0) }), {
    mono: 0,
    color: 0,
  });

/**
 * Which readings of a counter are right: of all stories that its values may tell the cheapest is taken. A wrong reading costs
 * less than a break, a break less than a long run of wrong readings; a fall is judged by what comes after it.
 */
import type { EdgeOf } from './edges.ts';
import type { CountValue } from './observation.ts';
import type { Pace } from './pace.ts';
import { difference } from './quantity.ts';
import type { Series } from './series.ts';

const HOUR = 3_600_000;
/** A run of wrong readings that is bridged: at most so many, and so long unless it is very few. */
const LONGEST_RUN = 50;
const LONGEST_RUN_TIME = 60 * HOUR;
/** What counted on its own for so long was no wrong reading. */
const LONG_ENOUGH = 36 * HOUR;
const FEW_WRONG = 3;
const FEW_PAGES = 50;
const TREMBLING = 2;

/** Beside what lies between two right readings. */
const COST = {
  wrong: 1,
  /** Each further one of a run that both begins and ends with a leap. */
  wrongAgain: 0.15,
  mostWrong: 1.75,
  /** A reading of another driver between two of one. */
  wrongDriver: 0.3,
  mostWrongDriver: 1,
  /** The first reading is the base: only a zero is easily given up. */
  wrongFirst: 2.5,
  wrongFirstZero: 0.9,
} as const;

export function cheapestPath(
  { values, at, made }: Series,
  pace: Pace,
  edge: EdgeOf,
  rises: readonly number[],
): readonly number[] {
  const count = values.length;
  const best = new Float64Array(count);
  const previous = new Int32Array(count).fill(-1);
  /** The difference is a leap, nothing that this machine does on a usual day: −1 down, 1 up, 0 none. */
  const leap = (index: number): number => {
    const rise = rises[index] ?? 0;
    if (rise < 0) return -1;
    return rise > pace.ordinary((at[index + 1] ?? 0) - (at[index] ?? 0)) ? 1 : 0;
  };
  /** How many of the values up to each do not follow from the one before by difference. */
  const unsteady = new Int32Array(count);
  /** Pages were made in it that those around it do not have: another board for some days, no wrong readings. */
  const isOtherBoard = (from: number, to: number): boolean => {
    if (to - from <= 2 || unsteady[to - 1] !== unsteady[from + 1]) return false;
    const first = values[from + 1] ?? 0;
    const times = Math.max(1, Number(first) / Math.max(1, Number(values[from] ?? 0)));
    const meanwhile = difference(values[from] ?? 0, values[to] ?? 0);
    return difference(first, values[to - 1] ?? 0) > (times > 1 ? 1.1 : 1) * times * meanwhile + TREMBLING;
  };
  const skipCost = (from: number, to: number): number => {
    const skipped = to - from - 1;
    if (skipped === 0) return 0;
    if (isOtherBoard(from, to))
      return (at[to - 1] ?? 0) - (at[from + 1] ?? 0) >= LONG_ENOUGH ? Number.POSITIVE_INFINITY : skipped * COST.wrong;
    if (skipped > FEW_WRONG && (at[to] ?? 0) - (at[from] ?? 0) > LONGEST_RUN_TIME) return Number.POSITIVE_INFINITY;
    if (made[from] === made[to] && made[from + 1] !== made[from] && made[to - 1] !== made[to])
      return Math.min(skipped * COST.wrongDriver, COST.mostWrongDriver);
    // Only what leaps away and back, or stands a few pages back for a moment, is surely wrong as a whole.
    if (!isShortStepBack(values, from, to) && leap(from) * leap(to - 1) >= 0) return skipped * COST.wrong;
    return Math.min(COST.wrong + (skipped - 1) * COST.wrongAgain, COST.mostWrong);
  };
  let zeros = values[0] === 0;
  let trouble = Number.NEGATIVE_INFINITY;
  for (let to = 1; to < count; to += 1) {
    const near = edge(to - 1, to);
    unsteady[to] = (unsteady[to - 1] ?? 0) + (near.kind === 'risen' ? 0 : 1);
    best[to] = (best[to - 1] ?? 0) + near.cost;
    previous[to] = to - 1;
    if (near.kind !== 'risen') trouble = to;
    if (to - trouble > LONGEST_RUN) continue;
    if (to <= FEW_WRONG) {
      const start = to * (zeros ? COST.wrongFirstZero : COST.wrongFirst);
      if (start < (best[to] ?? 0)) {
        best[to] = start;
        previous[to] = -1;
      }
      zeros &&= values[to] === 0;
    }
    for (let from = to - 2; from >= 0 && from >= to - LONGEST_RUN - 1; from -= 1) {
      const skip = skipCost(from, to);
      const least = (best[from] ?? 0) + skip;
      if (least >= (best[to] ?? 0)) continue;
      const { kind, cost: own } = edge(from, to);
      const isBreak = kind === 'fallen' || kind === 'jumped' || kind === 'restarted' || kind === 'rollover';
      const cost = own + (isBreak ? (best[from] ?? 0) + (to - from - 1) * COST.wrong : least);
      if (cost >= (best[to] ?? 0) || (kind === 'risen' && isExcuse(values, from, to, edge))) continue;
      best[to] = cost;
      previous[to] = from;
    }
  }
  let end = count - 1;
  for (let last = count - 2; last >= Math.max(0, count - 1 - FEW_WRONG); last -= 1) {
    // Where the last two contradict each other and nothing comes after them, the higher one stands, unless it leapt up itself:
    // a lagging one is likelier than a wrong one, and a wrong one than a day's work that goes back.
    const own = (best[last] ?? 0) + (count - 1 - last) * COST.wrong;
    const other = (best[end] ?? 0) + (count - 1 - end) * COST.wrong;
    if (own < other || (own === other && !(previous[last] === last - 1 && leap(last - 1) === 1))) end = last;
  }
  const path: number[] = [];
  for (let index = end; index >= 0; index = previous[index] ?? -1) path.push(index);
  return path.reverse();
}

/** Between wrong readings stand right ones, which a path over all of them left out: they say on which day pages were made. */
export function withRightAmongWrong(path: readonly number[], { values }: Series, edge: EdgeOf): readonly number[] {
  const refined: number[] = [];
  for (const [place, to] of path.entries()) {
    const from = path[place - 1];
    if (from !== undefined && to - from > 2 && edge(from, to).kind === 'risen') {
      let last = from;
      for (let index = from + 1; index < to; index += 1) {
        const rise = difference(values[last] ?? 0, values[index] ?? 0);
        if (rise < 0 || difference(values[index] ?? 0, values[to] ?? 0) < 0) continue;
        if (edge(last, index).kind !== 'risen' || edge(index, to).kind !== 'risen') continue;
        refined.push(index);
        last = index;
      }
    }
    refined.push(to);
  }
  return refined;
}

/** A right reading left out would give a leap more time than it had: those next to both ends are looked at. */
function isExcuse(values: readonly CountValue[], from: number, to: number, edge: EdgeOf): boolean {
  for (let index = from + 1; index < to; index += 1) {
    if (index > from + FEW_WRONG && index < to - FEW_WRONG) continue;
    const value = values[index] ?? 0;
    if (value < (values[from] ?? 0) || value > (values[to] ?? 0)) continue;
    if (edge(from, index, true).kind === 'jumped' || edge(index, to, true).kind === 'jumped') return true;
  }
  return false;
}

/** A page or two back, as of two agents of which one lags, may last for a night. */
function isShortStepBack(values: readonly CountValue[], from: number, to: number): boolean {
  const most = to - from - 1 > FEW_WRONG ? TREMBLING : FEW_PAGES;
  for (let index = from + 1; index < to; index += 1) {
    const back = difference(values[index] ?? 0, values[from] ?? 0);
    if (back < 0 || back > most) return false;
  }
  return true;
}

/** Pages of one machine: each of its counters read as a series, and what the series say of each other. */
import { type CountRow, type Exchange, straighten } from './exchange.ts';
import { USAGE_COUNTS, type UsageCount } from './lines.ts';
import { COUNTS, type Count, type CountValue } from './observation.ts';
import type { Timed } from './order.ts';
import type { Pace } from './pace.ts';
import { minus, plus } from './quantity.ts';
import { readSeries, type Series, type ShiftJudge, type Step } from './series.ts';
import { freeStuckTotal } from './stuck.ts';

export interface Counted {
  readonly steps: Readonly<Record<UsageCount, readonly Step[]>>;
  readonly exchanges: readonly Exchange[];
  readonly stuck: readonly number[];
  /** Of the count that `all` comes from; null where none is told. */
  readonly pace: Pace | null;
}

export function countPages(readings: readonly Timed[], pagesPerMinute: number): Counted {
  const { rows, exchanges } = straighten(readings);
  const known = new Map<Count, { readonly steps: readonly Step[]; readonly pace: Pace }>();
  const judge = shiftJudge(rows);
  for (const count of COUNTS) {
    const series = seriesOf(readings, rows, COUNTS.indexOf(count));
    // A scanner is two or three times as fast as the printer.
    const speed = count === 'scan' ? pagesPerMinute * 3 : pagesPerMinute;
    if (series.values.length > 0) known.set(count, readSeries(series, speed, judge(count)));
  }
  const stepsOf = (count: Count) => known.get(count)?.steps ?? [];
  const { steps, stuck } = freeStuckTotal(stepsOf('all'), [stepsOf('mono'), stepsOf('color')]);
  const all = [...lifeBeforeTotal(rows, stepsOf), ...steps];
  const others = USAGE_COUNTS.filter((count) => count !== 'all').map((count) => [count, stepsOf(count)] as const);
  return {
    steps: { ...(Object.fromEntries(others) as Record<Exclude<UsageCount, 'all'>, readonly Step[]>), all },
    exchanges,
    stuck,
    pace: known.get('all')?.pace ?? known.get('life')?.pace ?? known.get('vendorLife')?.pace ?? null,
  };
}

/** `life` counts only as long as no total was ever told; never the difference of the two. */
function lifeBeforeTotal(rows: readonly CountRow[], stepsOf: (count: Count) => readonly Step[]): readonly Step[] {
  const total = COUNTS.indexOf('all');
  const begins = rows.findIndex((row) => row !== null && row[total] != null);
  const life = stepsOf('life').length > 0 ? stepsOf('life') : stepsOf('vendorLife');
  return begins < 0 ? life : life.filter((step) => step.to <= begins);
}

function seriesOf(readings: readonly Timed[], rows: readonly CountRow[], count: number): Series {
  const positions: number[] = [];
  const at: number[] = [];
  const clockRight: boolean[] = [];
  const values: CountValue[] = [];
  const made: string[] = [];
  let firmware = '';
  let driver = '';
  for (const [position, reading] of readings.entries()) {
    // A poll that did not ask for firmware tells nothing of it.
    firmware = reading.seen.firmware ?? firmware;
    driver = reading.seen.driver ?? driver;
    const value = rows[position]?.[count] ?? null;
    if (value === null) continue;
    positions.push(position);
    at.push(reading.at);
    clockRight.push(reading.clockRight);
    values.push(value);
    made.push(`${driver}\n${firmware}`);
  }
  return { positions, at, clockRight, values, made };
}

/**
 * Counts that say the same on many machines: where two rose alike before and not now, one of them was shifted. That they are
 * alike is proof only of a count with another source: what a driver shifts in the total it shifts in its parts too.
 */
const SISTERS: Readonly<Partial<Record<Count, readonly Sister[]>>> = {
  all: [
    { counts: ['life'], proves: true },
    { counts: ['vendorLife'], proves: true },
    { counts: ['mono', 'color'], proves: false },
  ],
  life: [{ counts: ['all'], proves: true }],
  vendorLife: [{ counts: ['life'], proves: true }],
};
interface Sister {
  readonly counts: readonly Count[];
  readonly proves: boolean;
}
/** Readings before the change that are compared, and how many of their rises must be alike. */
const COMPARED = 40;
const LEAST_ALIKE = 3;
const MOSTLY = 0.8;

function shiftJudge(rows: readonly CountRow[]) {
  const toldAt = (position: number, counts: readonly Count[]): CountValue | null => {
    let sum: CountValue | null = null;
    for (const count of counts) {
      const value = rows[position]?.[COUNTS.indexOf(count)] ?? null;
      if (value === null) return null;
      sum = sum === null ? value : plus(sum, value);
    }
    return sum;
  };
  const riseOf = (from: number, to: number, counts: readonly Count[]): number | null => {
    const [before, after] = [toldAt(from, counts), toldAt(to, counts)];
    return before === null || after === null ? null : Number(minus(after, before));
  };
  /** Whether two counts that rose alike before do so now; null where they never did, or one is not told. */
  const isAlike = (from: number, to: number, count: readonly Count[], sister: readonly Count[]): boolean | null => {
    const [rise, other] = [riseOf(from, to, count), riseOf(from, to, sister)];
    if (rise === null || other === null || other < 0) return null;
    let alike = 0;
    let different = 0;
    for (let position = Math.max(1, from - COMPARED); position <= from; position += 1) {
      const own = riseOf(position - 1, position, count);
      const its = riseOf(position - 1, position, sister);
      if (own === null || its === null || (own === 0 && its === 0)) continue;
      if (own === its) alike += 1;
      else different += 1;
    }
    return alike >= LEAST_ALIKE && alike >= MOSTLY * (alike + different) ? other === rise : null;
  };
  const judge =
    (count: Count): ShiftJudge =>
    (from, to) => {
      const verdicts = (SISTERS[count] ?? []).map(({ counts, proves }) => ({
        alike: isAlike(from, to, [count], counts),
        proves,
      }));
      if (verdicts.some(({ alike }) => alike === false)) return true;
      return verdicts.some(({ alike, proves }) => alike === true && proves) ? false : null;
    };
  /** Which of the parts was shifted with the total, nobody knows: both begin anew. */
  const judgePart: ShiftJudge = (from, to, rise) => {
    const alike = isAlike(from, to, ['mono', 'color'], ['all']);
    if (alike === null) return null;
    const total = judge('all')(from, to, rise);
    return alike ? total : total !== true;
  };
  return (count: Count): ShiftJudge => (count === 'mono' || count === 'color' ? judgePart : judge(count));
}

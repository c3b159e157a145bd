/** Whether a counter that rose just when a driver or firmware changed was shifted: its sister counts tell. */
import type { CountRow } from './exchange.ts';
import { COUNTS, type Count, type CountValue } from './observation.ts';
import { minus, plus } from './quantity.ts';
import type { ShiftJudge } from './series.ts';

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
/** Readings on either side of the change that are compared, and how many of their rises must be alike. */
const COMPARED = 40;
const LEAST_ALIKE = 3;
const MOSTLY = 0.8;

export function shiftJudge(rows: readonly CountRow[]) {
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
    const last = Math.min(rows.length - 1, to + COMPARED);
    for (let position = Math.max(1, from - COMPARED); position <= last; position += 1) {
      if (position > from && position <= to) continue;
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
    if (alike) return total;
    return total === true ? null : true;
  };
  return (count: Count): ShiftJudge => (count === 'mono' || count === 'color' ? judgePart : judge(count));
}

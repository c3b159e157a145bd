/** Pages of one machine: each of its counters read as a series, and what the series say of each other. */
import { type CountRow, type Exchange, straighten } from './exchange.ts';
import type { UsageCount } from './lines.ts';
import { COUNTS, type Count, type CountValue } from './observation.ts';
import { difference, minus, plus } from './quantity.ts';
import { readSeries } from './read-series.ts';
import type { ReadSeries, Series, SeriesPast, Step } from './series.ts';
import { shiftJudge } from './shift-judge.ts';
import { freeStuckTotal, type StuckTotal } from './stuck.ts';
import type { Timed } from './timed.ts';

export interface Counted {
  readonly steps: Readonly<Record<UsageCount, readonly Step[]>>;
  readonly exchanges: readonly Exchange[];
  readonly stuck: readonly StuckTotal[];
  /** Each counter by itself, with the positions at which it was told. */
  readonly series: ReadonlyMap<Count, ReadSeries & { readonly positions: readonly number[] }>;
  readonly rows: readonly CountRow[];
  readonly exchanged: readonly boolean[];
}

/** What is known of a machine's counters from before the first reading that is counted here. */
export interface CountingPast {
  readonly exchanged: boolean;
  /** A total was told before: `life` counts no more. */
  readonly totalTold: boolean;
  readonly firmware: string;
  readonly driver: string;
  readonly counts: Readonly<Partial<Record<Count, SeriesPast>>>;
}

export interface CountingNeeds {
  readonly pagesPerMinute: number;
  readonly past: CountingPast | null;
  /** Whether what was told at this moment is judged although nothing came after it. */
  readonly isOver: (at: number) => boolean;
}

export function countPages(readings: readonly Timed[], { pagesPerMinute, past, isOver }: CountingNeeds): Counted {
  const { rows, exchanges, exchanged } = straighten(readings, past?.exchanged ?? false);
  const series = new Map<Count, ReadSeries & { readonly positions: readonly number[] }>();
  const judge = shiftJudge(rows);
  const made = madeBy(readings, past);
  for (const count of COUNTS) {
    const begins = past ? 0 : (series.get('all')?.steps[0]?.from ?? 0);
    const own = seriesOf(readings, rows, COUNTS.indexOf(count), made, begins);
    // A scanner is two or three times as fast as the printer.
    const speed = count === 'scan' ? pagesPerMinute * 3 : pagesPerMinute;
    if (own.values.length === 0) continue;
    const read = readSeries(own, {
      pagesPerMinute: speed,
      isShift: judge(count),
      past: past?.counts[count] ?? null,
      isOver,
    });
    series.set(count, { ...read, positions: own.positions });
  }
  const judged = judgedTogether(series, rows);
  const stepsOf = (count: Count): readonly Step[] => judged.get(count) ?? [];
  const [mono, color] = [stepsOf('mono'), stepsOf('color')];
  const { steps, stuck } = freeStuckTotal(stepsOf('all'), [mono, color]);
  const life = stepsOf('life').length > 0 ? stepsOf('life') : stepsOf('vendorLife');
  return {
    steps: {
      all: past?.totalTold ? steps : [...lifeBeforeTotal(rows, life), ...steps],
      mono,
      color,
      print: stepsOf('print'),
      copy: stepsOf('copy'),
      fax: stepsOf('fax'),
      scan: stepsOf('scan'),
    },
    exchanges,
    stuck,
    series,
    rows,
    exchanged,
  };
}

type SeriesByCount = ReadonlyMap<Count, Pick<ReadSeries, 'steps'>>;

/** What the series say of each other; where each only rose, nothing. */
function judgedTogether(series: SeriesByCount, rows: readonly CountRow[]): ReadonlyMap<Count, readonly Step[]> {
  const judged = new Map<Count, readonly Step[]>();
  for (const [count, { steps }] of series) judged.set(count, steps);
  const unusual = [...judged.values()].flatMap((steps) => steps.filter(({ kind }) => kind !== 'risen'));
  if (unusual.length === 0) return judged;
  const begun = unusual.filter(({ kind }) => kind === 'restarted' || kind === 'fallen');
  const shifts = shiftedIntervals(
    rows,
    [...TOTAL_AND_PARTS].flatMap((count) => series.get(count)?.steps ?? []),
  );
  const functionShifts = shiftedFunctions(series);
  for (const [count, { steps }] of series) {
    const shiftsOf = TOTAL_AND_PARTS.has(count) ? shifts : FUNCTIONS.has(count) ? functionShifts : NONE;
    judged.set(
      count,
      steps.map((step) =>
        withOthers(vouchedFor(step, count, rows, series.get('all')?.steps ?? []), begun, shiftsOf.has(step.to)),
      ),
    );
  }
  const broken = brokenIntervals(judged);
  if (broken.length === 0) return judged;
  for (const [count, steps] of judged)
    judged.set(
      count,
      steps.map((step) => heldBack(step, broken)),
    );
  return judged;
}

/** `life` counts only as long as no total was ever told; never the difference of the two. */
function lifeBeforeTotal(rows: readonly CountRow[], life: readonly Step[]): readonly Step[] {
  const begins = rows.findIndex((row) => row !== null && row[COUNTS.indexOf('all')] != null);
  return begins < 0 ? life : life.filter((step) => step.to <= begins);
}

/** What adds up to the total: by color, by function. */
const SUMS: readonly (readonly Count[])[] = [
  ['mono', 'color'],
  ['print', 'copy', 'fax'],
];

/** A busy hour just when a driver or firmware changed: where the total is believed, so are the parts that add up to it. */
function vouchedFor(step: Step, count: Count, rows: readonly CountRow[], total: readonly Step[]): Step {
  const parts = SUMS.find((each) => each.includes(count));
  if (step.kind !== 'rebased' || !parts || Number(minus(step.after, step.before)) < 0) return step;
  const believed = total.find(({ kind, from, to }) => kind === 'risen' && from === step.from && to === step.to);
  let sum: CountValue = 0;
  for (const part of parts) {
    const [before, after] = [step.from, step.to].map((position) => rows[position]?.[COUNTS.indexOf(part)] ?? null);
    if (before != null && after != null) sum = plus(sum, minus(after, before));
  }
  return believed?.pages === sum ? { ...step, kind: 'risen', pages: minus(step.after, step.before) } : step;
}

/** All counters of a machine are reset together, and a total is shifted together with its parts. */
function withOthers(step: Step, begun: readonly Step[], shifted: boolean): Step {
  if (shifted && step.kind === 'risen') return { ...step, kind: 'rebased', pages: 0 };
  const maybeBegun = step.kind === 'wrapped' || step.kind === 'rollover' || step.kind === 'fallen';
  if (!maybeBegun && step.kind !== 'restarted') return step;
  const others = begun.filter((other) => other !== step && other.from < step.to && other.to > step.from);
  if (step.kind === 'restarted') {
    // Where another stands higher after its fall, they were put back to an older state, not to zero.
    const highest = [step, ...others].reduce((one, other) => (difference(one.after, other.after) > 0 ? other : one));
    return highest.kind === 'fallen' ? { ...confirmedBy(step, others), kind: 'fallen', pages: 0 } : step;
  }
  if (others.length === 0) return step;
  const isBegun = (other: Step) =>
    other.kind === 'restarted' && (step.nearZero || difference(step.after, other.after) >= 0);
  const known = { ...confirmedBy(step, others), modulus: null };
  return others.some(isBegun)
    ? { ...known, kind: 'restarted', pages: step.after }
    : { ...known, kind: 'fallen', pages: 0 };
}

/** What is judged by others is as certain as they are. */
function confirmedBy({ unconfirmed: _own, ...step }: Step, others: readonly Step[]): Step {
  return others.every(({ unconfirmed }) => unconfirmed) ? { ...step, unconfirmed: true } : step;
}

interface Interval {
  readonly from: number;
  readonly to: number;
  readonly kind: 'fallen' | 'jumped';
  readonly unconfirmed?: true;
}

/** Where most counters of a machine leap at once, they are those of another machine: what rose a little says nothing either. */
function brokenIntervals(steps: ReadonlyMap<Count, readonly Step[]>): readonly Interval[] {
  const leaps = new Map<number, { interval: Interval; counts: number }>();
  for (const { kind, from, to, unconfirmed } of [...steps.values()].flat()) {
    if (kind !== 'fallen' && kind !== 'jumped') continue;
    const known = leaps.get(to);
    if (known) known.counts += 1;
    else leaps.set(to, { interval: { from, to, kind, ...(unconfirmed && { unconfirmed }) }, counts: 1 });
  }
  return [...leaps.values()]
    .filter(({ counts }) => counts > 1 && 2 * counts > steps.size)
    .map(({ interval }) => interval);
}

function heldBack(step: Step, broken: readonly Interval[]): Step {
  if (broken.length === 0 || step.kind !== 'risen' || step.pages === 0) return step;
  const interval = broken.find(({ from, to }) => step.from < to && step.to > from);
  if (!interval) return step;
  const { kind, unconfirmed } = interval;
  return { ...step, kind, pages: 0, ...(unconfirmed && { unconfirmed }) };
}

const TOTAL_AND_PARTS: ReadonlySet<Count> = new Set(['all', 'mono', 'color']);

const FUNCTIONS: ReadonlySet<Count> = new Set(['print', 'copy', 'fax']);
const NONE: ReadonlySet<number> = new Set();

/** Positions at which the total and one of the functions count otherwise: a firmware shifts the others alike, if by less than a day's pages. */
function shiftedFunctions(series: SeriesByCount): ReadonlySet<number> {
  const shiftsOf = (count: Count) =>
    new Set((series.get(count)?.steps ?? []).filter(({ kind }) => kind === 'rebased').map(({ to }) => to));
  const total = shiftsOf('all');
  return new Set([...FUNCTIONS].flatMap((count) => [...shiftsOf(count).intersection(total)]));
}

/** Positions at which one of total, mono and color counts otherwise since, and no other count vouches for its parts. */
function shiftedIntervals(rows: readonly CountRow[], steps: readonly Step[]): ReadonlySet<number> {
  const shifted = new Set<number>();
  for (const { kind, from, to } of steps) {
    if (kind !== 'rebased') continue;
    const riseOf = (count: Count): CountValue | null => {
      const [before, after] = [rows[from], rows[to]].map((row) => row?.[COUNTS.indexOf(count)] ?? null);
      return before == null || after == null ? null : minus(after, before);
    };
    const [all, mono, color] = [riseOf('all'), riseOf('mono'), riseOf('color')];
    if (all === null || mono === null || color === null) continue;
    const parts = plus(mono, color);
    if (parts === all || (riseOf('life') !== parts && riseOf('vendorLife') !== parts)) shifted.add(to);
  }
  return shifted;
}

/** Driver and firmware of each reading: a poll that did not ask for them tells nothing of them. */
function madeBy(readings: readonly Timed[], past: CountingPast | null): readonly string[] {
  let firmware = past?.firmware ?? '';
  let driver = past?.driver ?? '';
  let made = `${driver}\n${firmware}`;
  return readings.map(({ seen }) => {
    if ((seen.firmware ?? firmware) === firmware && (seen.driver ?? driver) === driver) return made;
    firmware = seen.firmware ?? firmware;
    driver = seen.driver ?? driver;
    made = `${driver}\n${firmware}`;
    return made;
  });
}

function seriesOf(
  readings: readonly Timed[],
  rows: readonly CountRow[],
  count: number,
  made: readonly string[],
  begins: number,
): Series {
  const series = {
    positions: [] as number[],
    at: [] as number[],
    clockRight: [] as boolean[],
    values: [] as CountValue[],
    made: [] as string[],
  };
  for (const [position, reading] of readings.entries()) {
    const value = rows[position]?.[count] ?? null;
    // Zeros of a machine that wakes up are told of all its counters alike.
    if (value === null || (value === 0 && position < begins)) continue;
    series.positions.push(position);
    series.at.push(reading.at);
    series.clockRight.push(reading.clockRight);
    series.values.push(value);
    series.made.push(made[position] ?? '');
  }
  return series;
}

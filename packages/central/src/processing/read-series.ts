/** Reads one counter's values as a story: which readings are right, and what lies between two right ones. */
import { cheapestPath, withRightAmongWrong } from './cheapest-path.ts';
import { type Edge, type EdgeOf, edgesOf } from './edges.ts';
import type { CountValue } from './observation.ts';
import { learnPace, type Pace } from './pace.ts';
import { difference, minus, plus } from './quantity.ts';
import type { ReadSeries, Series, SeriesPast, ShiftJudge, Step } from './series.ts';

export interface SeriesNeeds {
  readonly pagesPerMinute: number;
  readonly isShift: ShiftJudge;
  readonly past: SeriesPast | null;
  /** Whether what was told at this moment is judged although nothing came after it. */
  readonly isOver: (at: number) => boolean;
}

export function readSeries(series: Series, { pagesPerMinute, isShift, past, isOver }: SeriesNeeds): ReadSeries {
  const { values, at } = series;
  const rises = values.slice(1).map((value, index) => difference(values[index] ?? 0, value));
  const pace = learnPace(at, rises, pagesPerMinute, past?.pace ?? null);
  const began = standingFrom(values, at, past);
  const edges = edgesOf(series, pace, isShift, began);
  const path = withRightAmongWrong(cheapestPath(series, pace, edges, rises), series, edges);
  const steps: Step[] = [];
  for (const [index, to] of path.slice(1).entries()) {
    const from = path[index] ?? 0;
    const edge = edges(from, to);
    const step = stepOf(series, edge, from, to);
    if (isPutBack(step, steps, pace.ordinary((at[to] ?? 0) - (at[from] ?? 0))))
      putBack(steps, series, edges, pace, from, to);
    else steps.push(step);
  }
  const last = values.length - 1;
  const unconfirmed = isOver(at[last] ?? 0) ? unconfirmedEnd(series, edges, path.at(-1) ?? last) : undefined;
  if (unconfirmed) steps.push(unconfirmed);
  return { steps, pace: pace.learned, since: began };
}

/** A large rise that ends where the counter stood before a fall is the old board put back: nobody printed it. */
function isPutBack({ kind, before, after, pages }: Step, steps: readonly Step[], ordinary: number): boolean {
  if (kind !== 'risen' || pages <= ordinary) return false;
  return steps.some((earlier) => {
    if (earlier.kind !== 'fallen' && earlier.kind !== 'restarted') return false;
    const since = difference(earlier.before, after);
    return difference(before, earlier.before) > 0 && since >= 0 && since <= Math.min(ordinary, Number(pages) / 10);
  });
}

/** Readings that the path left out although they go on from before the leap are right: nobody printed the leap alone. */
function putBack(steps: Step[], series: Series, edges: EdgeOf, pace: Pace, from: number, to: number): void {
  const { values, at } = series;
  let last = from;
  for (let index = from + 1; index < to; index += 1) {
    const edge = edges(last, index);
    const rise = difference(values[last] ?? 0, values[index] ?? 0);
    const isAbove = difference(values[index] ?? 0, values[to] ?? 0) < 0;
    if (edge.kind !== 'risen' || isAbove || rise > pace.ordinary((at[index] ?? 0) - (at[last] ?? 0))) continue;
    steps.push(stepOf(series, edge, last, index));
    last = index;
  }
  steps.push({ ...stepOf(series, edges(from, to), last, to), kind: 'jumped', pages: 0 });
}

/** So few pages up or back are nobody's question, whatever comes. */
const FEW_PAGES = 50;

/** From the last right reading to one that may be wrong, or the first of a new series: nobody can know, and nothing is counted. */
function unconfirmedEnd(series: Series, edges: EdgeOf, from: number): Step | undefined {
  const to = series.values.length - 1;
  const rise = difference(series.values[from] ?? 0, series.values[to] ?? 0);
  if (from >= to || Math.abs(rise) <= FEW_PAGES) return undefined;
  const edge = edges(from, to);
  const kind = edge.kind === 'rollover' ? 'rollover' : rise < 0 ? 'fallen' : 'jumped';
  return { ...stepOf(series, { ...edge, kind }, from, to), unconfirmed: true };
}

function standingFrom(
  values: readonly CountValue[],
  at: readonly number[],
  past: SeriesPast | null,
): readonly number[] {
  let began = 0;
  return values.map((value, index) => {
    if (index === 0) began = past?.value === value ? Math.min(past.since, at[0] ?? 0) : (at[0] ?? 0);
    else if (value !== values[index - 1]) began = at[index] ?? 0;
    return began;
  });
}

function stepOf({ values, positions }: Series, { kind, modulus, nearZero }: Edge, from: number, to: number): Step {
  const before = values[from] ?? 0;
  const after = values[to] ?? 0;
  const pages = (): CountValue => {
    switch (kind) {
      case 'risen':
        return minus(after, before);
      case 'wrapped':
        return minus(plus(after, modulus ?? 0), before);
      case 'restarted':
        return after;
      case 'fallen':
      case 'jumped':
      case 'rollover':
      case 'rebased':
        return 0;
    }
  };
  return { kind, from: positions[from] ?? 0, to: positions[to] ?? 0, before, after, pages: pages(), modulus, nearZero };
}

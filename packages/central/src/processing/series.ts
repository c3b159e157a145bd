/**
 * Reads one counter's values as a story: which readings are right, and what lies between two right ones. Of all stories the
 * cheapest is taken: a wrong reading costs less than a break, a break less than a long run of wrong readings. It looks ahead,
 * so a fall is judged by what comes after it.
 */
import type { CountValue } from './observation.ts';
import { learnPace, type Pace, type PaceLearned } from './pace.ts';
import { minus, plus } from './quantity.ts';

export interface Series {
  /** Which of the device's readings told each value. */
  readonly positions: readonly number[];
  readonly at: readonly number[];
  readonly clockRight: readonly boolean[];
  readonly values: readonly CountValue[];
  /** Driver and firmware: where they change, the counter may count otherwise. */
  readonly made: readonly string[];
}

/**
 * `risen`: by difference. `wrapped`: through its largest value. `restarted`: it began again at zero. `fallen`: it stands lower
 * and stays there. `jumped`: more than can have been printed. `rollover`: wrapped or restarted, nobody knows.
 * `rebased`: counted otherwise since.
 */
export type StepKind = 'risen' | 'wrapped' | 'restarted' | 'fallen' | 'jumped' | 'rollover' | 'rebased';

export interface Step {
  readonly kind: StepKind;
  /** Positions of the device's readings. */
  readonly from: number;
  readonly to: number;
  readonly before: CountValue;
  readonly after: CountValue;
  /** Pages that are counted. */
  readonly pages: CountValue;
  /** Where it wrapped, or may have: the first value it cannot show. */
  readonly modulus: number | null;
  /** It may as well have begun again at zero. */
  readonly nearZero: boolean;
  /** A person has said what it counts. */
  readonly answered?: true;
}

/** Whether other counters of the machine say that this rise is no printing; null where none can say. */
export type ShiftJudge = (from: number, to: number, rise: number) => boolean | null;

const HOUR = 3_600_000;
/** A run of wrong readings that is bridged: at most so many, and so long unless it is very few. */
const LONGEST_RUN = 50;
const LONGEST_RUN_TIME = 60 * HOUR;
/** What counted on its own for so long was no wrong reading. */
const LONG_ENOUGH = 36 * HOUR;
const FEW_WRONG = 3;
const FEW_PAGES = 50;
const TREMBLING = 2;
/** What other counters are believed when a driver or firmware changed: times what would raise no suspicion, and pages. */
const PROVEN = { times: 3, pages: 200 } as const;

const COST = {
  break: 1.8,
  rebase: 0.6,
  wrap: 0.4,
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

/**
 * Digits of a panel and bits of a register; the last is Counter32 (RFC 2578 §7.1.6). Five digits are left out: many machines
 * are reset in a life of so few pages.
 */
const MODULI = [1e6, 1e7, 1e8, 1e9, 2 ** 16, 2 ** 24, 2 ** 31, 2 ** 32] as const;
const COUNTER32 = 2 ** 32;
/** Only these two ends are common enough to ask about. */
const ASKED_MODULI: ReadonlySet<number> = new Set([1e6, 2 ** 16]);
/** Parts of its range that a counter may be from its end on either side: to be counted, to be asked, to be asked at all. */
const END = { certain: 50, rareCertain: 100, doubtful: 8, farthest: 4 } as const;

interface Edge {
  readonly kind: StepKind;
  readonly cost: number;
  readonly modulus: number | null;
  readonly nearZero: boolean;
}
/** `generous`: the times may be an hour wrong. */
type EdgeOf = (from: number, to: number, generous?: boolean) => Edge;
const RISEN: Edge = { kind: 'risen', cost: 0, modulus: null, nearZero: false };
const edgeOf = (kind: StepKind, cost: number): Edge => ({ kind, cost, modulus: null, nearZero: false });

/** What is known of a counter from before the first reading that is read here. */
export interface SeriesPast {
  readonly pace: PaceLearned;
  /** Since when it stood at this value. */
  readonly value: CountValue;
  readonly since: number;
}

export interface ReadSeries {
  readonly steps: readonly Step[];
  readonly pace: PaceLearned;
  /** Since when each value stands still, by the order of the values. */
  readonly since: readonly number[];
}

export function readSeries(
  series: Series,
  pagesPerMinute: number,
  isShift: ShiftJudge,
  past: SeriesPast | null = null,
): ReadSeries {
  const { values, at } = series;
  const rises = values.slice(1).map((value, index) => difference(values[index] ?? 0, value));
  const pace = learnPace(at, rises, pagesPerMinute, past?.pace ?? null);
  const began = standingFrom(values, at, past);
  const edges = edgesOf(series, pace, isShift, began);
  const path = withRightAmongWrong(cheapestPath(series, pace, edges, rises), series, edges);
  const steps: Step[] = [];
  for (const [index, to] of path.slice(1).entries()) {
    const from = path[index] ?? 0;
    const step = stepOf(series, edges(from, to), from, to);
    const ordinary = pace.ordinary((at[to] ?? 0) - (at[from] ?? 0));
    steps.push(isPutBack(step, steps, ordinary) ? { ...step, kind: 'jumped', pages: 0 } : step);
  }
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

/** Of changes between two drivers or firmwares, so many that shifted nothing show that they count alike. */
const LEAST_ALIKE = 3;
const MOSTLY_ALIKE = 0.8;

function alikeDrivers({ values, at, made }: Series, pace: Pace): (from: number, to: number) => boolean {
  const pairs = new Map<string, { alike: number; all: number }>();
  const pairOf = (one: string, other: string) => (one < other ? `${one}\t${other}` : `${other}\t${one}`);
  for (let to = 1; to < values.length; to += 1) {
    const [one, other] = [made[to - 1] ?? '', made[to] ?? ''];
    if (one === other) continue;
    const rise = difference(values[to - 1] ?? 0, values[to] ?? 0);
    const seen = pairs.get(pairOf(one, other)) ?? { alike: 0, all: 0 };
    pairs.set(pairOf(one, other), seen);
    seen.all += 1;
    if (rise >= 0 && rise <= pace.unsuspicious((at[to] ?? 0) - (at[to - 1] ?? 0))) seen.alike += 1;
  }
  return (from, to) => {
    const [one, other] = [made[from] ?? '', made[to] ?? ''];
    if (one === other) return true;
    const seen = pairs.get(pairOf(one, other));
    return seen !== undefined && seen.alike > LEAST_ALIKE && seen.alike >= MOSTLY_ALIKE * seen.all;
  };
}

const difference = (before: CountValue, after: CountValue): number => Number(minus(after, before));

function edgesOf(series: Series, pace: Pace, isShift: ShiftJudge, began: readonly number[]) {
  const { values, at, clockRight, positions } = series;
  const countsAlike = alikeDrivers(series, pace);
  const valueAt = (index: number) => values[index] ?? 0;
  /** When the value began to stand still: a counter that was stuck for days may catch up at once. */
  const since = began.map((from, index) => ((at[index] ?? 0) - from >= STUCK_TIME ? from : (at[index] ?? 0)));
  const edge = (from: number, to: number, generous: boolean): Edge => {
    const rise = difference(valueAt(from), valueAt(to));
    const shown = (at[to] ?? 0) - (at[from] ?? 0);
    // Two readings that stand closer than they should may be those of a clock that was an hour wrong.
    const clockWrong = generous || !clockRight[from] || !clockRight[to] || shown < 0.75 * pace.usualGap;
    const duration = shown + (clockWrong ? HOUR : 0);
    const possible =
      rise >= 0 && (rise <= pace.possible(duration) || rise <= pace.possible((at[to] ?? 0) - (since[from] ?? 0)));
    if (!countsAlike(from, to)) {
      if (!possible) return edgeOf('rebased', COST.rebase);
      const verdict = isShift(positions[from] ?? 0, positions[to] ?? 0, rise);
      const unsuspicious = pace.unsuspicious(duration);
      // What a driver or firmware adds, it may add to every counter: their agreement proves no leap.
      const proven = verdict === false && rise <= Math.min(PROVEN.times * unsuspicious, PROVEN.pages);
      if (verdict === true || (rise > unsuspicious && !proven)) return edgeOf('rebased', 0);
    }
    if (possible) return RISEN;
    if (rise >= 0) return edgeOf('jumped', COST.break);
    return fall(Number(valueAt(from)), Number(valueAt(to)), duration, pace);
  };
  /** Most are asked of neighbours, and more than once. */
  const near: (Edge | undefined)[] = values.map(() => undefined);
  return (from: number, to: number, generous = to - from > 1): Edge => {
    if (generous || to - from > 1) return edge(from, to, generous);
    const known = near[to] ?? edge(from, to, false);
    near[to] = known;
    return known;
  };
}

/** Whatever the pace, so few pages and so small a part of what stood there are near zero. */
const NEAR_ZERO = { pages: 300, part: 200 } as const;

function fall(before: number, after: number, duration: number, pace: Pace): Edge {
  const nearZero =
    (after <= pace.restart(duration) && after <= before / 2) ||
    (after <= Math.min(NEAR_ZERO.pages, before / NEAR_ZERO.part) && after <= pace.possible(duration));
  const found = (kind: StepKind, cost: number, modulus: number | null): Edge => ({ kind, cost, modulus, nearZero });
  let doubtful: number | null = null;
  for (const modulus of MODULI) {
    if (before >= modulus || after >= modulus) continue;
    const rise = after + modulus - before;
    const isAsked = ASKED_MODULI.has(modulus);
    const certain =
      modulus === COUNTER32
        ? pace.possible(duration)
        : Math.min(pace.ordinary(duration), modulus / (isAsked ? END.certain : END.rareCertain));
    if (rise <= certain) return found('wrapped', COST.wrap, modulus);
    const most = nearZero
      ? Math.min(pace.ordinary(duration), modulus / END.doubtful)
      : Math.min(pace.possible(duration), modulus / END.farthest);
    if (isAsked && rise <= most) doubtful = modulus;
  }
  if (doubtful !== null) return found('rollover', COST.break, doubtful);
  return found(nearZero ? 'restarted' : 'fallen', COST.break, null);
}

/** Longer than a weekend without a page. */
const STUCK_TIME = 80 * HOUR;

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

function cheapestPath(
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
    // Where the last two contradict each other and nothing comes after them, the higher one stands: a lagging one is likelier.
    if ((best[last] ?? 0) + (count - 1 - last) * COST.wrong <= (best[end] ?? 0) + (count - 1 - end) * COST.wrong)
      end = last;
  }
  const path: number[] = [];
  for (let index = end; index >= 0; index = previous[index] ?? -1) path.push(index);
  return path.reverse();
}

/** Between wrong readings stand right ones, which a path over all of them left out: they say on which day pages were made. */
function withRightAmongWrong(path: readonly number[], { values }: Series, edge: EdgeOf): readonly number[] {
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

/** What may lie between two values of a counter, and what it costs to believe it. */
import type { Pace } from './pace.ts';
import { difference } from './quantity.ts';
import type { Series, ShiftJudge, StepKind } from './series.ts';

const HOUR = 3_600_000;
/** What other counters are believed when a driver or firmware changed: times what would raise no suspicion, and pages. */
const PROVEN = { times: 3, pages: 200 } as const;

/** Beside a wrong reading, which costs 1. */
const COST = { break: 1.8, rebase: 0.6, wrap: 0.4 } as const;

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

export interface Edge {
  readonly kind: StepKind;
  readonly cost: number;
  readonly modulus: number | null;
  readonly nearZero: boolean;
}
/** `generous`: the times may be an hour wrong. */
export type EdgeOf = (from: number, to: number, generous?: boolean) => Edge;
const RISEN: Edge = { kind: 'risen', cost: 0, modulus: null, nearZero: false };
const edgeOf = (kind: StepKind, cost: number): Edge => ({ kind, cost, modulus: null, nearZero: false });

export function edgesOf(series: Series, pace: Pace, isShift: ShiftJudge, began: readonly number[]) {
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

/**
 * The total with its mono and color pages, in one base. Some machines count an A3 page twice in mono, color and the
 * standard life count, and once in the impressions and in the tables by function and size.
 */
import type { Draft } from '../../draft.ts';
import { type ColorSplit, claim, restOf, sumOf, type Told } from './count-tables.ts';

export interface ToldTotals {
  readonly mono: Told | null;
  readonly color: Told | null;
  /** A3 once; only newer machines have it. */
  readonly impressions: Told | null;
  readonly byFunction: ColorSplit | null;
  readonly bySize: ColorSplit | null;
  /** The large-format rows of `bySize`. */
  readonly large: ColorSplit | null;
}

export function claimTotal(draft: Draft, told: ToldTotals): void {
  const { mono, color } = told;
  const both = mono !== null && color !== null ? sumOf([mono, color]) : null;
  const once = told.impressions ?? (both === null ? null : onceByTables(both, told));
  if (both !== null && (once === null || once.count === both.count)) {
    const check = both.count === draft.countOf('counters.life') ? 'mono + color = life count' : 'mono + color = total';
    claim(draft, 'counters.total.all', once ?? both, check);
    claim(draft, 'counters.total.mono', mono, check);
    claim(draft, 'counters.total.color', color, check);
    return;
  }
  claim(draft, 'counters.total.all', once);
  claimByTables(draft, told, once ?? lifeOf(draft));
  if (both !== null && once !== null && color?.count === 0) {
    claim(draft, 'counters.total.mono', once);
    claim(draft, 'counters.total.color', color);
  }
  // A machine that tells nothing to hold it against, or no color at all.
  if (once === null) claim(draft, 'counters.total.mono', mono);
  else denyOtherBase(draft, told);
}

/** Without the impressions object: the tables agree with each other, and the rest is just the large pages once more. */
function onceByTables(both: Told, { byFunction, bySize, large }: ToldTotals): Told | null {
  if (byFunction === null || bySize === null || large === null) return null;
  if (byFunction.all.count !== bySize.all.count || large.all.count === 0) return null;
  return restOf(both, byFunction.all)?.count === large.all.count ? byFunction.all : null;
}

function claimByTables(draft: Draft, { byFunction, bySize }: ToldTotals, whole: Told | null): void {
  for (const table of [byFunction, bySize]) {
    if (table === null || table.color === null || whole === null) continue;
    if (table.all.count !== whole.count) {
      draft.reject('counters.total.color', String(table.color.count), table.color.oids, 'its table is not the total');
      draft.untold('counters.total.color', 'checkFailed');
      continue;
    }
    const check = table === byFunction ? 'functions = total' : 'sizes = total';
    draft.confirm('counters.total.all', check);
    claim(draft, 'counters.total.all', table.all, check);
    claim(draft, 'counters.total.color', table.color, check);
    claim(draft, 'counters.total.mono', restOf(table.all, table.color), check);
  }
}

function denyOtherBase(draft: Draft, told: ToldTotals): void {
  for (const shade of ['mono', 'color'] as const) {
    const path = `counters.total.${shade}` as const;
    const count = told[shade];
    if (count === null || draft.countOf(path) === count.count) continue;
    draft.reject(path, String(count.count), count.oids, 'counted on another base than the impressions');
    if (draft.countOf(path) === null) draft.untold(path, 'checkFailed');
  }
}

function lifeOf(draft: Draft): Told | null {
  const life = draft.counts.get('counters.life');
  return life === undefined ? null : { count: life.value, oids: life.source.oids };
}

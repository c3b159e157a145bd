/** Supplies at or below their mark, worst first. Pure. */
import type { Status, Supply } from '@rsb/contract';

export interface LowSupply {
  /** `type/color`, `type` alone where it has no color, `#2` for a second alike. */
  readonly supply: string;
  readonly type: Supply['type'];
  readonly color: Supply['color'];
  /** Of a waste container the space left. */
  readonly percent: number | null;
  /** 1: at or below the mark. 2: empty, or full. */
  readonly rank: 1 | 2;
}

/** Sorts behind every percentage. */
export const NOT_TOLD = 101;

export function lowSupplies(supplies: readonly Supply[], mark: number): LowSupply[] {
  const names = new Map<string, number>();
  const low: LowSupply[] = [];
  for (const { type, color, percent, state } of supplies) {
    const base = color === null ? type : `${type}/${color}`;
    const ordinal = (names.get(base) ?? 0) + 1;
    names.set(base, ordinal);
    const rank = rankOf(percent, state, mark);
    if (rank === 0) continue;
    low.push({ supply: ordinal === 1 ? base : `${base}#${ordinal}`, type, color, percent, rank });
  }
  return low.sort((one, other) => other.rank - one.rank || (one.percent ?? 0) - (other.percent ?? 0));
}

function rankOf(percent: number | null, state: Supply['state'], mark: number): 0 | 1 | 2 {
  if (state === 'empty' || state === 'full' || percent === 0) return 2;
  if (percent !== null) return percent <= mark ? 1 : 0;
  return state === 'low' ? 1 : 0;
}

/** The least that any supply tells. */
export const lowestPercent = (supplies: readonly Supply[]): number =>
  Math.min(
    NOT_TOLD,
    ...supplies.flatMap(({ percent, state }) => (percent !== null ? [percent] : state === 'empty' ? [0] : [])),
  );

/** A machine may say only that toner is low or out, and tell no level. */
export function toldByStatus(status: Status | null): 0 | 1 | 2 {
  if (status?.errors.includes('noToner')) return 2;
  return status?.errors.includes('lowToner') ? 1 : 0;
}

/** Counts of a vendor's own that the machine's other counts deny are taken back: a wrong split is worse than none. */
import type { Counter } from '@rsb/contract';
import type { CountPath, Draft, SplitName } from '../draft.ts';
import { addCounts } from './count.ts';

const sum = (draft: Draft, paths: readonly CountPath[]): Counter | null => {
  const told = paths.map((path) => draft.countOf(path)).filter((count) => count !== null);
  return told.length === 0 ? null : addCounts(told);
};

const exceeds = (a: Counter | null, b: Counter | null): boolean => a !== null && b !== null && BigInt(a) > BigInt(b);

/** Mono and color that do not add up to their whole; a lone half may be anything up to it. */
export function withdrawFalseHalves(draft: Draft, splits: readonly SplitName[]): void {
  for (const split of splits) {
    const halves: readonly CountPath[] = [`counters.${split}.mono`, `counters.${split}.color`];
    const all = draft.countOf(`counters.${split}.all`);
    const both = halves.every((path) => draft.countOf(path) !== null);
    const whole = sum(draft, halves);
    if (all === null || whole === null || !(both ? whole !== all : exceeds(whole, all))) continue;
    for (const path of halves) draft.withdraw(path, 'checkFailed', `mono and color do not add up to ${all}`);
  }
}

/** Parts that together are more than the whole they are of. */
export function withdrawAboveWhole(draft: Draft, whole: CountPath, parts: readonly CountPath[]): void {
  const most = draft.countOf(whole);
  if (!exceeds(sum(draft, parts), most)) return;
  for (const path of parts) draft.withdraw(path, 'checkFailed', `together more than the whole, ${most}`);
}

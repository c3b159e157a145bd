/** A total that stands still while mono and color rise: their sum is counted in its place. */
import type { CountValue } from './observation.ts';
import { plus } from './quantity.ts';
import type { Step } from './series.ts';

export interface Freed {
  readonly steps: readonly Step[];
  readonly stuck: readonly StuckTotal[];
}

export interface StuckTotal {
  /** Position at which it was first seen. */
  readonly seen: number;
  /** Positions between which it stood still. */
  readonly from: number;
  readonly to: number;
}

/** One rise of the parts may be a total that lags by a reading; two are not. */
const LEAST_RISES = 2;

export function freeStuckTotal(total: readonly Step[], parts: readonly (readonly Step[])[]): Freed {
  const steps: Step[] = [];
  const stuck: StuckTotal[] = [];
  const rises = parts.flat().filter((step) => step.kind === 'risen');
  rises.sort((one, other) => one.from - other.from);
  let next = 0;
  let index = 0;
  while (index < total.length) {
    let end = index;
    while (total[end]?.kind === 'risen' && total[end]?.pages === 0) end += 1;
    const first = total[index];
    const last = total[end - 1];
    if (!first || !last || end === index) {
      append(steps, first);
      index += 1;
      continue;
    }
    const inside: Step[] = [];
    while (next < rises.length && (rises[next]?.from ?? 0) < first.from) next += 1;
    for (let at = next; at < rises.length && (rises[at]?.from ?? 0) < last.to; at += 1) {
      const rise = rises[at];
      if (rise && rise.to <= last.to && rise.pages !== 0) inside.push(rise);
    }
    const moments = new Set(inside.map((rise) => rise.to));
    if (moments.size < LEAST_RISES) {
      for (; index < end; index += 1) append(steps, total[index]);
      continue;
    }
    stuck.push({ seen: Math.min(...moments), from: first.from, to: last.to });
    // The step that frees it belongs to it: it may catch up at once with what the parts have told already.
    const freeing = total[end];
    const until = freeing?.kind === 'risen' || freeing?.kind === 'jumped' ? end + 1 : end;
    for (let at = next; index < until; index += 1) {
      const step = total[index];
      if (!step) break;
      while (at < rises.length && (rises[at]?.to ?? 0) <= step.from) at += 1;
      steps.push({ ...step, kind: 'risen', pages: sumWithin(rises, at, step) });
    }
  }
  return { steps, stuck };
}

function append(steps: Step[], step: Step | undefined): void {
  if (step) steps.push(step);
}

/** Rises that end within the step: each is counted once, in the step in which it ends. */
function sumWithin(rises: readonly Step[], start: number, step: Step): CountValue {
  let sum: CountValue = 0;
  for (let at = start; at < rises.length && (rises[at]?.from ?? 0) < step.to; at += 1) {
    const rise = rises[at];
    if (rise && rise.to > step.from && rise.to <= step.to) sum = plus(sum, rise.pages);
  }
  return sum;
}

/** What is not right yet, capture by capture, in truth-baseline.json: it may only get shorter. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Score } from './score.ts';

const FILE = resolve(import.meta.dirname, '../truth-baseline.json');

export interface Comparison {
  /** Not right now, and not in the baseline. */
  readonly worse: readonly string[];
  /** In the baseline, and right now. */
  readonly better: readonly string[];
}

/** The fields of one capture that are not right, a line each. */
export const faultsOf = (capture: string, scores: readonly Score[]): readonly string[] =>
  scores
    .filter(({ judgement }) => judgement !== 'right')
    .map(({ field, judgement }) => `${capture} ${field} ${judgement}`);

export const loadBaseline = (): readonly string[] => JSON.parse(readFileSync(FILE, 'utf8')) as readonly string[];

export function saveBaseline(faults: readonly string[]): void {
  writeFileSync(FILE, `${JSON.stringify(faults, null, 2)}\n`);
}

/** `captures` limits the comparison to those that were read. */
export function compareWithBaseline(
  faults: readonly string[],
  baseline: readonly string[],
  captures?: ReadonlySet<string>,
): Comparison {
  const judged = baseline.filter((fault) => captures?.has(fault.slice(0, fault.indexOf(' '))) ?? true);
  return {
    worse: faults.filter((fault) => !baseline.includes(fault)),
    better: judged.filter((fault) => !faults.includes(fault)),
  };
}

/** OKI's page counts: reports of their cells contradict each other, so only a pair that adds up to the life count is used. */
import type { Counter } from '@rsb/contract';
import { childOf, oid } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { saidBeside } from '../../blocks/known-by-sign.ts';
import type { AskedObject, Block } from '../../definition.ts';

interface Pair {
  readonly mono: string;
  readonly color: string;
}
const PAIRS: readonly Pair[] = [
  { mono: '7.1', color: '6.1' },
  { mono: '8.1', color: '6.1' },
  { mono: '7.3', color: '8.3' },
];

const cellsAt = (instances: readonly string[]): AskedObject => ({
  oid: oid('1.3.6.1.4.1.2001.1.1.1.1.11.1.10.170.1'),
  name: 'page counts',
  purpose: 'pages by color',
  part: 'counters',
  evidence: 'reported',
  source: 'three projects, not of one mind',
  path: 'counters.total',
  instances,
});
const cell = cellsAt([...new Set(PAIRS.map(({ color }) => color))]);
const halves = cellsAt([...new Set(PAIRS.map(({ mono }) => mono))]);

/** Null where none adds up, or where a half is zero: then any cell that repeats the life count would pass. */
export function pairThatAddsUp(
  pairs: readonly Pair[],
  countAt: (instance: string) => Counter | null,
  whole: Counter | null,
): { readonly pair: Pair; readonly mono: Counter; readonly color: Counter } | null {
  for (const pair of pairs) {
    const mono = countAt(pair.mono);
    const color = countAt(pair.color);
    if (mono === null || color === null || mono === 0 || color === 0) continue;
    if (whole !== null && addCounts([mono, color]) === whole) return { pair, mono, color };
  }
  return null;
}

export const okiCounters: Block = {
  name: 'okiPages',
  fills: ['counters.total.mono', 'counters.total.color'],
  asks: saidBeside([cell], [halves]),
  read(answers, draft) {
    const at = (instance: string) => countOf(answers.value(cell.oid, instance));
    const found = pairThatAddsUp(PAIRS, at, draft.countOf('counters.life'));
    if (found === null) {
      if (answers.column(cell.oid).length > 0) draft.untold('counters.total.mono', 'checkFailed');
      return;
    }
    for (const shade of ['mono', 'color'] as const) {
      const oids = [childOf(cell.oid, found.pair[shade])];
      draft.count(`counters.total.${shade}`, found[shade], { oids, how: 'value', evidence: 'reported' });
    }
  },
};

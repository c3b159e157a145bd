/**
 * Toshiba TEC's counters by function and color. No MIB of it is public: the cells are known by two projects, so a count is
 * used only where it adds up. Other makers' machines with the same controller have the same cells.
 */
import { childOf, oid } from '@rsb/snmp/oid';
import { countOf } from '../../blocks/count.ts';
import { knownBySign } from '../../blocks/known-by-sign.ts';
import { everyShade, sumOfCells } from '../../blocks/vendor-counters.ts';
import type { AskedObject, Block } from '../../definition.ts';
import type { SplitName } from '../../draft.ts';

const FUNCTIONS: readonly (readonly [id: number, split: SplitName])[] = [
  [2, 'total'],
  [3, 'print'],
  [4, 'copy'],
];
const FULL_COLOR = 1;
const TWIN_COLOR = 2;
const BLACK = 3;
const ALL = 4;

const cellsAt = (instances: readonly string[]): AskedObject => ({
  oid: oid('1.3.6.1.4.1.1129.2.3.50.1.3.21.6.1'),
  name: 'counters by function and color',
  purpose: 'pages by function and color',
  part: 'counters',
  evidence: 'reported',
  source: 'two projects',
  instances,
});
const INSTANCES = FUNCTIONS.flatMap(([id]) => [FULL_COLOR, TWIN_COLOR, BLACK, ALL].map((color) => `${id}.1.${color}`));
/** Every machine with the cells prints, whatever else it does. */
const SIGNS = [`2.1.${ALL}`, `3.1.${ALL}`];
const cell = cellsAt(SIGNS);
const furtherCells = cellsAt(INSTANCES.filter((instance) => !SIGNS.includes(instance)));

export const toshibaCounters: Block = {
  name: 'toshibaCounters',
  fills: everyShade('total', 'print', 'copy'),
  asks: knownBySign([cell], [furtherCells]),
  read(answers, draft) {
    for (const [id, split] of FUNCTIONS) {
      for (const [color, shade] of [
        [ALL, 'all'],
        [BLACK, 'mono'],
      ] as const) {
        const instance = `${id}.1.${color}`;
        draft.count(`counters.${split}.${shade}`, countOf(answers.value(cell.oid, instance)), {
          oids: [childOf(cell.oid, instance)],
          how: 'value',
          evidence: 'reported',
        });
      }
      const colors = [FULL_COLOR, TWIN_COLOR].map((color) => ({ oid: cell.oid, instance: `${id}.1.${color}` }));
      const color = sumOfCells(answers, colors);
      if (color !== null) {
        draft.count(`counters.${split}.color`, color.sum, { oids: color.oids, how: 'sum', evidence: 'reported' });
      }
    }
    if (draft.countOf('counters.copy.all') !== null) draft.kind('mfp', 'counts copies');
  },
};

/** Epson's counters: mono and color, pages by function and by paper size, and what has no word of its own in a reading. */

import { integerOf } from '../../blocks/count.ts';
import { knownBySign, saidBeside } from '../../blocks/known-by-sign.ts';
import { textAt } from '../../blocks/text.ts';
import { everyShade } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft, Source } from '../../draft.ts';
import { type CountRow, type CountTable, cellOf, claim, restOf, rowsOf, type Told, wholeOf } from './count-tables.ts';
import { epsonObject, PRINTER } from './objects.ts';
import { claimTotal } from './total.ts';

const source = 'epson_wf-c17590, epson_wf-m5799, epson_st-m1000, sums close';
const scalarOf = (column: number, name: string, purpose: string, path?: CountPath): AskedObject =>
  epsonObject(`${PRINTER}.27.1.1.${column}`, 'counters', name, purpose, source, {
    instances: ['1.1'],
    ...(path === undefined ? {} : { path }),
  });
const monoPages = scalarOf(3, 'mono pages', 'mono count', 'counters.total.mono');
const colorPages = scalarOf(4, 'color pages', 'color count', 'counters.total.color');
const impressions = scalarOf(30, 'impressions', 'total count', 'counters.total.all');
const OTHERS = [
  [scalarOf(10, 'one-sided pages', 'one-sided count'), 'One-sided pages'],
  [scalarOf(11, 'one-sided color pages', 'one-sided count'), 'One-sided color pages'],
  [scalarOf(12, 'blank pages', 'blank count'), 'Blank pages'],
] as const;

const columnOf = (number: string, name: string, purpose: string, lasting = false): AskedObject =>
  epsonObject(`${PRINTER}.${number}`, 'counters', name, purpose, source, { lasting });
const functions: CountTable = {
  meaning: columnOf('27.6.1.2', 'function of a row', 'what a row counts', true),
  all: columnOf('27.6.1.4', 'pages by function', 'print, copy and fax count'),
  color: columnOf('27.6.1.5', 'color pages by function', 'color count by function'),
};
const pagesBySize = columnOf('6.1.1.4', 'pages by paper size', 'large-format count, and the total as a check');
const sizes: CountTable = {
  meaning: {
    ...columnOf('6.1.1.2', 'paper size of a row', 'what a row counts', true),
    // The column goes on with sizes that are not counted, 29 of 37.
    instancesFor: (known) => known.column(pagesBySize.oid).map(({ instance }) => instance),
  },
  all: pagesBySize,
  color: columnOf('6.1.1.5', 'color pages by paper size', 'color count'),
};
const lengthOf = (column: number, name: string, lasting: boolean): AskedObject =>
  epsonObject(`${PRINTER}.27.5.1.${column}`, 'counters', name, 'length of media', 'epson_cw-c6500au', {
    instances: ['1.1'],
    lasting,
  });
const lengthUnit = lengthOf(3, 'unit of length', true);
const length = lengthOf(4, 'length of media', false);
const MILLIMETRES = 14;

/** Ids of the function column; a row's number means nothing. 0 are reports. */
const FUNCTIONS: Readonly<Record<number, 'print' | 'copy' | 'fax'>> = { 1: 'print', 2: 'copy', 3: 'fax' };
const LARGE = /\bA[0-3]\b|\bS?RA3\b|ledger|tabloid/i;

export const epsonCounters: Block = {
  name: 'epsonCounters',
  fills: [...everyShade('total', 'print', 'copy', 'fax'), 'counters.largeFormat'],
  asks: [
    ...knownBySign([monoPages, colorPages], [impressions, ...OTHERS.map(([object]) => object)]),
    ...[functions, sizes].flatMap(({ meaning, all, color }) => [meaning, all, color]),
    ...saidBeside([length], [lengthUnit]),
  ],
  read(answers, draft) {
    const byFunction = rowsOf(answers, functions);
    const bySize = rowsOf(answers, sizes);
    const large = bySize.filter(({ instance }) => LARGE.test(textAt(answers, sizes.meaning, instance) ?? ''));
    claimTotal(draft, {
      mono: cellOf(answers, monoPages, '1.1'),
      color: cellOf(answers, colorPages, '1.1'),
      impressions: cellOf(answers, impressions, '1.1'),
      byFunction: wholeOf(byFunction),
      bySize: wholeOf(bySize),
      large: wholeOf(large),
    });
    const totals = [draft.countOf('counters.total.all'), draft.countOf('counters.life')].filter((one) => one !== null);
    const closes = (rows: readonly CountRow[]) => totals.some((total) => total === wholeOf(rows)?.all.count);

    claimFunctions(answers, draft, byFunction, closes(byFunction) ? 'functions = total' : undefined);
    const largeCount = wholeOf(large)?.all;
    if (largeCount !== undefined)
      claim(draft, 'counters.largeFormat', largeCount, closes(bySize) ? 'sizes = total' : undefined);
    claimOthers(answers, draft);
  },
};

function claimFunctions(answers: Answers, draft: Draft, rows: readonly CountRow[], check: string | undefined): void {
  for (const { instance, all, color } of rows) {
    const id = integerOf(answers.value(functions.meaning.oid, instance));
    if (id === null) continue;
    const split = FUNCTIONS[id];
    if (split === undefined) {
      const name = id === 0 ? 'Other pages' : `Pages of function ${id}`;
      draft.other({ name, value: all.count, unit: 'impressions' }, asTold(all));
      continue;
    }
    if (split !== 'print') draft.kind('mfp', `has a ${split} counter`);
    claim(draft, `counters.${split}.all`, all, check);
    const mono = color === null ? null : restOf(all, color);
    if (mono === null) continue;
    claim(draft, `counters.${split}.mono`, mono, check);
    claim(draft, `counters.${split}.color`, color, check);
  }
}

const asTold = ({ oids }: Told): Source => ({ oids, how: 'value', evidence: 'capture' });

/** Counts that have no word of their own in a reading. Two-sided pages are told by no object. */
function claimOthers(answers: Answers, draft: Draft): void {
  for (const [object, name] of OTHERS) {
    const told = cellOf(answers, object, '1.1');
    if (told !== null) draft.other({ name, value: told.count, unit: 'impressions' }, asTold(told));
  }
  const millimetres = cellOf(answers, length, '1.1');
  if (millimetres !== null && integerOf(answers.value(lengthUnit.oid, '1.1')) === MILLIMETRES)
    draft.other({ name: 'Length of media', value: millimetres.count, unit: 'millimetres' }, asTold(millimetres));
}

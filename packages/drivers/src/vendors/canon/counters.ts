/**
 * Canon's counters: two mirrored tables of numbered service counters (imageRUNNER, imagePRESS) and one that names its rows
 * (LBP, MF, inkjets). Which ones a machine has is chosen by its dealer, so each value is taken from whatever tells it, in
 * one base for all: a large sheet counts once in the one and twice in the other.
 */
import type { Counter, Evidence } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf, oid } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { withdrawAboveWhole, withdrawFalseHalves } from '../../blocks/counter-checks.ts';
import { textAt } from '../../blocks/text.ts';
import { claimSum, everyShade, weakestEvidence } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft, SplitName } from '../../draft.ts';
import {
  type Base,
  type Measure,
  measureOf,
  type Pages,
  REPORTED_NUMBERS,
  SERVICE_NUMBERS,
  type Shade,
} from './measures.ts';

const column = (number: string, name: string, evidence: Evidence, source: string, lasting = false): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.1602.1.11.${number}`),
  name,
  purpose: 'counters by function and color',
  part: 'counters',
  evidence,
  source,
  lasting,
});

const printedList = "CANON-MIB; numbers by the maker's printed list of service counters";
const numbered = [
  column('1.3.1.4', 'service counters', 'mib', printedList),
  column('1.4.1.4', 'service counters, mirrored', 'mib', printedList),
];
const captured = 'capture canon_mf642c_partial, sums close';
const labels = column('2.1.1.2', 'counter names', 'capture', captured, true);
const values = column('2.1.1.3', 'named counters', 'capture', captured);

interface Cell {
  readonly count: Counter;
  readonly oids: readonly Oid[];
  readonly how: 'value' | 'sum' | 'join';
  readonly evidence: Evidence;
}
type Cells = ReadonlyMap<Measure, Cell>;

const SPLITS = ['total', 'print', 'copy', 'fax', 'scan'] as const satisfies readonly SplitName[];

export const canonCounters: Block = {
  name: 'canonCounters',
  fills: [
    'counters.vendorLife',
    ...everyShade('total', 'print', 'copy', 'fax', 'scan'),
    'counters.duplex',
    'counters.largeFormat',
  ],
  asks: [...numbered, labels, values],
  read(answers, draft) {
    const cells = cellsOf(answers, draft);
    if (cells.size === 0) return;
    const large = largeOf(cells);
    const bases = basesOf(cells, large);
    const total = pick(cells, 'total', 'all', bases);
    if (total?.how !== 'sum') claim(draft, 'counters.vendorLife', total);
    for (const split of SPLITS) claimSplit(draft, split, cells, bases);
    claim(draft, 'counters.duplex', pick(cells, 'total', 'duplex', bases));
    claim(draft, 'counters.largeFormat', large);
    withdrawFalseHalves(draft, SPLITS);
    for (const part of ['counters.duplex', 'counters.largeFormat', 'counters.fax.all'] as const)
      withdrawAboveWhole(draft, 'counters.total.all', [part]);
    withdrawAboveWhole(draft, 'counters.total.all', ['counters.print.all', 'counters.copy.all']);
    const copies = [...cells.keys()].some((measure) => /^(?:copy|scan|received)\./.test(measure));
    // A laser beam printer is none, whatever rows its firmware shares with its sisters.
    if (copies && !/^LBP/i.test(draft.textOf('identity.model') ?? ''))
      draft.kind('mfp', 'counts copies, scans or received pages');
  },
};

/** All that is told, by what it means; what only words of its own tell is kept under them. */
function cellsOf(answers: Answers, draft: Draft): Cells {
  const cells = new Map<Measure, Cell>();
  const add = (measure: Measure, cell: Cell) => {
    if (!cells.has(measure)) cells.set(measure, cell);
  };
  for (const [numbers, evidence] of [
    [SERVICE_NUMBERS, 'mib'],
    [REPORTED_NUMBERS, 'reported'],
  ] as const) {
    for (const { oid: object } of numbered) {
      for (const { instance, value } of answers.column(object)) {
        const measure = numbers.get(Number(instance));
        const count = countOf(value);
        if (measure === undefined || count === null) continue;
        add(measure, { count, oids: [childOf(object, instance)], how: 'value', evidence });
      }
    }
  }
  for (const { instance, value } of answers.column(values.oid)) {
    const label = textAt(answers, labels, instance);
    const count = countOf(value);
    if (label === null || count === null) continue;
    const measure = measureOf(label);
    const source = {
      oids: [childOf(labels.oid, instance), childOf(values.oid, instance)],
      how: 'join',
      evidence: 'capture',
    } as const;
    if (measure === null) draft.other({ name: label, value: count, unit: 'count' }, source);
    else add(measure, { count, ...source });
  }
  return cells;
}

function added(...parts: readonly (Cell | null)[]): Cell | null {
  const told = parts.filter((part) => part !== null);
  if (told.length !== parts.length) return null;
  return {
    count: addCounts(told.map(({ count }) => count)),
    oids: told.flatMap(({ oids }) => oids),
    how: 'sum',
    evidence: weakestEvidence(told.map(({ evidence }) => evidence)),
  };
}

function at(cells: Cells, pages: Pages, shade: Shade, base: Base): Cell | null {
  return cells.get(`${pages}.${shade}.${base}`) ?? null;
}

type Bases = readonly ('1' | '2')[];

function pick(cells: Cells, pages: Pages, shade: Shade, bases: Bases): Cell | null {
  for (const base of bases) {
    const told = at(cells, pages, shade, base);
    if (told !== null) return told;
    const sizes = added(at(cells, pages, shade, 'large'), at(cells, pages, shade, 'small'));
    if (base === '1' && sizes !== null) return sizes;
  }
  return null;
}

/** All colors: told as one, or full and single color, and two where there are two. */
function colorOf(cells: Cells, pages: Pages, bases: Bases): Cell | null {
  const two = pick(cells, pages, 'two', bases);
  const parts = [pick(cells, pages, 'full', bases), pick(cells, pages, 'single', bases)];
  return pick(cells, pages, 'color', bases) ?? added(...parts, ...(two === null ? [] : [two]));
}

const largeOf = (cells: Cells): Cell | null =>
  at(cells, 'total', 'all', 'large') ??
  added(at(cells, 'total', 'black', 'large'), at(cells, 'total', 'color', 'large'));

/** Base 1 wherever the total is told in it; on a machine that printed nothing large both say the same. */
function basesOf(cells: Cells, large: Cell | null): Bases {
  if (large?.count === 0) return ['1', '2'];
  const one: Bases = ['1'];
  const inOne =
    pick(cells, 'total', 'all', one) !== null ||
    added(pick(cells, 'total', 'black', one), colorOf(cells, 'total', one)) !== null;
  return inOne || at(cells, 'total', 'all', '2') === null ? one : ['2'];
}

function claimSplit(draft: Draft, split: SplitName, cells: Cells, bases: Bases): void {
  const pages = split === 'fax' ? 'received' : split;
  const all = pick(cells, pages, 'all', bases);
  const mono = pick(cells, pages, 'black', bases);
  const color = colorOf(cells, pages, bases);
  claim(draft, `counters.${split}.all`, all);
  claim(draft, `counters.${split}.mono`, mono);
  claim(draft, `counters.${split}.color`, color);
  if (all === null) claimSum(draft, `counters.${split}.all`, [`counters.${split}.mono`, `counters.${split}.color`]);
  else if (mono === null || color === null) {
    // Full color alone is all color only where nothing is left for a single one.
    const full = pick(cells, pages, 'full', bases);
    const monos = mono === null ? ofFunctions(split, (one) => pick(cells, one, 'black', bases)) : [mono];
    const colors =
      color === null
        ? [...(full === null ? [] : [full]), ...ofFunctions(split, (one) => colorOf(cells, one, bases))]
        : [color];
    claimHalves(draft, split, all, monos, colors);
  }
}

/** A total that has no halves of its own may be copies and prints, and received pages with them. */
function ofFunctions(split: SplitName, cellOf: (pages: Pages) => Cell | null): readonly Cell[] {
  if (split !== 'total') return [];
  const [both, copy, print, received] = (['copyAndPrint', 'copy', 'print', 'received'] as const).map(cellOf);
  return [both, added(copy ?? null, print ?? null), added(copy ?? null, print ?? null, received ?? null)].filter(
    (cell) => cell !== null && cell !== undefined,
  );
}

/** Halves that might be the whole's are, where they add up to it. */
function claimHalves(draft: Draft, split: SplitName, all: Cell, monos: readonly Cell[], colors: readonly Cell[]): void {
  const pairs = monos.flatMap((mono) => colors.map((color) => ({ mono, color, sum: added(mono, color) })));
  const [first] = pairs;
  const closing = pairs.find(({ sum }) => sum?.count === all.count);
  if (closing !== undefined) {
    const check = 'mono + color = all';
    claim(draft, `counters.${split}.mono`, closing.mono, check);
    claim(draft, `counters.${split}.color`, closing.color, check);
  } else if (first !== undefined) {
    const why = `does not add up to ${all.count} with ${first.mono.count}`;
    draft.reject(`counters.${split}.color`, String(first.color.count), first.color.oids, why);
  }
}

function claim(draft: Draft, path: CountPath, cell: Cell | null, check?: string): void {
  if (cell === null || draft.countOf(path) !== null) return;
  const { count, oids, how, evidence } = cell;
  draft.count(path, count, { oids, how, evidence, ...(check === undefined ? {} : { check }) });
}

/**
 * Lexmark's counters (LEXMARK-MPS-MIB): a table that names its rows by type and unit, sides by paper size, and scans by what
 * they were for. No capture has them, so splits that their wholes deny are taken back.
 */
import type { Counter } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf, oid } from '@rsb/snmp/oid';
import { addCounts, countOf, integerOf } from '../../blocks/count.ts';
import { withdrawAboveWhole, withdrawFalseHalves } from '../../blocks/counter-checks.ts';
import { everyShade, vendorCounts } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft } from '../../draft.ts';

/** PaperGeneralCountType. "Safe" pages reached an output bin; only these are the machine's total. */
const TYPES: Readonly<Record<number, readonly CountPath[]>> = {
  2: ['counters.vendorLife', 'counters.total.all'],
  3: ['counters.total.mono'],
  4: ['counters.total.color'],
  16: ['counters.print.all'],
  17: ['counters.print.mono'],
  18: ['counters.print.color'],
  32: ['counters.copy.all'],
  33: ['counters.copy.mono'],
  34: ['counters.copy.color'],
  48: ['counters.fax.all'],
  49: ['counters.fax.mono'],
  50: ['counters.fax.color'],
};
/** What its makers bill on some contracts, kept by name. */
const CLICKS: Readonly<Record<number, string>> = {
  130: 'Clicks, mono',
  131: 'Clicks, color',
  132: 'Clicks, scan',
};
/** UnitsTC. */
const SIDES = 4;
/** PaperSizeTC: tabloid, A0 to A3. */
const LARGE = new Set([14, 64, 65, 66, 67]);

const FUNCTIONS: readonly CountPath[] = ['counters.print.all', 'counters.copy.all', 'counters.fax.all'];

interface Cell {
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

export function lexmarkCounters(root: string): readonly Block[] {
  const column = (number: string, name: string, purpose: string, lasting = false): AskedObject => ({
    oid: oid(`${root}.6.4.${number}`),
    name,
    purpose,
    part: 'counters',
    evidence: 'mib',
    source: 'LEXMARK-MPS-MIB',
    lasting,
  });
  const type = column('2.1.1.2', 'paperGeneralCountType', 'what a row counts', true);
  const unit = column('2.1.1.3', 'paperGeneralCountUnits', 'sides or sheets', true);
  const value = column('2.1.1.4', 'paperGeneralCountValue', 'pages by function and color');
  const size = column('2.2.1.2', 'paperSidesPaperSize', 'paper size of a row', true);
  const sizeMono = column('2.2.1.6', 'paperSidesMonoSafe', 'mono pages by paper size');
  const sizeColor = column('2.2.1.7', 'paperSidesColorSafe', 'color pages by paper size');
  const scans = column('3.1.1.4', 'scanCountSides', 'scanned sides');

  const pages: Block = {
    name: 'lexmarkPages',
    fills: ['counters.vendorLife', ...everyShade('total', 'print', 'copy', 'fax')],
    asks: [type, unit, value],
    read(answers, draft) {
      const told = answers.column(value.oid).map((row) => ({
        ...row,
        type: integerOf(answers.value(type.oid, row.instance)),
        unit: integerOf(answers.value(unit.oid, row.instance)),
      }));
      for (const { instance, value: cell, ...row } of told) {
        const count = countOf(cell);
        // Each type may stand twice, in sides and in sheets; without a unit only one that stands once is plain.
        const alone = row.unit === null && told.filter((other) => other.type === row.type).length === 1;
        if (count === null || row.type === null || !(row.unit === SIDES || alone)) continue;
        const oids = [childOf(type.oid, instance), childOf(value.oid, instance)];
        for (const path of TYPES[row.type] ?? []) draft.count(path, count, { oids, how: 'join', evidence: 'mib' });
        const name = CLICKS[row.type];
        if (name !== undefined)
          draft.other({ name, value: count, unit: 'count' }, { oids, how: 'join', evidence: 'mib' });
      }
      withdrawFalseHalves(draft, ['total', 'print', 'copy', 'fax']);
      withdrawAboveWhole(draft, 'counters.total.all', FUNCTIONS);
      // "This table should only include items that make sense for this product."
      if (told.some((row) => row.type === 32 || row.type === 48)) draft.kind('mfp', 'counts copies or faxes');
    },
  };

  const largeFormat: Block = {
    name: 'lexmarkSizes',
    fills: ['counters.largeFormat'],
    asks: [size, sizeMono, sizeColor],
    read(answers, draft) {
      const all = cellsOf(answers, [sizeMono, sizeColor]);
      const large = cellsOf(answers, [sizeMono, sizeColor], (instance) =>
        LARGE.has(integerOf(answers.value(size.oid, instance)) ?? 0),
      );
      if (large === null || all === null) return;
      const total = draft.countOf('counters.total.all');
      if (total !== null && BigInt(all.count) > BigInt(total)) {
        draft.reject('counters.largeFormat', String(large.count), large.oids, 'the sizes are more than the total');
        draft.untold('counters.largeFormat', 'checkFailed');
      } else claimSum(draft, 'counters.largeFormat', large, all.count === total ? 'sizes = total' : undefined);
    },
  };

  const scanned: Block = {
    name: 'lexmarkScans',
    fills: ['counters.scan.all'],
    asks: [scans],
    read(answers, draft) {
      // Copies, faxes and all kinds of scans, from feeder and glass: the types exclude each other.
      const all = cellsOf(answers, [scans]);
      if (all === null) return;
      claimSum(draft, 'counters.scan.all', all);
      draft.kind('mfp', 'counts scans');
    },
  };

  return [pages, largeFormat, scanned];
}

/** Counts of older machines, known by projects only. */
export const lexmarkOldCounters: Block = vendorCounts(
  'lexmarkOldCounters',
  (
    [
      ['1', 'counters.total.all', 'total pages'],
      ['2', 'counters.total.mono', 'mono pages'],
      ['3', 'counters.total.color', 'color pages'],
    ] as const
  ).map(([number, fills, name], at) => ({
    ...(at === 0 ? { sign: true } : {}),
    oid: `1.3.6.1.4.1.641.2.1.5.${number}`,
    fills,
    name,
    evidence: 'reported',
    source: 'two projects',
  })),
);

function cellsOf(
  answers: Answers,
  columns: readonly AskedObject[],
  wanted: (instance: string) => boolean = () => true,
): Cell | null {
  const cells = columns.flatMap(({ oid: object }) =>
    answers.column(object).flatMap(({ instance, value }) => {
      const count = wanted(instance) ? countOf(value) : null;
      return count === null ? [] : [{ count, oid: childOf(object, instance) }];
    }),
  );
  if (cells.length === 0) return null;
  return { count: addCounts(cells.map(({ count }) => count)), oids: cells.map(({ oid: cell }) => cell) };
}

function claimSum(draft: Draft, path: CountPath, { count, oids }: Cell, check?: string): void {
  draft.count(path, count, { oids, how: 'sum', evidence: 'mib', ...(check === undefined ? {} : { check }) });
}

/**
 * Konica Minolta's counters: pages by color and function, and the total that they add up to. No MIB is public, so the split
 * of the total is only used where it closes; what is told without a unit is kept under its name.
 */
import { childOf, type Oid, oid } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { claimSum, everyShade } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block, Row } from '../../definition.ts';
import type { CountPath, Draft } from '../../draft.ts';

const object = (
  number: string,
  name: string,
  purpose: string,
  evidence: 'capture' | 'reported',
  source: string,
  instance?: string,
): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.18334.1.1.1.5.7.2.${number}`),
  name,
  purpose,
  part: 'counters',
  evidence,
  source,
  ...(instance === undefined ? {} : { instances: [instance] }),
});

const closes = 'capture konica_bizhub-750i_partial, sums close';
const total = object('1.1', 'total', 'total count', 'capture', closes, '0');
const byColor = object('2.1.5', 'pages by color and function', 'print and copy count', 'capture', closes);
const largeByColor = object(
  '2.1.7',
  'large pages by color and function',
  'large format count',
  'reported',
  'two projects',
);
const scans = object('3.1.5', 'scans', 'scan count', 'reported', 'two projects', '1');
const unitless = 'capture konica_bizhub-c250i';
const duplex = object('1.3', 'duplex total', 'two-sided pages or sheets', 'capture', unitless, '0');
const originals = object('1.5', 'originals total', 'scanned originals', 'capture', unitless, '0');

/** The second arc of a row. */
const FUNCTIONS = [
  ['copy', '1'],
  ['print', '2'],
] as const;
/** The first arc of a row; 2 to 4 are full, single and two colors. */
const BLACK = '1';

export const konicaCounters: Block = {
  name: 'konicaCounters',
  fills: ['counters.vendorLife', ...everyShade('total', 'print', 'copy'), 'counters.scan.all', 'counters.largeFormat'],
  asks: [total, byColor, largeByColor, scans, duplex, originals],
  read(answers, draft) {
    const whole = countOf(answers.value(total.oid, '0'));
    const wholeSource = { oids: [childOf(total.oid, '0')], how: 'value', evidence: 'capture' } as const;
    draft.count('counters.vendorLife', whole, wholeSource);
    draft.count('counters.total.all', whole, wholeSource);

    const rows = pagesOf(answers, byColor);
    for (const [split, number] of FUNCTIONS) {
      const own = rows.filter(({ instance }) => instance.endsWith(`.${number}`));
      claimRows(draft, `counters.${split}.mono`, own.filter(isBlack), byColor.oid);
      claimRows(draft, `counters.${split}.color`, own.filter(isColor), byColor.oid);
      claimSum(draft, `counters.${split}.all`, [`counters.${split}.mono`, `counters.${split}.color`]);
    }
    if (rows.length > 0 && whole !== null) claimTotal(draft, rows, whole);
    claimLarge(answers, draft, rows);
    claimScans(answers, draft);
    for (const [asked, name] of [
      [duplex, 'Duplex'],
      [originals, 'Originals'],
    ] as const) {
      const value = countOf(answers.value(asked.oid, '0'));
      const oids = [childOf(asked.oid, '0')];
      if (value !== null) draft.other({ name, value, unit: 'count' }, { oids, how: 'value', evidence: asked.evidence });
    }
    if (rows.some(({ instance }) => instance.endsWith('.1'))) draft.kind('mfp', 'counts copies');
  },
};

const isBlack = ({ instance }: Row): boolean => instance.startsWith(`${BLACK}.`);
const isColor = (row: Row): boolean => !isBlack(row);

/** Rows `color.function` that hold a count; −1 is "not supported". */
const pagesOf = (answers: Answers, { oid: column }: AskedObject): readonly Row[] =>
  answers.column(column).filter(({ instance, value }) => /^[1-4]\.\d+$/.test(instance) && countOf(value) !== null);

const sumOf = (rows: readonly Row[]) =>
  addCounts(rows.map(({ value }) => countOf(value)).filter((count) => count !== null));
const oidsOf = (rows: readonly Row[], column: Oid) => rows.map(({ instance }) => childOf(column, instance));

function claimRows(draft: Draft, path: CountPath, rows: readonly Row[], column: Oid, check?: string): void {
  if (rows.length === 0) return;
  draft.count(path, sumOf(rows), {
    oids: oidsOf(rows, column),
    how: rows.length > 1 ? 'sum' : 'value',
    evidence: 'capture',
    ...(check === undefined ? {} : { check }),
  });
}

/** The total's mono and color are those of its functions, only where these are all of it. */
function claimTotal(draft: Draft, rows: readonly Row[], whole: number | string): void {
  if (sumOf(rows) !== whole) {
    draft.reject(
      'counters.total.mono',
      `${sumOf(rows)}`,
      oidsOf(rows, byColor.oid),
      `functions do not add up to ${whole}`,
    );
    draft.untold('counters.total.mono', 'checkFailed');
    draft.untold('counters.total.color', 'checkFailed');
    return;
  }
  const check = 'functions = total';
  draft.confirm('counters.total.all', check);
  draft.confirm('counters.vendorLife', check);
  claimRows(draft, 'counters.total.mono', rows.filter(isBlack), byColor.oid, check);
  claimRows(draft, 'counters.total.color', rows.filter(isColor), byColor.oid, check);
}

/** Large pages are part of the same rows' pages; a row that has more of them counts something else. */
function claimLarge(answers: Answers, draft: Draft, pages: readonly Row[]): void {
  const large = pagesOf(answers, largeByColor);
  if (large.length === 0) return;
  const fits = large.every(({ instance, value }) => {
    const all = countOf(pages.find((row) => row.instance === instance)?.value);
    return all !== null && BigInt(countOf(value) ?? 0) <= BigInt(all);
  });
  const oids = oidsOf(large, largeByColor.oid);
  if (fits) {
    const check = 'no row above all pages of its color and function';
    draft.count('counters.largeFormat', sumOf(large), { oids, how: 'sum', evidence: 'reported', check });
  } else {
    draft.reject('counters.largeFormat', String(sumOf(large)), oids, 'more large pages than pages');
    draft.untold('counters.largeFormat', 'checkFailed');
  }
}

/** Two projects read the scans here, one with the vendor's own name for them; nothing on the machine denies or confirms it. */
function claimScans(answers: Answers, draft: Draft): void {
  draft.count('counters.scan.all', countOf(answers.value(scans.oid, '1')), {
    oids: [childOf(scans.oid, '1')],
    how: 'value',
    evidence: 'reported',
    check: 'two projects agree',
  });
}

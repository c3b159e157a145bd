/**
 * Brother's counters: binary records with the machine's own totals, and tables by function, paper size and scanner.
 * No capture has the tables, so they are used only where they add up to the total of the records.
 */

import type { Counter } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import { addCounts, countOf, integerOf } from '../../blocks/count.ts';
import { everyShade } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft, Source } from '../../draft.ts';
import { brotherObject, scalar } from './objects.ts';
import { type BrotherRecords, recordsOf, unsignedOf } from './records.ts';

const records = 'BROTHER-MIB; captures brother_dcp-9020cdw, brother_dcp-t735dw, sums close';
const counters = brotherObject(
  '5.10',
  'counters',
  'brInfoCounter',
  'total, mono, color and duplex count',
  records,
  scalar,
);

const untested = 'BROTHER-MIB, not captured';
const column = (number: string, name: string, purpose: string, lasting: boolean) =>
  brotherObject(number, 'counters', name, purpose, untested, { lasting });
const functionId = column('5.52.21.1.2', 'function of a row', 'what a row counts', true);
const functionPages = column('5.52.21.1.3', 'pages by function', 'print, copy and fax count', false);
const sizeId = column('5.52.1.1.2', 'paper size of a row', 'what a row counts', true);
const sizePages = column('5.52.1.1.3', 'pages by paper size', 'large-format count', false);
const scannerType = column('5.54.2.2.1.2', 'scanner of a row', 'what a row counts', true);
const scannerPages = column('5.54.2.2.1.3', 'scans by scanner', 'scan count', false);

/** Record ids; 12 to 16 count images of a color, which are no pages. */
const RECORDS: readonly (readonly [number, readonly CountPath[]])[] = [
  [0x00, ['counters.vendorLife', 'counters.total.all']],
  [0x01, ['counters.total.mono']],
  [0x02, ['counters.total.color']],
  [0x06, ['counters.duplex']],
];
const DUPLEX_MONO = 0x07;
const DUPLEX_COLOR = 0x08;

/** Ids of the function table's rows: whole, mono, color. The row's number means nothing. */
const FUNCTIONS = [
  { split: 'print', all: 1, mono: 7, color: 5 },
  { split: 'fax', all: 2, mono: 8, color: 6 },
  { split: 'copy', all: 3, mono: 9, color: 4 },
] as const;
/** Reports and the like, by one project; only ever used as the rest of the sum. */
const OTHER_FUNCTION = 91;

/** A3, ledger and a size of A3 that the MIB does not list. */
const LARGE_SIZES = new Set([27, 890, 929]);
/** Feeder, glass, two-sided feeder. */
const SCANNERS = new Set([1, 2, 3]);

export const brotherCounters: Block = {
  name: 'brotherCounters',
  fills: [
    'counters.vendorLife',
    ...everyShade('total', 'print', 'copy', 'fax'),
    'counters.scan.all',
    'counters.duplex',
    'counters.largeFormat',
  ],
  asks: [counters, functionId, functionPages, sizeId, sizePages, scannerType, scannerPages],
  read(answers, draft) {
    claimRecords(recordsOf(answers.value(counters.oid, '0')), draft);
    claimFunctions(answers, draft);
    claimLargeFormat(answers, draft);
    claimScans(answers, draft);
  },
};

function claimRecords(told: BrotherRecords, draft: Draft): void {
  const source: Source = { oids: [childOf(counters.oid, '0')], how: 'value', evidence: 'mib' };
  const count = (id: number): Counter | null => {
    const octets = told.get(id);
    return octets === undefined ? null : unsignedOf(octets);
  };
  for (const [id, paths] of RECORDS) for (const path of paths) draft.count(path, count(id), source);

  const [all, mono, color] = [count(0x00), count(0x01), count(0x02)];
  if (mono !== null && color !== null) {
    const sum = addCounts([mono, color]);
    if (all === null) draft.count('counters.total.all', sum, { ...source, how: 'sum' });
    // One answer, so no page was printed between its numbers.
    else if (sum !== all) denySplit(draft);
  }
  const [duplex, duplexMono, duplexColor] = [count(0x06), count(DUPLEX_MONO), count(DUPLEX_COLOR)];
  if (duplex === null) return;
  const parts = duplexMono !== null && duplexColor !== null ? addCounts([duplexMono, duplexColor]) : null;
  const tooMany = all !== null && BigInt(duplex) > BigInt(all);
  if (tooMany || (parts !== null && parts !== duplex))
    draft.withdraw('counters.duplex', 'checkFailed', 'two-sided mono and color do not add up to it');
  else if (parts !== null) draft.confirm('counters.duplex', 'two-sided mono + color = two-sided');
}

function denySplit(draft: Draft): void {
  for (const shade of ['mono', 'color'] as const)
    draft.withdraw(`counters.total.${shade}`, 'checkFailed', 'mono and color do not add up to the total');
}

interface CountedRow {
  readonly id: number;
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

function rowsOf(answers: Answers, ids: AskedObject, values: AskedObject): readonly CountedRow[] {
  return answers.column(values.oid).flatMap(({ instance, value }) => {
    const id = integerOf(answers.value(ids.oid, instance));
    const count = countOf(value);
    if (id === null || count === null) return [];
    return [{ id, count, oids: [childOf(ids.oid, instance), childOf(values.oid, instance)] }];
  });
}

const sumOf = (rows: readonly CountedRow[]): Counter => addCounts(rows.map(({ count }) => count));

/** The total that a table has to add up to: the machine's own, else the standard one. */
const totalOf = (draft: Draft): Counter | null => draft.countOf('counters.total.all') ?? draft.countOf('counters.life');

function claimFunctions(answers: Answers, draft: Draft): void {
  const rows = rowsOf(answers, functionId, functionPages);
  const row = (id: number) => rows.find((one) => one.id === id);
  const whole = [...FUNCTIONS.map(({ all }) => all), OTHER_FUNCTION].map(row).filter((one) => one !== undefined);
  if (whole.length === 0) return;
  const closes = sumOf(whole) === totalOf(draft);
  for (const { split, ...ids } of FUNCTIONS) {
    const [all, mono, color] = [row(ids.all), row(ids.mono), row(ids.color)];
    const halves = mono === undefined || color === undefined || sumOf([mono, color]) === all?.count;
    claimRow(draft, `counters.${split}.all`, all, closes);
    claimRow(draft, `counters.${split}.mono`, mono, closes && halves);
    claimRow(draft, `counters.${split}.color`, color, closes && halves);
  }
  const used = [row(2), row(3)].some((one) => one !== undefined && one.count !== 0);
  if (closes && used) draft.kind('mfp', 'has copied or faxed');
}

function claimRow(draft: Draft, path: CountPath, row: CountedRow | undefined, closes: boolean): void {
  if (row === undefined) return;
  if (closes) {
    draft.count(path, row.count, { oids: row.oids, how: 'join', evidence: 'mib', check: 'functions = total' });
  } else {
    draft.reject(path, String(row.count), row.oids, 'the functions do not add up');
    draft.untold(path, 'checkFailed');
  }
}

function claimLargeFormat(answers: Answers, draft: Draft): void {
  const rows = rowsOf(answers, sizeId, sizePages);
  const large = rows.filter(({ id }) => LARGE_SIZES.has(id));
  if (large.length === 0) return;
  const count = sumOf(large);
  const oids = large.flatMap((row) => row.oids);
  if (sumOf(rows) === totalOf(draft)) {
    draft.count('counters.largeFormat', count, { oids, how: 'sum', evidence: 'mib', check: 'sizes = total' });
  } else {
    draft.reject('counters.largeFormat', String(count), oids, 'the sizes do not add up to the total');
    draft.untold('counters.largeFormat', 'checkFailed');
  }
}

/** All that the scanner did is the sum of its feeders and its glass. */
function claimScans(answers: Answers, draft: Draft): void {
  const rows = rowsOf(answers, scannerType, scannerPages).filter(({ id }) => SCANNERS.has(id));
  if (rows.length === 0) return;
  const count = sumOf(rows);
  draft.count('counters.scan.all', count, { oids: rows.flatMap(({ oids }) => oids), how: 'sum', evidence: 'mib' });
  if (count !== 0) draft.kind('mfp', 'has scanned');
}
